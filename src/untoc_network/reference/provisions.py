"""What both the procedures of the Mechanism and the rules rest on, each once: rules of procedure, paragraphs, calls.

Sources are where a thing was read. These stand below the procedures, so that a rule cites one without loading any.
"""

from __future__ import annotations

from untoc_network.diagnostics.findings import Basis, Certainty

# -- observers in the Conference ---------------------------------------------------------------------------------------

_RULES = "rules of procedure of the Conference of the Parties"
_PAGE = "https://unodc.org/unodc/en/treaties/CTOC/participation-ngos.html"
_PAGE_OF_ORGANIZATIONS = "https://www.unodc.org/unodc/en/treaties/CTOC/participation-igos.html"
_FRENCH = (
    "rules of procedure of the Conference (French; mirror: https://text-id.123dok.com/document/"
    "dzx67jwdz-observateurs-conference-of-the-parties-to-the-united-nations-convention-against-transnational-organized-"
    "crime-and-the-protocols-thereto.html)"
)
RULES_14_TO_17 = Basis(document=_RULES, provision="rules 14 to 17", source=_PAGE, certainty=Certainty.PARTIAL)
RULE_14 = Basis(document=_RULES, provision="rule 14", source=_FRENCH)
RULE_15 = Basis(document=_RULES, provision="rule 15", source=_FRENCH, certainty=Certainty.PARTIAL)
RULE_16_1 = Basis(document=_RULES, provision="rule 16(1)", source=_PAGE_OF_ORGANIZATIONS)
RULE_16_2 = Basis(document=_RULES, provision="rule 16(2)", source=_PAGE_OF_ORGANIZATIONS)
RULES_14_AND_16_1 = Basis(document=_RULES, provision="rules 14 and 16(1)", source=_PAGE_OF_ORGANIZATIONS)
RULE_17 = Basis(document=_RULES, provision="rule 17", source=_PAGE)
RULE_17_1 = Basis(document=_RULES, provision="rule 17(1)", source=_PAGE)
RULE_17_2 = Basis(document=_RULES, provision="rule 17(2)", source=_PAGE)
RULE_16 = Basis(document=_RULES, provision="rule 16", source=_PAGE_OF_ORGANIZATIONS)
RULE_17_3 = Basis(document=_RULES, provision="rule 17(3)", source=_PAGE)

# -- the constructive dialogues ----------------------------------------------------------------------------------------

_CALL = "https://www.unodc.org/unodc/en/ngos/constructive-dialogues.html"
_CALLS = "calls for applications to the constructive dialogues"
PARAGRAPH_53 = Basis(document="resolution 9/1, annex: Procedures and rules", provision="paragraph 53", source=_CALL)
APPROVAL = Basis(document=_CALLS, provision="approval by the extended Bureau", source=_CALL)
PREPARATION = Basis(document=_CALLS, provision="preparation day", source=_CALL)
SUMMARY = Basis(document=_CALLS, provision="summary by the chair", source=_CALL)

# -- the general review ------------------------------------------------------------------------------------------------

SESSIONS = Basis(
    document="the Conference of the Parties to the Convention",
    provision="regular sessions",
    source="https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/overview.html",
    certainty=Certainty.DERIVED,
)
RECOMMENDATIONS = Basis(
    document="account of the review by an organization that follows it",
    provision="working groups send recommendations to the Conference",
    source="https://globalinitiative.net/untoc-review-mechanism-one-year-to-go/",
)
