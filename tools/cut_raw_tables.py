"""Write `tests/reference/raw_facts.json`: what the raw tables of facts say, for the test that compares every row.

    python tools/cut_raw_tables.py RAW_FOLDER

Run by hand when the raw tables change. Numbers, days, codes and certainties stand there as they are; sources and texts,
which the packaged tables may word in their own way (`reference_wordings.toml`), as digests, a source part by part. This
shares nothing with `build_reference.py`, so that one is held against the other.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "tests" / "reference" / "raw_facts.json"
COLUMNS = {
    "treaty_status": "iso3 instrument action date",
    "regional_groups": "iso3 un_regional_group role americas35",
    "countries": "iso3 iso2 m49 un_member m49_region names_status",
    "country_points": "iso2 lon lat",
    "treaty_articles": "instrument article kind #article_title",
    "cluster_names": "cluster_id name_status number_status #cluster_name",
    "clusters": "instrument cluster_id article",
    "review_groups": "group launch reviews countries_participating",
    "group_membership_partial": "party group",
    "nominal_workplan": "group phase nominal_start_year nominal_end_year",
    "review_steps": "step_order deadline_value deadline_unit #name #actor #counted_from",
    "drawing_of_lots_rules": "rule_id #rule_own_words",
    "conference_sessions": "session start_date end_date venue",
    "wg_sessions": "body symbol_stem session start_date end_date place",
    "constructive_dialogues": "id date topic edition linked_wg_session wg_dates place application_deadline "
    "#format #participants_counted",
    "events": "id kind start_date end_date country modality #name #place #organisers #co_organisers_partners #donors "
    "#participants_reported",
    "cop_resolutions": "resolution #subject_short",
    "saq_structure": "instrument cluster question_or_block article paragraph #type #content_own_words",
    "status_snapshots": "as_of metric value",
    "additions/treaties_corrected": "code adopted entry_into_force deposits_needed days_after "
    "days_after_for_later_parties #full_name",
    "additions/treaty_status_conflicts": "iso3 instrument action date",
    "additions/constructive_dialogues_corrections": "id field should_be",
    "additions/cop_resolutions_new_or_corrected": "resolution #subject_short",
    "additions/events_new": "id kind start_date end_date country modality #name #place #organisers "
    "#co_organisers_partners #donors #participants_reported",
    "additions/observer_rules": "rule time_limit_value time_limit_unit decided_by #who #how #counted_from #rights",
    "additions/wg_sessions_new_or_corrected": "body symbol_stem session start_date end_date place",
}
"""The columns of each table; those with `#` as digests."""
NAMES = ["en_short", "en_formal", "es_short", "es_formal", "fr_short", "fr_formal", "pt_cldr"]


def cut(folder: Path) -> dict[str, Any]:
    """What is kept of every table: its columns, and in each row also how sure it is and where it was read."""
    return {table: cut_table(folder, table, columns.split()) for table, columns in COLUMNS.items()}


def cut_table(folder: Path, table: str, columns: list[str]) -> dict[str, Any]:
    """One table; a source that is said to be the same is that of the row before."""
    rows, sources, source = [], [], ""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            printed = row.get("source") or row.get("basis") or row.get("url") or ""
            first, *more = printed.split(" ; ")
            source = " ; ".join((source, *more)) if first == "same" else printed
            parts = [digest(part) for part in source.split(" ; ")]
            whole = [digest(source)]
            if [whole, parts] not in sources:
                sources.append([whole, parts])
            kept = [digest(row[name[1:]]) if name.startswith("#") else row[name] for name in columns]
            if table == "countries":
                kept.append(digest("|".join(row[name].rpartition(" (")[0] or row[name] for name in NAMES)))
            rows.append([*kept, row.get("status", ""), sources.index([whole, parts])])
    names = [name.removeprefix("#") for name in columns] + ["names"] * (table == "countries")
    return {"columns": [*names, "status", "source"], "sources": sources, "rows": rows}


def digest(text: str) -> str:
    """So much of a digest as tells texts apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def written(tables: dict[str, Any]) -> str:
    """As JSON, a line a row."""
    parts = []
    for name, table in tables.items():
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in table["rows"])
        head = f'"columns": {json.dumps(table["columns"])}, "sources": {json.dumps(table["sources"])}'
        parts.append(f'"{name}": {{{head}, "rows": [\n{rows}\n]}}')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    OUT.write_text(written(cut(Path(sys.argv[1]))), encoding="utf-8", newline="\n")
