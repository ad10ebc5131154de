"""Make the packaged tables of facts from the raw ones: `python tools/build_reference.py RAW_FOLDER [OUT_FOLDER]`.

Run by hand when the raw tables change; a test holds that running it again gives the packaged files byte for byte.
The folder `additions` beside the raw tables has rows that add to them or correct them. What the raw tables say with
remarks for those who collected them is worded in `reference_wordings.toml`, which also has what each table is known to
lack. `as_of` is the day of the source where the raw table tells it, else the year in which the raw tables were put
together.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

COMPILED = "2026"
TREATIES = {"UNTOC": "UNTOC", "TIP": "TIP", "SOM": "SOM", "FIREARMS": "FIREARMS", "FP": "FIREARMS"}
STATE_OF_DEPOSITS = {"UNTOC": "2026-09-11", "TIP": "2025-04-10", "SOM": "2025-05", "FIREARMS": "2025-01-17"}
NOT_RULES = {"L11", "L12"}
"""What the raw table of rules for the draw has as open questions; the table says of them that they are not known."""
TOPICS = {
    "88": "untoc-27",
    "n/a": "firearms-9",
    "closing block a": "difficulties",
    "closing block b": "technical-assistance",
}
"""The topics that are no section on an article, by what the raw table calls them."""
MANDATES = (
    ("trafficking-in-persons", "decision 4/4", "sets it up, for the time being"),
    ("trafficking-in-persons", "7/1", "makes it a constant element of the Conference"),
    ("smuggling-of-migrants", "5/3", "sets it up, for the time being"),
    ("smuggling-of-migrants", "7/1", "makes it a constant element of the Conference"),
    ("firearms", "5/4", "sets it up"),
    ("firearms", "7/1", "makes it a constant element of the Conference"),
    ("technical-assistance", "decision 2/6", None),
    ("international-cooperation", "decision 3/2", "makes it a constant element of the Conference"),
    ("review-of-implementation", None, None),
    ("experts-on-the-review", "9/1", "asks for it"),
    ("experts-on-the-environment", "12/4", "asks for it"),
)
"""Which document set up a group of the Conference or carried it on, as the raw tables word it."""
SYMBOLS_READ = {
    "trafficking-in-persons": "2010-01-27",
    "smuggling-of-migrants": "2020-09-08",
    "firearms": "2014-05-26",
    "technical-assistance": "2007-10-03",
    "review-of-implementation": "2012-01-23",
    "experts-on-the-review": "2020-07-13",
}
"""The session of a group that a document is of in which its symbol was read; that of another is recalled."""
BODIES = {
    "trafficking-in-persons": "Working Group on Trafficking in Persons",
    "smuggling-of-migrants": "Working Group on the Smuggling of Migrants",
    "firearms": "Working Group on Firearms",
    "technical-assistance": "Working Group of Government Experts on Technical Assistance",
    "international-cooperation": "Working Group on International Cooperation",
    "review-of-implementation": "Open-ended intergovernmental working group on the review of implementation",
    "experts-on-the-review": "Open-ended intergovernmental expert group under resolution 9/1",
    "experts-on-the-environment": "Intergovernmental expert group on crimes that affect the environment (res. 12/4)",
}
CLUSTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
GROUPS = {
    "AFRICAN": "african",
    "ASIA_PACIFIC": "asia-pacific",
    "EASTERN_EUROPEAN": "eastern-european",
    "GRULAC": "grulac",
    "WEOG": "weog",
}
RECALLED = "common knowledge, not read in a source"

FORMER_NAMES = {
    "BO": ("Bolivia", "Bolivie"),
    "BN": ("Brunei",),
    "CD": ("Zaire", "DR Congo", "DRC", "Congo-Kinshasa", "Congo Kinshasa", "RD Congo"),
    "CG": ("Congo-Brazzaville", "Republic of Congo"),
    "CI": ("Ivory Coast", "Costa de Marfil"),
    "CV": ("Cape Verde", "Cap-Vert"),
    "CZ": ("Czech Republic", "República Checa", "République tchèque"),
    "FM": ("Micronesia",),
    "GB": ("United Kingdom", "UK", "Great Britain", "Royaume-Uni", "Gran Bretaña"),
    "IR": ("Iran", "Persia", "Irán"),
    "KP": ("North Korea", "Corea del Norte", "Corée du Nord"),
    "KR": ("South Korea", "Corea del Sur", "Corée du Sud"),
    "LA": ("Laos",),
    "LK": ("Ceylon",),
    "MD": ("Moldova", "Moldavia", "Moldavie"),
    "MK": ("Macedonia", "the former Yugoslav Republic of Macedonia", "FYROM"),
    "MM": ("Burma", "Birmania", "Birmanie"),
    "NL": ("Holland", "The Netherlands", "Holanda"),
    "PS": ("Palestine", "Palestina"),
    "RU": ("Russia", "Rusia", "Russie"),
    "SY": ("Syria", "Siria", "Syrie"),
    "SZ": ("Swaziland", "Swazilandia", "Suazilandia", "Suazilândia"),
    "TL": ("East Timor", "Timor Oriental"),
    "TR": ("Turkey", "Turquía", "Turquie"),
    "TZ": ("Tanzania", "Tanzanie", "Tanzanía"),
    "US": ("United States", "USA", "U.S.A.", "EE. UU.", "EEUU", "EE.UU.", "Estados Unidos", "États-Unis", "EUA"),
    "VA": ("Vatican", "Vatican City", "Vaticano"),
    "VE": ("Venezuela",),
    "VN": ("Vietnam",),
}
HAND_KEPT = Path(__file__).parent
USAGE = "common usage of the language, not read in a source"
INFLECTIONS = {
    "en": {
        **{
            f"{letters}man": " ".join(f"{letters}{man}" for man in ("man", "men", "woman", "women"))
            for letters in ("ch", "sh", "s")
        },
        "": "- s",
    },
    "es": {
        **{f"{vowel}n": f"{vowel}n {plain}na {plain}nes {plain}nas" for vowel, plain in ("áa", "íi", "óo")},
        "és": "és esa eses esas",
        "í": "í íes ís",
        "o": "o a os as",
        "l": "l la les las",
        "": "- s",
    },
    "pt": {
        "ês": "ês esa eses esas",
        "ão": "ão ã ãos ãs",
        "eu": "eu eia eus eias",
        "éu": "éu eia éus eias",
        "ol": "ol ola óis olas",
        "o": "o a os as",
        "": "- s",
    },
    "fr": {"en": "en enne ens ennes", "s": "s se ses", "e": "e es", "o": "o os", "": "- e s es"},
}
PATCHED = {
    **{f"{language}_short": language for language in ("en", "es", "fr")},
    **{f"{language}_formal": f"{language}_formal" for language in ("en", "es", "fr")},
    "pt_cldr": "pt",
}
"""The fields that the raw table may have from memory, and what they are called here."""
PRINTED = {"Moldova": "MD", "Republic of Korea": "KR", "United Kingdom": "GB", "Turkey": "TR", "European Union": "EU"}


class Raw:
    """The raw tables with their additions, the country codes that they are keyed by, and how they are worded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        countries = self["countries"]
        self.code = {row["iso3"]: row["iso2"] for row in countries} | {"EU": "EU"}
        self.by_name = {re.sub(r" \(.*\)$", "", row["en_short"]): row["iso2"] for row in countries} | PRINTED
        with (HAND_KEPT / "reference_wordings.toml").open("rb") as file:
            self.wordings: dict[str, dict[str, Any]] = tomllib.load(file)
        self.used: set[tuple[str, ...]] = set()

    def __getitem__(self, table: str) -> list[dict[str, str]]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def source(self, printed: str) -> str:
        """Where a row was read, by symbols and addresses of the documents themselves."""
        found = self.wordings["sources"].get(printed)
        parts = printed.split(" ; ") if found is None else [printed]
        self.used.update(("sources", part) for part in parts)
        worded = (self.wordings["sources"].get(part, part) for part in parts)
        return " ; ".join(dict.fromkeys(filter(None, worded)))

    def told(self, table: str, key: str, row: dict[str, str], *, as_of: str = COMPILED, **cells: Any) -> dict[str, Any]:
        """A row with the fields that every row carries, and in our words where there are such."""
        self.used.add((table, key))
        provenance = {"source": self.source(row["source"]), "as_of": as_of, "certainty": certainty(row["status"])}
        return provenance | cells | self.wordings["rows"].get(table, {}).get(key, {})

    def require_all_used(self) -> None:
        """Words for rows and sources that there are no more are to be taken out."""
        wanted = {("sources", words) for words in self.wordings["sources"]}
        wanted |= {(table, key) for table, rows in self.wordings["rows"].items() for key in rows}
        assert wanted <= self.used, sorted(wanted - self.used)
        assert set(self.wordings["missing"]) <= TABLES.keys()


def certainty(status: str) -> str:
    """How sure a row is, by what the raw table says of it."""
    if "CONFLICT" in status:
        return "disputed"
    if status.startswith(("SEEN(computed)", "DERIVED")):
        return "derived"
    words = {"SEEN": "seen", "PARTIAL": "partial", "MEMORY": "recalled"}
    return words[re.split(r"[;(]", status)[0]]


def day(text: str) -> str | None:
    """A date as far as it is one."""
    found = re.match(r"[0-9]{4}(-[0-9]{2}){0,2}", text)
    return found[0] if found else None


def treaties(raw: Raw) -> Iterator[dict[str, Any]]:
    """The four treaties, with what their entry into force asked for."""
    for row in raw["additions/treaties_corrected"]:
        code = TREATIES[row["code"]]
        days = {name: row[name] for name in ("adopted", "entry_into_force")}
        numbers = ("deposits_needed", "days_after", "days_after_for_later_parties")
        terms = {name: int(row[name]) for name in numbers}
        yield raw.told("treaties", code, row, code=code, name=row["full_name"], **days, **terms)


def countries(raw: Raw) -> Iterator[dict[str, Any]]:
    """Countries, and the European Union."""
    americas = {row["iso3"] for row in raw["regional_groups"] if row["americas35"] == "1"}
    for row in raw["countries"]:
        patched = row["names_status"].removeprefix("PATCHED_FROM_MEMORY:").split("|")
        recalled = sorted(PATCHED[name] for name in patched if name in PATCHED)
        yield {
            "source": raw.source(row["source"]),
            "as_of": COMPILED,
            "certainty": "seen",
            "certainties": dict.fromkeys(recalled, "recalled") or None,
            "code": row["iso2"],
            "iso3": row["iso3"],
            "m49": row["m49"],
            **{language: bare(row[f"{language}_short"]) for language in ("en", "es", "fr")},
            **{f"{language}_formal": row[f"{language}_formal"] for language in ("en", "es", "fr")},
            "pt": row["pt_cldr"],
            "un_member": row["un_member"] == "1",
            "region": row["m49_region"] or None,
            "in_americas": row["iso3"] in americas,
        }
    yield {
        "source": "http://www.gaatw.org/2-uncategorised/1155-review-mechanism-of-untoc-update",
        "as_of": COMPILED,
        "certainty": "seen",
        "certainties": dict.fromkeys(("es", "fr", "pt"), "recalled"),
        "note": "a party, not a State",
        "code": "EU",
        "iso3": None,
        "m49": None,
        "en": "European Union",
        "es": "Unión Europea",
        "fr": "Union européenne",
        "pt": "União Europeia",
        **{f"{language}_formal": None for language in ("en", "es", "fr")},
        "un_member": False,
        "region": None,
        "in_americas": False,
    }


def country_points(raw: Raw) -> Iterator[dict[str, Any]]:
    """A point of each country."""
    for row in raw["country_points"]:
        yield raw.told(
            "country_points",
            row["iso2"],
            row,
            code=row["iso2"],
            longitude=float(row["lon"]),
            latitude=float(row["lat"]),
        )


def bare(name: str) -> str:
    """A short name without the article that the UN's list puts behind it."""
    return re.sub(r" \((?:the|el|la|los|las|le|les|l')\)$", "", name)


def former_names(_: Raw) -> Iterator[dict[str, Any]]:
    """Former names and names in common use."""
    common = [(row["code"], row["names"].split("|")) for row in hand_kept("common_names")]
    for code, names in (*FORMER_NAMES.items(), *common):
        for name in names:
            yield {"source": RECALLED, "as_of": COMPILED, "certainty": "recalled", "code": code, "name": name}


def demonyms(_: Raw) -> Iterator[dict[str, Any]]:
    """The words for the people of a country and for what is theirs, in all their forms."""
    for row in hand_kept("demonyms"):
        for language in INFLECTIONS:
            written = filter(None, row[language].split("|"))
            words = dict.fromkeys(word for entry in written for word in inflected(entry, language))
            told_of = {"source": USAGE, "as_of": COMPILED, "certainty": "recalled", "code": row["code"]}
            yield from ({**told_of, "language": language, "word": word} for word in words)


def hand_kept(table: str) -> list[dict[str, str]]:
    """A table that is kept by hand beside this script; `|` stands between the words of a cell."""
    with (HAND_KEPT / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inflected(entry: str, language: str) -> Iterator[str]:
    """The forms of a word: one that ends in `~` has those that are regular in its language, another only itself.

    The first ending of the language that fits is put off for each of its forms; `-` is the form without an ending.
    """
    word, mark, _ = entry.partition("~")
    if not mark:
        yield word
        return
    ending, forms = next((ending, forms) for ending, forms in INFLECTIONS[language].items() if word.endswith(ending))
    for form in forms.split():
        yield word.removesuffix(ending) + form.removeprefix("-")


def treaty_actions(raw: Raw) -> Iterator[dict[str, Any]]:
    """What each party did towards each treaty; an entry into force is no surer than the deposit before it."""
    named = ("iso3", "instrument", "action")
    known = [row for row in raw["additions/treaty_status_conflicts"] if row["status"] == "CONFLICT"]
    disputed = {tuple(row[name] for name in named) for row in known}
    disputed |= {tuple(row[name] for name in named) for row in raw["treaty_status"] if "CONFLICT" in row["status"]}
    of_parties = {key[:2] for key in disputed}
    for row in raw["treaty_status"]:
        treaty, party = TREATIES[row["instrument"]], raw.code[row["iso3"]]
        status, cells = row["status"], {}
        if tuple(row[name] for name in named) in disputed:
            status = "CONFLICT"
        elif row["action"] == "entry_into_force" and (row["iso3"], row["instrument"]) in of_parties:
            status, cells = "CONFLICT", {"note": "follows from a deposit of which sources have different days"}
        elif "kind acceptance from MEMORY" in status:
            cells = {"certainties": {"kind": "recalled"}}
        elif "UNTC prints no" in status:
            cells = {"note": 'the depositary prints no "a", although no signature is on record'}
        elif status not in ("SEEN", "SEEN(computed)"):
            raise ValueError(status)
        yield raw.told(
            "treaty_actions",
            f"{party} {treaty} {row['action']}",
            row | {"status": status},
            as_of=STATE_OF_DEPOSITS[treaty],
            party=party,
            treaty=treaty,
            kind=row["action"].replace("_", "-"),
            date=row["date"],
            **cells,
        )


def regional_groups(raw: Raw) -> Iterator[dict[str, Any]]:
    """Who belongs to which regional group."""
    for row in raw["regional_groups"]:
        alone = "read in the list of akvo/unep-gpml alone; by the United Nations' own list it is recalled"
        yield raw.told(
            "regional_groups",
            row["iso3"],
            row,
            note=row["note"].replace("(stored copy) ", "") or (alone if "MEMORY" in row["status"] else None),
            country=raw.code[row["iso3"]],
            group=GROUPS[row["un_regional_group"]],
            role=row["role"].replace("_", " "),
        )


def articles(raw: Raw) -> Iterator[dict[str, Any]]:
    """The articles of the four treaties."""
    for row in raw["treaty_articles"]:
        treaty, number = TREATIES[row["instrument"]], row["article"]
        named = {"number": number, "title": row["article_title"], "kind": row["kind"]}
        yield raw.told("articles", f"{treaty}-{number}", row, treaty=treaty, **named)


def cluster_names(raw: Raw) -> Iterator[dict[str, Any]]:
    """The clusters, as sure as the weaker of name and number."""
    for row in raw["cluster_names"]:
        weaker = row["number_status"] if row["number_status"] != "SEEN" else row["name_status"]
        number = row["cluster_id"]
        yield raw.told("cluster_names", number, row | {"status": weaker}, cluster=int(number), name=row["cluster_name"])


def cluster_articles(raw: Raw) -> Iterator[dict[str, Any]]:
    """Which article is reviewed in which cluster."""
    for row in raw["clusters"]:
        treaty, article = TREATIES[row["instrument"]], row["article"]
        placed = {"treaty": treaty, "cluster": int(row["cluster_id"]), "article": article}
        yield raw.told("cluster_articles", f"{treaty}-{article}", row, **placed)


def review_groups(raw: Raw) -> Iterator[dict[str, Any]]:
    """The three groups."""
    for row in raw["review_groups"]:
        counts = {name: int(row[name]) for name in ("reviews", "countries_participating")}
        yield raw.told(
            "review_groups", row["group"], row, group=int(row["group"]), launched=day(row["launch"]), **counts
        )


def group_assignments(raw: Raw) -> Iterator[dict[str, Any]]:
    """The parties whose group is publicly known."""
    for row in raw["group_membership_partial"]:
        party = raw.by_name[row["party"]]
        yield raw.told("group_assignments", party, row, party=party, group=int(row["group"]))


def nominal_phases(raw: Raw) -> Iterator[dict[str, Any]]:
    """The calendar that the Mechanism set out with."""
    note = "computed: three groups in three consecutive years, four phases of two years, October 2020 to October 2030"
    for row in raw["nominal_workplan"]:
        yield raw.told(
            "nominal_phases",
            f"{row['group']}-{row['phase']}",
            row | {"source": row["basis"]},
            note=note,
            group=int(row["group"]),
            phase=int(row["phase"]),
            starts=row["nominal_start_year"],
            ends=row["nominal_end_year"],
        )


def review_steps(raw: Raw) -> Iterator[dict[str, Any]]:
    """The steps of the country review."""
    for row in raw["review_steps"]:
        yield raw.told(
            "review_steps",
            row["step_order"],
            row,
            order=row["step_order"],
            name=row["name"],
            actor=row["actor"],
            limit=int(row["deadline_value"]) if row["deadline_value"] else None,
            unit=row["deadline_unit"] or None,
            counted_from=row["counted_from"] or None,
        )


def lot_rules(raw: Raw) -> Iterator[dict[str, Any]]:
    """The rules for drawing the reviewing States."""
    for row in raw["drawing_of_lots_rules"]:
        name = row["rule_id"]
        if name not in NOT_RULES:
            yield raw.told("lot_rules", name, row, rule=name, says=row["rule_own_words"], standing="rule")


def conference_sessions(raw: Raw) -> Iterator[dict[str, Any]]:
    """The sessions of the Conference."""
    for row in raw["conference_sessions"]:
        yield raw.told(
            "conference_sessions",
            row["session"],
            row,
            note=row["notes"] or None,
            session=int(row["session"]),
            starts=row["start_date"],
            ends=row["end_date"] or None,
            venue=row["venue"] or None,
        )


def working_group_sessions(raw: Raw) -> Iterator[dict[str, Any]]:
    """The sessions of the working groups; an addition stands in the place of the row that it tells more exactly."""
    new = raw["additions/wg_sessions_new_or_corrected"]
    kept = [row for row in raw["wg_sessions"] if not any(_is_same_session(row, other) for other in new)]
    order = sorted((*kept, *new), key=lambda row: (row["body"], row["start_date"] or row["end_date"]))
    for row in order:
        yield raw.told(
            "working_group_sessions",
            f"{row['symbol_stem']} {row['start_date']}",
            row,
            body=row["body"],
            symbol=row["symbol_stem"] or None,
            session=row["session"] or None,
            starts=row["start_date"] or None,
            ends=row["end_date"],
            place=row["place"] or None,
        )


def _is_same_session(row: dict[str, str], other: dict[str, str]) -> bool:
    return row["symbol_stem"] == other["symbol_stem"] and other["start_date"].startswith(row["start_date"])


def dialogues(raw: Raw) -> Iterator[dict[str, Any]]:
    """The constructive dialogues; who chaired them is left out."""
    corrected = {
        row["id"]: "PARTIAL" if row["should_be"].startswith("PARTIAL") else "DERIVED"
        for row in raw["additions/constructive_dialogues_corrections"]
        if row["field"] == "certainty"
    }
    for row in raw["constructive_dialogues"]:
        yield raw.told(
            "dialogues",
            row["id"],
            row | {"status": corrected.get(row["id"], row["status"])},
            note=row["notes"] or None,
            dialogue=row["id"],
            date=day(row["date"]),
            topic=row["topic"],
            edition=row["edition"] or None,
            after_session=row["linked_wg_session"] or None,
            session_dates=row["wg_dates"] or None,
            place=row["place"] or None,
            format=row["format"] or None,
            counted=row["participants_counted"] or None,
            apply_by=day(row["application_deadline"]),
        )


def events(raw: Raw) -> Iterator[dict[str, Any]]:
    """Public events; sessions of the Conference and dialogues have tables of their own."""
    for row in (*raw["events"], *raw["additions/events_new"]):
        if row["kind"] in ("constructive_dialogue", "cop_session"):
            continue
        yield raw.told(
            "events",
            row["id"],
            row | {"source": row["url"]},
            event=row["id"],
            name=row["name"],
            kind=row["kind"].replace("_", " "),
            starts=row["start_date"],
            ends=row["end_date"],
            place=row["place"] or None,
            country=row["country"] or None,
            modality=row["modality"].replace("_", " ") if row["modality"] != "unknown" else None,
            organizers=row["organisers"] or None,
            partners=row["co_organisers_partners"] or None,
            donors=row["donors"] or None,
            counted=row["participants_reported"] or None,
        )


def resolutions(raw: Raw) -> Iterator[dict[str, Any]]:
    """The resolutions and decisions of the Conference; an addition stands in the place of the row of its symbol."""
    tables = ("cop_resolutions", "additions/cop_resolutions_new_or_corrected")
    rows = {row["resolution"]: row for table in tables for row in raw[table]}
    for symbol, row in sorted(rows.items(), key=lambda pair: _read_symbol(pair[0])):
        said = row["subject_short"].removesuffix(". MISSING from the shipped table")
        dated = re.search(r" \(([0-9]+) ([A-Z][a-z]{2}) ([0-9]{4})\)", said)
        adopted = f"{dated[3]}-{MONTHS.index(dated[2]) + 1:02}-{int(dated[1]):02}" if dated else None
        subject = said.replace(dated[0], "") if dated else said
        yield raw.told("resolutions", symbol, row, symbol=symbol, subject=subject, adopted=adopted)


def _read_symbol(symbol: str) -> tuple[int, bool, int]:
    session, _, number = symbol.removeprefix("decision ").partition("/")
    return int(session), not symbol.startswith("decision"), int(number)


def working_groups(raw: Raw) -> Iterator[dict[str, Any]]:
    """The groups of the Conference: their symbol, and each document that set them up or carried them on."""
    sessions = [*raw["wg_sessions"], *raw["additions/wg_sessions_new_or_corrected"]]
    documents = {
        row["resolution"]: row
        for table in ("cop_resolutions", "additions/cop_resolutions_new_or_corrected")
        for row in raw[table]
    }
    for row in raw["conference_sessions"]:
        named = re.search(r"decision [23]/[0-9]+(?=:)", row["notes"])
        if named:
            documents[named[0]] = row
    for group, mandate, does in MANDATES:
        held = [row for row in sessions if row["body"] == BODIES[group]]
        read = next((row for row in reversed(held) if row["start_date"] == SYMBOLS_READ.get(group)), None)
        row = held[-1] if mandate is None else documents[mandate]
        found = (raw.source(one["source"]).split(" ; ") for one in (row, read) if one is not None)
        yield raw.told(
            "working_groups",
            f"{group} {mandate or ''}".strip(),
            row,
            source=" ; ".join(dict.fromkeys(part for parts in found for part in parts)),
            certainties={"symbol": "recalled"} if read is None and held[-1]["symbol_stem"] else None,
            group=group,
            body=BODIES[group].replace(" (res. 12/4)", ""),
            symbol=held[-1]["symbol_stem"] or None,
            mandate=mandate,
            does=does,
        )


def observer_rules(raw: Raw) -> Iterator[dict[str, Any]]:
    """The rules of procedure on observers."""
    source = ""
    for row in raw["additions/observer_rules"]:
        source = source if row["source"] == "same" else row["source"]
        named = ("rule", "who", "how", "decided_by", "rights")
        yield raw.told(
            "observer_rules",
            row["rule"],
            row | {"source": source},
            **{name: row[name] for name in named},
            limit=int(row["time_limit_value"]) if row["time_limit_value"] else None,
            unit=row["time_limit_unit"] or None,
            counted_from=row["counted_from"] or None,
        )


def questionnaire_topics(raw: Raw) -> Iterator[dict[str, Any]]:
    """What the questionnaires ask; what is said of the documents and of how to answer is no topic."""
    for row in raw["saq_structure"]:
        kind, treaty = row["question_or_block"], TREATIES.get(row["instrument"])
        if kind not in TOPICS and kind != "section":
            continue
        topic = TOPICS.get(kind) or f"{(treaty or '').lower()}-{row['article']}"
        yield raw.told(
            "questionnaire_topics",
            topic,
            row,
            topic=topic,
            treaty=treaty,
            cluster=CLUSTERS.get(row["cluster"]),
            article=row["article"] or None,
            paragraphs=row["paragraph"] or None,
            asks_for=None if row["type"] == "type not seen" else row["type"],
            says=row["content_own_words"],
        )


def snapshots(raw: Raw) -> Iterator[dict[str, Any]]:
    """Numbers that were published on the state of the reviews."""
    source = ""
    for row in raw["status_snapshots"]:
        source = source if row["source"] in ("same", "same ; A/80/6 (Sect. 16)") else row["source"]
        dated = re.search(r"[0-9]{4}(-[0-9]{2}){0,2}", row["as_of"])
        assert dated is not None
        read_in = " ; ".join((source, *row["source"].split(" ; ")[1:])) if row["source"] != source else source
        stated = {"note": row["note"] or None, "metric": row["metric"], "value": int(row["value"])}
        yield raw.told("snapshots", row["metric"], row | {"source": read_in}, as_of=dated[0], **stated)


TABLES: dict[str, Callable[[Raw], Iterator[dict[str, Any]]]] = {
    make.__name__: make
    for make in (
        treaties,
        countries,
        country_points,
        former_names,
        demonyms,
        treaty_actions,
        regional_groups,
        articles,
        cluster_names,
        cluster_articles,
        review_groups,
        group_assignments,
        nominal_phases,
        review_steps,
        lot_rules,
        conference_sessions,
        working_groups,
        working_group_sessions,
        dialogues,
        events,
        resolutions,
        observer_rules,
        questionnaire_topics,
        snapshots,
    )
}


def packed(rows: list[dict[str, Any]], missing: list[str]) -> str:
    """A table as compact JSON, a line a row; long texts that recur are written once and named by their number."""
    columns = sorted({name for row in rows for name in row})
    texts = sorted({row["source"] for row in rows})
    lines = [
        json.dumps(
            [texts.index(row["source"]) if name == "source" else row.get(name) for name in columns], ensure_ascii=False
        )
        for row in rows
    ]
    head = f'{{"columns": {json.dumps(columns)},\n"sources": {json.dumps(texts, ensure_ascii=False, indent=0)},\n'
    lacking = json.dumps(missing, ensure_ascii=False, indent=0)
    return head + '"rows": [\n' + ",\n".join(lines) + f'\n],\n"missing": {lacking}}}\n'


def build(raw_folder: Path, out_folder: Path) -> None:
    """Write every table."""
    raw = Raw(raw_folder)
    out_folder.mkdir(parents=True, exist_ok=True)
    for name, make in TABLES.items():
        text = packed(list(make(raw)), raw.wordings["missing"].get(name, []))
        (out_folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    raw.require_all_used()


if __name__ == "__main__":
    home = Path(__file__).parent.parent / "src/untoc_network/reference/tables"
    build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else home)
