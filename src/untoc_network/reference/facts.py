"""The facts as one value that can be asked, passed on, replaced and overlaid.

The file is long because all questions are asked of that one value.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.convention import RegionalGroup, TreatyActionKind, TreatyCode
from untoc_network.reference.packaged_tables import TABLES, load_missing, load_table, require_provenance
from untoc_network.text.folding import fold
from untoc_network.values.dates import PartialDate

if TYPE_CHECKING:
    from untoc_network.reference.country_mentions import CountryNames
    from untoc_network.reference.row_types import (
        Article,
        ClusterArticle,
        ConferenceSession,
        Country,
        CountryPoint,
        DialogueHeld,
        FieldCertainty,
        GroupAssignment,
        NominalPhase,
        ObserverRule,
        PartyStatus,
        QuestionnaireTopic,
        ReviewGroup,
        ReviewStep,
        Row,
        Treaty,
        TreatyAction,
        WorkingGroupSession,
    )

__all__ = ["Reference", "packaged", "parse_treaty_code"]

Day = PartialDate | dt.date | str

_DEPOSITS = frozenset(TreatyActionKind) - {TreatyActionKind.SIGNATURE, TreatyActionKind.ENTRY_INTO_FORCE}
_UNION = "EU"


@attrs.frozen(kw_only=True)
class Reference(SharedMethods):
    """The tables of facts. Those that are not given are the packaged ones, read when first asked for."""

    given: Mapping[str, tuple[Any, ...]] = attrs.field(factory=dict, hash=False, repr=False)

    def table(self, name: str) -> tuple[Any, ...]:
        """The rows of a table. Raises `UnknownRecord` for a name that no table has."""
        if name not in TABLES:
            raise UnknownRecord(f"there is no table {name!r}; the tables are: {', '.join(TABLES)}")
        return self.given[name] if name in self.given else load_table(name)

    def list_missing(self, name: str) -> tuple[str, ...]:
        """What a packaged table is known to lack; nothing of one that was given. Raises `UnknownRecord`."""
        self.table(name)
        return () if name in self.given else load_missing(name)

    def replacing(self, **tables: Iterable[Row]) -> Reference:
        """The same facts with these tables in place of their own.

        Raises `UnknownRecord` for a name that no table has, and `ImpossibleValue` where a row lacks source, day or
        certainty.
        """
        given = {name: tuple(rows) for name, rows in tables.items()}
        for name, rows in given.items():
            self.table(name)
            require_provenance(rows)
        return Reference(given={**self.given, **given})

    def adding(self, **tables: Iterable[Row]) -> Reference:
        """The same facts with these rows too; where two rows speak of one thing, the added one counts."""
        return self.replacing(**{name: (*self.table(name), *rows) for name, rows in tables.items()})

    # -- parties -----------------------------------------------------------------------------------------------------

    @functools.cached_property
    def _map_parties_by_treaty(self) -> Mapping[TreatyCode, Mapping[str, PartyStatus]]:
        acts: defaultdict[tuple[TreatyCode, str], list[TreatyAction]] = defaultdict(list)
        for act in self.table("treaty_actions"):
            acts[act.treaty, act.party].append(act)
        made: dict[TreatyCode, dict[str, PartyStatus]] = {code: {} for code in TreatyCode}
        for (treaty, code), done in sorted(acts.items()):
            party = self._make_party_status(treaty, code, done)
            if party is not None:
                made[treaty][code] = party
        return made

    def _make_party_status(self, treaty: TreatyCode, code: str, done: list[TreatyAction]) -> PartyStatus | None:
        from untoc_network.reference.row_types import PartyStatus  # loaded with the first table

        by_kind = {act.kind: act for act in done}
        deposit = next((act for kind, act in by_kind.items() if kind in _DEPOSITS), None)
        if deposit is None:
            return None
        signed = by_kind.get(TreatyActionKind.SIGNATURE)
        force = by_kind.get(TreatyActionKind.ENTRY_INTO_FORCE)
        return PartyStatus(
            code=code,
            name=self.name_of(code),
            treaty=treaty,
            kind=deposit.kind,
            deposited=deposit.date,
            signed=signed.date if signed else None,
            in_force=force.date if force else None,
            source=deposit.source,
            as_of=deposit.as_of,
            certainty=deposit.certainty,
            certainties=_compare_certainties(deposit, signed=signed, in_force=force),
            note=deposit.note,
        )

    def parties(
        self, treaty: TreatyCode | str, *, on: Day | None = None, in_force: bool = False, group: str | None = None
    ) -> tuple[PartyStatus, ...]:
        """The parties to a treaty in the order of their names.

        A party counts from its deposit, as the depositary counts; with `in_force`, from the day the treaty binds it.
        `on` takes those of that day, `group` those of a regional group. The European Union is among them.
        """
        day = None if on is None else PartialDate.of(on)
        wanted = None if group is None else RegionalGroup(group)
        found = (
            party
            for party in self._map_parties_by_treaty[parse_treaty_code(treaty)].values()
            if _is_party_on(party, day, in_force=in_force)
            and (wanted is None or self.regional_group(party.code) is wanted)
        )
        return tuple(sorted(found, key=lambda party: fold(party.name)))

    def is_party(self, code: str, treaty: TreatyCode | str, *, on: Day | None = None, in_force: bool = False) -> bool:
        """Whether a country, by its code, is party to a treaty, on a day or at all."""
        party = self._map_parties_by_treaty[parse_treaty_code(treaty)].get(code)
        return party is not None and _is_party_on(party, None if on is None else PartialDate.of(on), in_force=in_force)

    def has_signed(self, code: str, treaty: TreatyCode | str, *, on: Day | None = None) -> bool:
        """Whether a country, by its code, has signed a treaty, on a day or at all."""
        wanted, day = (code, parse_treaty_code(treaty)), None if on is None else PartialDate.of(on)
        signed = self._map_signatures.get(wanted)
        return signed is not None and (day is None or not signed.certainly_after(day))

    @functools.cached_property
    def _map_signatures(self) -> Mapping[tuple[str, TreatyCode], PartialDate]:
        signed = (act for act in self.table("treaty_actions") if act.kind is TreatyActionKind.SIGNATURE)
        return {(act.party, act.treaty): act.date for act in signed}

    def is_known(self, code: str) -> bool:
        """Whether the tables know a country of that code, so that its absence from another table tells something."""
        return code in self._map_countries_by_code

    def entry_into_force(self, treaty: TreatyCode | str) -> PartialDate | None:
        """The day the treaty itself entered into force, derived from the deposits; None where they were too few.

        Deposits of regional organizations, such as the European Union, do not count towards the number.
        """
        code = parse_treaty_code(treaty)
        terms: Treaty = next(row for row in self.table("treaties") if row.code is code)
        days = sorted(party.deposited for party in self._map_parties_by_treaty[code].values() if party.code != _UNION)
        if len(days) < terms.deposits_needed:
            return None
        last = days[terms.deposits_needed - 1].last
        return PartialDate.of(dt.date.fromordinal(last + terms.days_after))

    # -- countries ---------------------------------------------------------------------------------------------------

    @functools.cached_property
    def _map_countries_by_code(self) -> Mapping[str, Country]:
        return {country.code: country for country in self.table("countries")}

    @functools.cached_property
    def _map_codes_by_name(self) -> Mapping[str, str | None]:
        """Codes by folded name; None where one name means several countries."""
        index: dict[str, str | None] = {}
        for code, name in (*self._list_official_names(), *((row.code, row.name) for row in self.table("former_names"))):
            key = fold(name)
            index[key] = code if index.get(key, code) == code else None
        return index

    def _list_official_names(self) -> Iterable[tuple[str, str]]:
        for country in self._map_countries_by_code.values():
            names = (country.en, country.es, country.fr, country.pt)
            formal = (country.en_formal, country.es_formal, country.fr_formal)
            short = (name.partition(" (")[0] for name in names if " (" in name)
            for name in (*names, *formal, *short, country.iso3, country.m49, country.code):
                if name:
                    yield country.code, name

    def country(self, name: str) -> Country | None:
        """The country of a name in English, Spanish, French or Portuguese, of a former name, or of an ISO or M49 code.

        Accents, case and articles do not matter. None where no country, or more than one, has that name.
        """
        code = self._map_codes_by_name.get(fold(name))
        return self._map_countries_by_code.get(code) if code else None

    def name_of(self, code: str, *languages: str) -> str:
        """The short name of a country by its code, in the first of these languages that names are in, else in English.

        The code itself where the tables do not know it.
        """
        country = self._map_countries_by_code.get(code)
        if country is None:
            return code
        names = {"en": country.en, "es": country.es, "fr": country.fr, "pt": country.pt}
        return next((names[language] for language in languages if language in names), country.en)

    def country_code(self, name: str) -> str:
        """The code of the country of that name. Raises `UnknownRecord`."""
        country = self.country(name)
        if country is None:
            raise UnknownRecord(f"no country, or more than one, is called {name!r}")
        return country.code

    @functools.cached_property
    def _map_country_points(self) -> Mapping[str, CountryPoint]:
        return {row.code: row for row in self.table("country_points")}

    def country_point(self, code: str) -> CountryPoint | None:
        """A point within a country, by its code, for maps."""
        return self._map_country_points.get(code)

    @functools.cached_property
    def country_names(self) -> CountryNames:
        """All names and demonyms of countries, ready to be found in free text."""
        from untoc_network.reference.country_mentions import CountryNames

        return CountryNames.of(
            countries=self.table("countries"),
            former_names=self.table("former_names"),
            demonyms=self.table("demonyms"),
        )

    @functools.cached_property
    def _map_regional_groups(self) -> Mapping[str, RegionalGroup]:
        return {row.country: row.group for row in self.table("regional_groups")}

    def regional_group(self, code: str) -> RegionalGroup | None:
        """The regional group that a country, by its code, belongs to or is counted in."""
        return self._map_regional_groups.get(code)

    # -- articles and clusters ---------------------------------------------------------------------------------------

    @functools.cached_property
    def _map_cluster_articles(self) -> Mapping[tuple[TreatyCode, str], ClusterArticle]:
        return {(row.treaty, row.article): row for row in self.table("cluster_articles")}

    def cluster_article(self, treaty: TreatyCode | str, article: str) -> ClusterArticle | None:
        """The row that puts an article into a cluster; of `10(2)` that of article 10 where the paragraph is in none."""
        code = parse_treaty_code(treaty)
        return self._map_cluster_articles.get((code, article)) or self._map_cluster_articles.get(
            (code, article.partition("(")[0])
        )

    def has_article(self, treaty: TreatyCode | str, article: str) -> bool:
        """Whether a treaty has an article of that number; of `10(2)`, an article 10."""
        return (parse_treaty_code(treaty), article.partition("(")[0]) in self._collect_article_numbers

    @functools.cached_property
    def _collect_article_numbers(self) -> frozenset[tuple[TreatyCode, str]]:
        return frozenset((row.treaty, row.number) for row in self.table("articles"))

    def articles(self, treaty: TreatyCode | str, *, cluster: int | None = None) -> tuple[Article, ...]:
        """The articles of a treaty, all or those of one cluster, in the order of the treaty.

        Those of a cluster are as sure as it is that they belong to it, with the source that says so.
        """
        code = parse_treaty_code(treaty)
        articles = tuple(article for article in self.table("articles") if article.treaty is code)
        if cluster is None:
            return articles
        placed = ((article, self._map_cluster_articles.get((code, article.number))) for article in articles)
        return tuple(
            attrs.evolve(article, certainty=row.certainty, source=f"{article.source} ; {row.source}", note=row.note)
            for article, row in placed
            if row is not None and row.cluster == cluster
        )

    def cluster_of(self, treaty: TreatyCode | str, article: str) -> int | None:
        """The cluster in which an article is reviewed; of `10(2)` that of article 10 where the paragraph is in none."""
        row = self.cluster_article(treaty, article)
        return None if row is None else row.cluster

    @functools.cached_property
    def _map_questionnaire_topics(self) -> Mapping[str, QuestionnaireTopic]:
        return {row.topic: row for row in self.table("questionnaire_topics")}

    def questionnaire_topic(self, topic: str) -> QuestionnaireTopic | None:
        """What a part of the self-assessment questionnaire asks, by the name of the topic, such as `untoc-5`."""
        return self._map_questionnaire_topics.get(topic)

    # -- the review --------------------------------------------------------------------------------------------------

    @functools.cached_property
    def _map_review_steps(self) -> Mapping[str, ReviewStep]:
        return {row.order: row for row in self.table("review_steps")}

    def review_step(self, order: str) -> ReviewStep:
        """A step of the country review by its place in the order, such as `8`. Raises `UnknownRecord`."""
        if order not in self._map_review_steps:
            raise UnknownRecord(f"the country review has no step {order!r}")
        return self._map_review_steps[order]

    @functools.cached_property
    def _map_observer_rules(self) -> Mapping[str, ObserverRule]:
        return {row.rule: row for row in self.table("observer_rules")}

    def observer_rule(self, rule: str) -> ObserverRule | None:
        """A rule of procedure on observers by its number, such as `17(2)`; None where the table has none of it."""
        return self._map_observer_rules.get(rule)

    @functools.cached_property
    def _map_review_groups(self) -> Mapping[int, ReviewGroup]:
        return {row.group: row for row in self.table("review_groups")}

    def review_group(self, group: int) -> ReviewGroup | None:
        """One of the three groups of parties whose reviews start in consecutive years."""
        return self._map_review_groups.get(group)

    @functools.cached_property
    def _map_group_assignments(self) -> Mapping[str, GroupAssignment]:
        return {row.party: row for row in self.table("group_assignments")}

    def group_assignment(self, code: str) -> GroupAssignment | None:
        """The review group that a party was drawn into, where that is public."""
        return self._map_group_assignments.get(code)

    @functools.cached_property
    def _map_nominal_phases(self) -> Mapping[tuple[int, int], NominalPhase]:
        return {(row.group, row.phase): row for row in self.table("nominal_phases")}

    def nominal_phase(self, group: int, phase: int) -> NominalPhase | None:
        """When a group's phase runs by the calendar that the Mechanism set out with."""
        return self._map_nominal_phases.get((group, phase))

    # -- sessions ----------------------------------------------------------------------------------------------------

    def sessions(
        self, *, between: tuple[Day, Day] | None = None
    ) -> tuple[ConferenceSession | WorkingGroupSession | DialogueHeld, ...]:
        """Sessions of the Conference and its working groups, and dialogues, that may touch the days, by their start.

        What has no date at all is left out; the tables have it.
        """
        first, last = map(PartialDate.of, between or ("0001", "9999"))
        names = ("conference_sessions", "working_group_sessions", "dialogues")
        days = [(*_get_session_days(session), session) for name in names for session in self.table(name)]
        found = [
            (start, session)
            for start, end, session in days
            if start is not None
            and end is not None
            and not (end.certainly_before(first) or start.certainly_after(last))
        ]
        return tuple(session for _, session in sorted(found, key=lambda pair: pair[0]))


@functools.cache
def packaged() -> Reference:
    """The facts that the package ships."""
    return Reference()


def parse_treaty_code(name: TreatyCode | str) -> TreatyCode:
    """A treaty by its code, in any case; `FP` is the Firearms Protocol too. Raises `UnknownRecord`."""
    try:
        return TreatyCode("FIREARMS" if name.upper() == "FP" else name.upper())
    except ValueError:
        raise UnknownRecord(f"there is no instrument {name!r}; the instruments are: {', '.join(TreatyCode)}") from None


def _compare_certainties(deposit: Row, **others: Row | None) -> tuple[FieldCertainty, ...]:
    """How sure fields are that come from other acts, where that differs; the kind of act as the deposit says."""
    from untoc_network.reference.row_types import FieldCertainty

    told = ((name, row) for name, row in others.items() if row is not None and row.certainty != deposit.certainty)
    return (*deposit.certainties, *(FieldCertainty(field=name, certainty=row.certainty) for name, row in told))


def _is_party_on(party: PartyStatus, day: PartialDate | None, *, in_force: bool) -> bool:
    since = party.in_force if in_force else party.deposited
    return since is not None and (day is None or not since.certainly_after(day))


def _get_session_days(
    session: ConferenceSession | WorkingGroupSession | DialogueHeld,
) -> tuple[PartialDate | None, PartialDate | None]:
    """The first and the last day of a session, as far as known."""
    from untoc_network.reference.row_types import DialogueHeld

    if isinstance(session, DialogueHeld):
        return session.date, session.date
    return session.starts or session.ends, session.ends or session.starts
