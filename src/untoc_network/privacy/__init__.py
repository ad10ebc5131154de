"""What an audience may see, what must be deleted, and numbers that expose nobody.

from untoc_network import privacy

seen = privacy.view(register, audience="public", on="2026-11-24")
seen.register, seen.redactions
"""

from untoc_network.privacy.audience_policy import TREATMENTS, Treatment
from untoc_network.privacy.count_table import TOTAL, CountTable, Hidden
from untoc_network.privacy.erasure import Erased, erase
from untoc_network.privacy.erasure_recognition import ErasureMatch, Recognized, recognise, recognise_person
from untoc_network.privacy.overdue_data import Overdue, OverdueReason, retention
from untoc_network.privacy.person_holdings import Held, HeldAs, Holdings, holdings
from untoc_network.privacy.pseudonyms import pseudonym, pseudonymise
from untoc_network.privacy.redactions import Redaction, RedactionReason, View
from untoc_network.privacy.small_count_suppression import hold_small_changes, round_counts, suppress
from untoc_network.privacy.view import view
from untoc_network.values.consent_evaluation import may

suppressed = suppress  # the name of before, which scripts call

__all__ = [
    "TOTAL",
    "TREATMENTS",
    "CountTable",
    "Erased",
    "ErasureMatch",
    "Held",
    "HeldAs",
    "Hidden",
    "Holdings",
    "Overdue",
    "OverdueReason",
    "Recognized",
    "Redaction",
    "RedactionReason",
    "Treatment",
    "View",
    "erase",
    "hold_small_changes",
    "holdings",
    "may",
    "pseudonym",
    "pseudonymise",
    "recognise",
    "recognise_person",
    "retention",
    "round_counts",
    "suppress",
    "suppressed",
    "view",
]
