"""Facts that are not ours: parties, articles, clusters, sessions, countries, each row with its source.

    import untoc_network as un

    un.reference.parties("TIP", on="2022-10-31")
    un.reference.country("Brasil").code

The functions here ask the packaged tables. To replace or overlay a table, make a `Reference` of your own from
`packaged()` and pass it on.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from untoc_network.reference.facts import Reference, packaged

if TYPE_CHECKING:
    from untoc_network.reference.country_mentions import CountryMention, CountryNames
    from untoc_network.reference.name_trie import NameKind
    from untoc_network.reference.row_types import (
        Article,
        ClusterArticle,
        ConferenceSession,
        Country,
        CountryPoint,
        Demonym,
        DialogueHeld,
        FieldCertainty,
        FormerName,
        GroupAssignment,
        NominalPhase,
        ObserverRule,
        PartyStatus,
        QuestionnaireTopic,
        ReviewGroup,
        ReviewStep,
        Snapshot,
        WorkingGroupMandate,
        WorkingGroupSession,
    )
    from untoc_network.reference.table_rows import TableRows

__all__ = [
    "Article",
    "ClusterArticle",
    "ConferenceSession",
    "Country",
    "CountryMention",
    "CountryNames",
    "CountryPoint",
    "Demonym",
    "DialogueHeld",
    "FieldCertainty",
    "FormerName",
    "GroupAssignment",
    "NameKind",
    "NominalPhase",
    "ObserverRule",
    "PartyStatus",
    "QuestionnaireTopic",
    "Reference",
    "ReviewGroup",
    "ReviewStep",
    "Snapshot",
    "TableRows",
    "WorkingGroupMandate",
    "WorkingGroupSession",
    "articles",
    "cluster_of",
    "country",
    "country_code",
    "entry_into_force",
    "is_party",
    "packaged",
    "parties",
    "regional_group",
    "sessions",
    "table",
]


if not TYPE_CHECKING:  # pragma: no branch - or every name would be one for type checkers

    def __getattr__(name: str) -> Any:
        """Load a class of rows or mentions when it is first asked for; checks of most registers need none."""
        home = {
            "CountryMention": "country_mentions",
            "CountryNames": "country_mentions",
            "NameKind": "name_trie",
            "TableRows": "table_rows",
        }
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{home.get(name, 'row_types')}"), name)


_facts = packaged()

articles = _facts.articles
cluster_of = _facts.cluster_of
country = _facts.country
country_code = _facts.country_code
entry_into_force = _facts.entry_into_force
is_party = _facts.is_party
parties = _facts.parties
regional_group = _facts.regional_group
sessions = _facts.sessions
table = _facts.table
