"""Make the packaged tables of facts from the raw ones: `python tools/build_reference.py RAW_FOLDER [OUT_FOLDER]`.

Run by hand when the raw tables change; a test holds that running it again gives the packaged files byte for byte.
Rows keep their own source; `as_of` is the day of the source where the raw table tells it, else the year in which the
raw tables were put together.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

COMPILED = "2026"
TREATIES = {"UNTOC": "UNTOC", "TIP": "TIP", "SOM": "SOM", "FIREARMS": "FIREARMS", "FP": "FIREARMS"}
STATE_OF_DEPOSITS = {"UNTOC": "2026-09-11", "TIP": "2025-04-10", "SOM": "2025-05", "FIREARMS": "2025-01-17"}
ENTRY_ARTICLES = "Convention art. 38, Protocols art. 17, 22 and 18: forty deposits, ninetieth day; recalled"
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
PRINTED = {"Moldova": "MD", "Republic of Korea": "KR", "United Kingdom": "GB", "Turkey": "TR", "European Union": "EU"}


class Raw:
    """The raw tables, and the country codes that they are keyed by."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        countries = self["countries"]
        self.code = {row["iso3"]: row["iso2"] for row in countries} | {"EU": "EU"}
        self.by_name = {re.sub(r" \(.*\)$", "", row["en_short"]): row["iso2"] for row in countries} | PRINTED

    def __getitem__(self, table: str) -> list[dict[str, str]]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def certainty(status: str) -> str:
    """How sure a row is; what is not plainly seen or derived counts as the weaker kind."""
    if "CONFLICT" in status:
        return "disputed"
    if status.startswith(("SEEN(computed)", "DERIVED")):
        return "derived"
    return "seen" if status.startswith("SEEN") else "recalled"


def told(row: dict[str, str], *, as_of: str = COMPILED, note: str = "") -> dict[str, Any]:
    """The fields that every row carries, from a raw row."""
    status = row["status"]
    remark = "; ".join(part for part in (note, status if not status.isalpha() else "") if part)
    return {"source": row["source"], "as_of": as_of, "certainty": certainty(status), "note": remark or None}


def day(text: str) -> str | None:
    """A date as far as it is one."""
    found = re.match(r"[0-9]{4}(-[0-9]{2}){0,2}", text)
    return found[0] if found else None


def treaties(_: Raw) -> Iterator[dict[str, Any]]:
    """The four treaties; their adoption and what their entry into force asks for are recalled."""
    for code, name, adopted in (
        ("UNTOC", "United Nations Convention against Transnational Organized Crime", "2000-11-15"),
        (
            "TIP",
            "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children",
            "2000-11-15",
        ),
        ("SOM", "Protocol against the Smuggling of Migrants by Land, Sea and Air", "2000-11-15"),
        ("FIREARMS", "Protocol against the Illicit Manufacturing of and Trafficking in Firearms", "2001-05-31"),
    ):
        yield {
            "source": ENTRY_ARTICLES,
            "as_of": COMPILED,
            "certainty": "recalled",
            "note": "the dates derived from it agree with the depositary's",
            "code": code,
            "name": name,
            "adopted": adopted,
            "deposits_needed": 40,
            "days_after": 90,
        }


def countries(raw: Raw) -> Iterator[dict[str, Any]]:
    """Countries, and the European Union."""
    americas = {row["iso3"] for row in raw["regional_groups"] if row["americas35"] == "1"}
    for row in raw["countries"]:
        patched = row["names_status"].startswith("PATCHED")
        yield {
            "source": row["source"],
            "as_of": COMPILED,
            "certainty": "recalled" if patched and "short" in row["names_status"] else "seen",
            "note": row["names_status"] if patched else None,
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
        "certainty": "recalled",
        "note": "the English name is seen; the others are recalled; a party, not a State",
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
    """What each party did towards each treaty."""
    for row in raw["treaty_status"]:
        treaty = TREATIES[row["instrument"]]
        yield told(row, as_of=STATE_OF_DEPOSITS[treaty]) | {
            "party": raw.code[row["iso3"]],
            "treaty": treaty,
            "kind": row["action"].replace("_", "-"),
            "date": row["date"],
        }


def regional_groups(raw: Raw) -> Iterator[dict[str, Any]]:
    """Who belongs to which regional group."""
    for row in raw["regional_groups"]:
        yield told(row, note=row["note"]) | {
            "country": raw.code[row["iso3"]],
            "group": GROUPS[row["un_regional_group"]],
            "role": row["role"].replace("_", " "),
        }


def articles(raw: Raw) -> Iterator[dict[str, Any]]:
    """The articles of the four treaties."""
    for row in raw["treaty_articles"]:
        yield told(row) | {
            "treaty": TREATIES[row["instrument"]],
            "number": row["article"],
            "title": row["article_title"],
            "kind": row["kind"],
        }


def cluster_names(raw: Raw) -> Iterator[dict[str, Any]]:
    """The clusters, as sure as the weaker of name and number."""
    for row in raw["cluster_names"]:
        weaker = row["number_status"] if row["number_status"] != "SEEN" else row["name_status"]
        yield told(row | {"status": weaker}) | {"cluster": int(row["cluster_id"]), "name": row["cluster_name"]}


def cluster_articles(raw: Raw) -> Iterator[dict[str, Any]]:
    """Which article is reviewed in which cluster."""
    for row in raw["clusters"]:
        yield told(row) | {
            "treaty": TREATIES[row["instrument"]],
            "cluster": int(row["cluster_id"]),
            "article": row["article"],
        }


def review_groups(raw: Raw) -> Iterator[dict[str, Any]]:
    """The three groups."""
    for row in raw["review_groups"]:
        yield told(row, note="; ".join((row["launch"], row["note"]))) | {
            "group": int(row["group"]),
            "launched": day(row["launch"]),
            "reviews": int(row["reviews"]),
            "countries_participating": int(row["countries_participating"]),
        }


def group_assignments(raw: Raw) -> Iterator[dict[str, Any]]:
    """The parties whose group is publicly known."""
    for row in raw["group_membership_partial"]:
        yield told(row) | {"party": raw.by_name[row["party"]], "group": int(row["group"])}


def nominal_phases(raw: Raw) -> Iterator[dict[str, Any]]:
    """The calendar that the Mechanism set out with."""
    for row in raw["nominal_workplan"]:
        yield told(row | {"source": row["basis"]}) | {
            "group": int(row["group"]),
            "phase": int(row["phase"]),
            "starts": row["nominal_start_year"],
            "ends": row["nominal_end_year"],
        }


def review_steps(raw: Raw) -> Iterator[dict[str, Any]]:
    """The steps of the country review."""
    for row in raw["review_steps"]:
        yield told(row) | {
            "order": row["step_order"],
            "name": row["name"],
            "actor": row["actor"],
            "limit": int(row["deadline_value"]) if row["deadline_value"] else None,
            "unit": row["deadline_unit"] or None,
            "counted_from": row["counted_from"] or None,
        }


def lot_rules(raw: Raw) -> Iterator[dict[str, Any]]:
    """The rules for drawing the reviewing States."""
    for row in raw["drawing_of_lots_rules"]:
        yield told(row) | {"rule": row["rule_id"], "says": row["rule_own_words"]}


def conference_sessions(raw: Raw) -> Iterator[dict[str, Any]]:
    """The sessions of the Conference."""
    for row in raw["conference_sessions"]:
        yield told(row, note=row["notes"]) | {
            "session": int(row["session"]),
            "starts": row["start_date"],
            "ends": row["end_date"] or None,
            "venue": row["venue"] or None,
        }


def working_group_sessions(raw: Raw) -> Iterator[dict[str, Any]]:
    """The sessions of the working groups."""
    first_dialogue = raw["constructive_dialogues"][0]["source"]
    for row in raw["wg_sessions"]:
        note = ""
        if row["source"].startswith("see constructive_dialogues.csv"):
            row["source"], note = first_dialogue, "the session that this dialogue followed; exact days not seen"
        yield told(row, note=note) | {
            "body": row["body"],
            "symbol": row["symbol_stem"] or None,
            "session": row["session"] or None,
            "starts": row["start_date"],
            "ends": row["end_date"],
            "place": row["place"] or None,
        }


def dialogues(raw: Raw) -> Iterator[dict[str, Any]]:
    """The constructive dialogues; who chaired them is left out."""
    for row in raw["constructive_dialogues"]:
        yield told(row, note=row["notes"]) | {
            "dialogue": row["id"],
            "date": day(row["date"]),
            "topic": row["topic"],
            "edition": row["edition"] or None,
            "after_session": row["linked_wg_session"] or None,
            "session_dates": row["wg_dates"] or None,
            "place": row["place"] or None,
            "format": row["format"] or None,
            "counted": row["participants_counted"] or None,
            "apply_by": day(row["application_deadline"]),
        }


def resolutions(raw: Raw) -> Iterator[dict[str, Any]]:
    """The resolutions of the Conference."""
    for row in raw["cop_resolutions"]:
        yield told(row) | {"symbol": row["resolution"], "subject": row["subject_short"]}


def snapshots(raw: Raw) -> Iterator[dict[str, Any]]:
    """Numbers that were published on the state of the reviews."""
    source = ""
    for row in raw["status_snapshots"]:
        source = source if row["source"].startswith("same") else row["source"]
        dated = re.search(r"[0-9]{4}(-[0-9]{2}){0,2}", row["as_of"])
        assert dated is not None
        stated = told(
            row | {"source": source}, as_of=dated[0], note="; ".join(filter(None, (row["as_of"], row["note"])))
        )
        yield stated | {"metric": row["metric"], "value": int(row["value"])}


TABLES: dict[str, Callable[[Raw], Iterator[dict[str, Any]]]] = {
    make.__name__: make
    for make in (
        treaties,
        countries,
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
        working_group_sessions,
        dialogues,
        resolutions,
        snapshots,
    )
}


def packed(rows: list[dict[str, Any]]) -> str:
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
    return head + '"rows": [\n' + ",\n".join(lines) + "\n]}\n"


def build(raw_folder: Path, out_folder: Path) -> None:
    """Write every table."""
    raw = Raw(raw_folder)
    out_folder.mkdir(parents=True, exist_ok=True)
    for name, make in TABLES.items():
        (out_folder / f"{name}.json").write_text(packed(list(make(raw))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    home = Path(__file__).parent.parent / "src/untoc_network/reference/tables"
    build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else home)
