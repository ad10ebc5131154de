"""Every row that is shipped says what the raw tables say, with their additions and corrections, and no row is missing.

`raw_facts.json` holds what they say (`tools/cut_raw_tables.py`). Words that differ from theirs are those of
`tools/reference_wordings.toml` alone.
"""

import hashlib
import importlib.util
import json
import re
import tomllib
from pathlib import Path

import attrs
import pytest

from untoc_network import reference
from untoc_network.model.convention import WorkingGroup
from untoc_network.reference import row_types
from untoc_network.reference.packaged_tables import TABLES, load_missing

ROOT = Path(__file__).parents[2]
RAW_FOLDER = ROOT.parent / "shared" / "data"
STORED = Path(__file__).with_name("raw_facts.json")
RAW = json.loads(STORED.read_text(encoding="utf-8"))
WORDINGS = tomllib.loads((ROOT / "tools" / "reference_wordings.toml").read_text(encoding="utf-8"))
NOT_FROM_RAW = {"former_names", "demonyms"}
"""Common words, kept by hand, all of them marked as recalled."""
SURE = {"SEEN": "seen", "DERIVED": "derived", "PARTIAL": "partial", "MEMORY": "recalled"}
TREATY = {"UNTOC": "UNTOC", "TIP": "TIP", "SOM": "SOM", "FIREARMS": "FIREARMS", "FP": "FIREARMS"}
ADDITIONS = {
    "cop_resolutions": "additions/cop_resolutions_new_or_corrected",
    "wg_sessions": "additions/wg_sessions_new_or_corrected",
}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


WORDED = {digest(raw): shipped for raw, shipped in WORDINGS["sources"].items()}


def raw(table):
    """The rows of a raw table as dictionaries."""
    held = RAW[table]
    rows = [dict(zip(held["columns"], row, strict=True)) for row in held["rows"]]
    return [row | {"source": held["sources"][row["source"]]} for row in rows]


CODE = {row["iso3"]: row["iso2"] for row in raw("countries")} | {"EU": "EU"}


def shipped_sources(held):
    """What a row is to name as its source: digests of its parts."""
    whole, parts = held
    told = [digest(WORDED[whole[0]])] if whole[0] in WORDED and len(parts) > 1 else parts
    found = []
    for part in told:
        found += [digest(piece) for piece in WORDED[part].split(" ; ") if piece] if part in WORDED else [part]
    return list(dict.fromkeys(found))


def sureness(status):
    if "CONFLICT" in status:
        return "disputed"
    return "derived" if status == "SEEN(computed)" else SURE[re.split(r"[;(]", status)[0]]


def expect(table, name, key, columns, *, texts=(), rows=None, skipped=()):
    """Each shipped row against the raw one of its key: numbers and days as they are, texts by digest or as worded."""
    wanted = {key(row): row for row in (raw(name) if rows is None else rows)}
    shipped = {str(named): row for named, row in ((own_key(table, row), row) for row in reference.table(table))}
    assert set(shipped) == set(wanted) - set(skipped)
    for named, row in shipped.items():
        told, worded = wanted[named], WORDINGS["rows"].get(table, {}).get(named, {})
        for field, column in columns.items():
            value = column(told) if callable(column) else told[column]
            if field not in worded:
                assert plain(getattr(row, field)) == value, (table, named, field)
        for field, column in dict(texts).items():
            text = getattr(row, field)
            assert text == worded.get(field, text), (table, named, field)
            assert field in worded or digest(text or "") == told[column], (table, named, field)
        parts = shipped_sources(told["source"])
        named_there = [digest(part) for part in row.source.split(" ; ")]
        assert named_there[: len(parts)] == parts, (table, named)
        assert named_there == parts or row.source == worded["source"], (table, named)
        assert row.certainty == sureness(told["status"]), (table, named)
        assert {one.field: one.certainty for one in row.certainties} == worded.get(
            "certainties", told.get("certainties", {})
        ), (table, named)


def plain(value):
    return "" if value is None else str(value)


KEYS = {
    "treaties": "code",
    "country_points": "code",
    "articles": "treaty number",
    "cluster_names": "cluster",
    "cluster_articles": "treaty article",
    "review_groups": "group",
    "group_assignments": "party",
    "nominal_phases": "group phase",
    "review_steps": "order",
    "lot_rules": "rule",
    "conference_sessions": "session",
    "dialogues": "dialogue",
    "resolutions": "symbol",
    "events": "event",
    "observer_rules": "rule",
    "questionnaire_topics": "topic",
    "snapshots": "metric",
    "regional_groups": "country",
}


def own_key(table, row):
    if table == "working_group_sessions":
        return f"{plain(row.symbol)} {plain(row.starts)}"
    if table == "treaty_actions":
        return f"{row.party} {row.treaty} {row.kind.replace('-', '_')}"
    return "-".join(str(getattr(row, name)) for name in KEYS[table].split())


def day(column):
    return lambda row: (re.match(r"[0-9]{4}(-[0-9]{2}){0,2}", row[column]) or [""])[0]


@pytest.mark.skipif(
    not RAW_FOLDER.is_dir(), reason="the raw tables lie beside the repository only where it is developed"
)
def test_what_is_compared_is_what_the_raw_tables_say():
    spec = importlib.util.spec_from_file_location("cut_raw_tables", ROOT / "tools" / "cut_raw_tables.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.written(script.cut(RAW_FOLDER)) == STORED.read_text(encoding="utf-8")


def test_every_act_of_a_party():
    conflicts = raw("additions/treaty_status_conflicts")
    disputed = {(row["iso3"], row["instrument"]) for row in conflicts if row["status"] == "CONFLICT"}
    disputed |= {(row["iso3"], row["instrument"]) for row in raw("treaty_status") if "CONFLICT" in row["status"]}
    rows = raw("treaty_status")
    for row in rows:
        if (row["iso3"], row["instrument"]) in disputed and row["action"] != "signature":
            row["status"] = "CONFLICT"
        if "kind acceptance from MEMORY" in row["status"]:
            row["certainties"] = {"kind": "recalled"}
    expect(
        "treaty_actions",
        "treaty_status",
        lambda row: f"{CODE[row['iso3']]} {row['instrument']} {row['action']}",
        {"date": "date"},
        rows=rows,
    )
    notes = {f"{CODE[row['iso3']]} {row['instrument']} {row['action']}": row["date"] for row in conflicts[:2]}
    told = {own_key("treaty_actions", row): row.note for row in reference.table("treaty_actions")}
    assert all(date in told[key] for key, date in notes.items())


def test_every_country():
    recalled = {"en_short": "en", "es_short": "es", "fr_short": "fr", "pt_cldr": "pt"}
    shipped = {row.code: row for row in reference.table("countries")}
    assert set(shipped) == set(CODE.values())
    americas = {row["iso3"] for row in raw("regional_groups") if row["americas35"] == "1"}
    for told in raw("countries"):
        row = shipped[told["iso2"]]
        names = (row.en, row.en_formal, row.es, row.es_formal, row.fr, row.fr_formal, row.pt)
        assert digest("|".join(name.rpartition(" (")[0] or name for name in names)) == told["names"]
        assert (row.iso3, row.m49, str(int(row.un_member)), plain(row.region)) == (
            told["iso3"],
            told["m49"],
            told["un_member"],
            told["m49_region"],
        )
        assert row.in_americas is (row.iso3 in americas)
        patched = told["names_status"].removeprefix("PATCHED_FROM_MEMORY:").split("|")
        unsure = {recalled.get(name, name) for name in patched} - {"SEEN", "wikidata"}
        assert {one.field for one in row.certainties if one.certainty == "recalled"} == unsure
        assert [digest(part) for part in row.source.split(" ; ")] == shipped_sources(told["source"])


def test_every_point_of_a_country():
    columns = {"longitude": lambda row: str(float(row["lon"])), "latitude": lambda row: str(float(row["lat"]))}
    expect("country_points", "country_points", lambda row: row["iso2"], columns)


def test_every_member_of_a_regional_group():
    columns = {
        "group": lambda row: row["un_regional_group"].lower().replace("_", "-"),
        "role": lambda row: row["role"].replace("_", " "),
    }
    expect("regional_groups", "regional_groups", lambda row: CODE[row["iso3"]], columns)


def test_every_article_and_its_cluster():
    expect(
        "articles",
        "treaty_articles",
        lambda row: f"{TREATY[row['instrument']]}-{row['article']}",
        {"kind": "kind"},
        texts={"title": "article_title"},
    )
    expect(
        "cluster_articles",
        "clusters",
        lambda row: f"{TREATY[row['instrument']]}-{row['article']}",
        {"cluster": "cluster_id"},
    )


def test_every_cluster():
    rows = raw("cluster_names")
    for row in rows:
        row["status"] = row["number_status"] if row["number_status"] != "SEEN" else row["name_status"]
    expect("cluster_names", "", lambda row: row["cluster_id"], {}, texts={"name": "cluster_name"}, rows=rows)


def test_every_treaty():
    columns = dict.fromkeys(("adopted", "entry_into_force", "deposits_needed", "days_after"))
    columns = {name: name for name in (*columns, "days_after_for_later_parties")}
    expect("treaties", "additions/treaties_corrected", lambda row: row["code"], columns, texts={"name": "full_name"})


def test_every_group_phase_and_step_of_the_country_review():
    columns = {"launched": day("launch"), "reviews": "reviews", "countries_participating": "countries_participating"}
    expect("review_groups", "review_groups", lambda row: row["group"], columns)
    codes = {row.en: row.code for row in reference.table("countries")} | {
        "Moldova": "MD",
        "Turkey": "TR",
        "United Kingdom": "GB",
        "Netherlands": "NL",
    }
    rows = raw("group_membership_partial")
    code_of = {row["party"]: codes.get(row["party"]) or reference.country_code(row["party"]) for row in rows}
    expect("group_assignments", "", lambda row: code_of[row["party"]], {"group": "group"}, rows=rows)
    years = {"starts": "nominal_start_year", "ends": "nominal_end_year"}
    expect("nominal_phases", "nominal_workplan", lambda row: f"{row['group']}-{row['phase']}", years)
    expect(
        "review_steps",
        "review_steps",
        lambda row: row["step_order"],
        {"limit": "deadline_value", "unit": "deadline_unit"},
        texts={"name": "name", "actor": "actor", "counted_from": "counted_from"},
    )


def test_every_rule_for_the_draw_and_that_open_questions_are_none():
    expect(
        "lot_rules",
        "drawing_of_lots_rules",
        lambda row: row["rule_id"],
        {},
        texts={"says": "rule_own_words"},
        skipped=("L11", "L12"),
    )
    standing = {row.rule: row.standing.value for row in reference.table("lot_rules")}
    assert {rule for rule, what in standing.items() if what == "analogy"} == {"L8", "L9", "L10"}
    assert sum(told.startswith("whether ") for told in load_missing("lot_rules")) == 2


def test_every_session():
    columns = {"starts": "start_date", "ends": "end_date", "venue": "venue"}
    expect("conference_sessions", "conference_sessions", lambda row: row["session"], columns)
    new = raw(ADDITIONS["wg_sessions"])
    kept = [
        row
        for row in raw("wg_sessions")
        if not any(
            row["symbol_stem"] == one["symbol_stem"] and one["start_date"].startswith(row["start_date"]) for one in new
        )
    ]
    assert len(raw("wg_sessions")) - len(kept) == 5
    columns = {"body": "body", "symbol": "symbol_stem", "session": "session", "ends": "end_date", "place": "place"}
    expect(
        "working_group_sessions",
        "",
        lambda row: f"{row['symbol_stem']} {row['start_date']}",
        columns,
        rows=[*kept, *new],
    )


def test_every_dialogue():
    corrected = {
        row["id"]: row["should_be"].partition(",")[0].split()[0].strip(":").rstrip(",")
        for row in raw("additions/constructive_dialogues_corrections")
        if row["field"] == "certainty"
    }
    rows = [row | {"status": corrected.get(row["id"], row["status"])} for row in raw("constructive_dialogues")]
    columns = {"date": day("date"), "apply_by": day("application_deadline"), "session_dates": "wg_dates"}
    same = {"topic": "topic", "edition": "edition", "after_session": "linked_wg_session", "place": "place"}
    expect(
        "dialogues",
        "",
        lambda row: row["id"],
        columns | same,
        texts={"format": "format", "counted": "participants_counted"},
        rows=rows,
    )


def test_every_public_event_that_no_other_table_has():
    rows = [row for name in ("events", "additions/events_new") for row in raw(name)]
    own = [row for row in rows if row["kind"] not in ("constructive_dialogue", "cop_session")]
    columns = {
        "kind": lambda row: row["kind"].replace("_", " "),
        "starts": "start_date",
        "ends": "end_date",
        "country": "country",
        "modality": lambda row: row["modality"].replace("_", " ").replace("unknown", ""),
    }
    texts = {
        "name": "name",
        "place": "place",
        "organizers": "organisers",
        "partners": "co_organisers_partners",
        "donors": "donors",
        "counted": "participants_reported",
    }
    expect("events", "", lambda row: row["id"], columns, texts=texts, rows=own)


def test_every_resolution():
    rows = {row["resolution"]: row for name in ("cop_resolutions", ADDITIONS["cop_resolutions"]) for row in raw(name)}
    said = {row.symbol: row for row in reference.table("resolutions")}
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    for symbol, row in rows.items():
        own = said[symbol]
        year, month, last = (own.adopted or "0-1-1").split("-")
        on = own.adopted and f" ({int(last)} {months[int(month) - 1]} {year})"
        bodies = [own.subject, f"{own.subject}. MISSING from the shipped table"]
        if on:
            bodies += [own.subject + on, own.subject.replace(";", f"{on};", 1)]
        if symbol in WORDINGS["rows"]["resolutions"] and "subject" in WORDINGS["rows"]["resolutions"][symbol]:
            continue
        assert row["subject_short"] in map(digest, bodies), symbol
    expect("resolutions", "", lambda row: row["resolution"], {}, rows=rows.values())


def test_every_group_of_the_conference_with_its_symbol_and_what_set_it_up():
    documents = {row["resolution"]: row for row in raw("cop_resolutions")}
    documents |= {row["resolution"]: row for row in raw(ADDITIONS["cop_resolutions"])}
    documents |= {f"decision {row['session']}/{number}": row for row in raw("conference_sessions") for number in (2, 6)}
    sessions = [*raw("wg_sessions"), *raw(ADDITIONS["wg_sessions"])]
    rows = reference.table("working_groups")
    assert {row.group for row in rows} == set(WorkingGroup)
    for row in rows:
        held = [one for one in sessions if one["body"].startswith(row.body)]
        assert {one["symbol_stem"] for one in held} == {row.symbol or ""}
        document = documents[row.mandate] if row.mandate else held[-1]
        surely = held if row.symbol and row.find_certainty("symbol") != "recalled" else []
        named = shipped_sources(document["source"])
        wanted = [{*named, *shipped_sources(one["source"])} for one in surely] or [set(named)]
        assert {digest(part) for part in row.source.split(" ; ")} in wanted
        assert row.certainty == sureness(document["status"])
        assert (row.does is None) is (row.mandate in (None, "decision 2/6"))


def test_every_rule_on_observers():
    expect(
        "observer_rules",
        "additions/observer_rules",
        lambda row: row["rule"],
        {"limit": "time_limit_value", "unit": "time_limit_unit", "decided_by": "decided_by"},
        texts={name: name for name in ("who", "how", "counted_from", "rights")},
    )


def test_every_topic_of_the_questionnaires():
    others = {
        "88": "untoc-27",
        "n/a": "firearms-9",
        "closing block a": "difficulties",
        "closing block b": "technical-assistance",
    }
    clusters = {"I": "1", "II": "2"}
    rows = [row for row in raw("saq_structure") if row["question_or_block"] in {*others, "section"}]
    assert len(rows) == 17
    for row in rows:
        row["topic"] = others.get(row["question_or_block"], f"{row['instrument'].lower()}-{row['article']}")
        row["type"] = row["type"].replace(digest("type not seen"), digest(""))
    columns = {
        "treaty": lambda row: TREATY.get(row["instrument"], ""),
        "cluster": lambda row: clusters.get(row["cluster"], ""),
        "article": "article",
        "paragraphs": "paragraph",
    }
    texts = {"asks_for": "type", "says": "content_own_words"}
    expect("questionnaire_topics", "", lambda row: row["topic"], columns, texts=texts, rows=rows)


def test_every_published_number():
    rows = raw("status_snapshots")
    first = {"as_of": lambda row: re.search(r"[0-9]{4}(-[0-9]{2}){0,2}", row["as_of"])[0], "value": "value"}
    expect("snapshots", "", lambda row: row["metric"], first, rows=rows)


def test_every_table_is_compared():
    compared = {*KEYS, "treaty_actions", "working_group_sessions", "working_groups", "countries"}
    assert compared | NOT_FROM_RAW == set(TABLES)
    for name in NOT_FROM_RAW:
        assert {row.certainty.value for row in reference.table(name)} == {"recalled"}


REMARKS = re.compile(
    r"inferred|\[cut|\bby me\b|probably transposed|see above|as above|MEMORY|SEEN|CONFLICT|PATCHED|REPLACES|MISSING"
    r"|\bcsv\b|slug|the brief|\bseed\b|^same\b|stored copy|confidence [A-Z]|recall only",
)
FIELDS = {
    name: [field.name for field in attrs.fields(getattr(row_types, cls)) if "str" in str(field.type)]
    for name, cls in TABLES.items()
}
PROXIES = re.compile(r"dichtienghoa|[?&]u=http|translate\.goog|translate\?")
MIRRORS = re.compile(
    r"pdfslide|vdocuments|fdocuments|docplayer|docslib|1library|mydokument|lawsdocbox|123dok|5y1\.org|scribd|docsbay"
    r"|vuink|fanyjok|web\.archive|crime\.vl\.ru|laws-markdown|zmjones|un-mandates"
)


@pytest.mark.parametrize("table", TABLES)
def test_no_remark_for_those_who_collected_the_facts_is_shipped_and_no_unnamed_mirror(table):
    for row in reference.table(table):
        for name in FIELDS[table]:
            assert not REMARKS.search(str(getattr(row, name))), (table, name, getattr(row, name))
        assert not PROXIES.search(row.source)
        for part in row.source.split(" ; "):
            assert not MIRRORS.search(part) or "mirror: " in part, part
    assert not any(REMARKS.search(said) for said in load_missing(table))
