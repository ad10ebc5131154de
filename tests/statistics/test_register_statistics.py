"""The numbers, counted again by hand; what is not known; what takes part nowhere."""

import csv
import io
import json
import re
from collections import Counter

import attrs
import pytest
from hypothesis import HealthCheck, given, strategies as st

import untoc_network as un
from tests.builders import organization
from tests.profiles import tries
from tests.statistics.registers import counts_by_hand, network_of
from untoc_network.i18n.language_words import LANGUAGES, english, words_in
from untoc_network.reports.statistics_text import format_facts, render_statistics_csv, render_statistics_text
from untoc_network.statistics import RowSubject, stats
from untoc_network.testing import plant_canaries, registers
from untoc_network_site.bar_charts import Bar, BarPart, render_bars
from untoc_network_site.report_page import render_statistics_html

DAY = "2024-12-31"


def tables(register, on=DAY, audience="internal", **more):
    return {table.key: table for table in stats(register, on=on, audience=audience, **more).tables}


def cells(table):
    return {row.key: row.cells[0] if len(row.cells) == 1 else row.cells for row in table.rows}


@given(st.integers(0, 60), st.sampled_from(["2021-12-31", "2022-06-15", "2023-05-01", "2024-12-31", "2030-01-01"]))
@tries(10)
def test_sums_agree_with_members_counted_by_hand(number, on):
    register = network_of(number, seed=number)
    found = tables(register, on)
    if not number:
        assert not any(key.startswith("members") for key in found)
        return
    members = [register.by_id[name] for name in counts_by_hand(register, un.PartialDate(on))]
    seats = Counter(body.seat.country if body.seat else "unknown" for body in members)
    kinds = Counter(body.kind.value for body in members)
    themes = Counter(theme for body in members for theme in body.themes or ("unknown",))
    languages = Counter(tag[:2] for body in members for tag in body.languages or ("unknown",))
    for key, counted in {"country": seats, "kind": kinds, "theme": themes, "language": languages}.items():
        shown = cells(found[f"members-by-{key}"])
        assert shown.pop("unknown") == counted.pop("unknown", counted.pop("un", 0))
        assert shown == counted
    for key in ("members-by-country", "members-by-kind"):
        assert found[key].total == (len(members),) == (sum(cells(found[key]).values()),)
    growth = found["members-over-time"]
    assert growth.rows[-1].cells[-1] == len(members)
    for row in growth.rows:
        assert sum(row.cells[:-1]) == row.cells[-1] == len(counts_by_hand(register, un.PartialDate(row.key)))


def belongs(place, body, period=None, network="one"):
    return un.Membership(id=f"m{place}", network_id=network, organization_id=body, period=period)


def networks(*names):
    return tuple(un.Network(id=name, name=un.Text(en=name), kind=un.NetworkKind.REGIONAL) for name in names)


def test_a_member_of_two_networks_counts_once_with_its_surest_answer():
    register = un.Register(
        organizations=(organization("a"), organization("b")),
        networks=networks("one", "two"),
        memberships=(
            belongs(1, "a"),
            belongs(2, "a", un.Period(start=un.PartialDate("2020"), ending=un.Ending.RUNNING), "two"),
            belongs(3, "b", un.Period(start=un.PartialDate("2024"), ending=un.Ending.RUNNING)),
            belongs(4, "nobody"),
        ),
    )
    found = tables(register, "2024-06-30")
    assert [(row.key, row.cells) for row in found["members-over-time"].rows][-2:] == [
        ("2023-12-31", (1, 0, 0, 1)),
        ("2024-06-30", (1, 1, 0, 2)),
    ]
    assert found["members-by-country"].total == (2,)


def test_none_and_unknown_are_rows_of_their_own():
    none = un.Blank(field="themes", reason=un.BlankReason.NONE)
    register = un.Register(
        organizations=(organization("a", blanks=(none,)), organization("b")),
        networks=networks("one"),
        memberships=(belongs(1, "a"), belongs(2, "b")),
    )
    assert cells(tables(register)["members-by-theme"]) == {"none": 1, "unknown": 1}
    assert cells(tables(register)["members-by-country"]) == {"unknown": 2}


def test_of_many_years_some_are_told():
    period = un.Period(start=un.PartialDate("1900"), ending=un.Ending.RUNNING)
    register = un.Register(
        organizations=(organization("a"),), networks=networks("one"), memberships=(belongs(1, "a", period),)
    )
    days = [row.key for row in tables(register)["members-over-time"].rows]
    assert days[-3:] == ["2017-12-31", "2023-12-31", "2024-12-31"]
    assert len(days) < 27
    assert [row.key for row in tables(register, "0001-01-01")["members-over-time"].rows] == ["0001-01-01"]


def test_units_and_occasions_of_attendance_are_kept_apart_and_never_added():
    found = tables(network_of(5))
    people = found["attendance-people"]
    assert people.columns == ("registered", "attended")
    assert people.total is None
    assert [
        (row.day, [cell and [(one.value, one.qualifier.value) for one in cell] for cell in row.cells])
        for row in people.rows
    ] == [("2022-05", [[(100, "more-than")], None]), ("2023-05", [[(120, "about")], [(80, "exact")]])]
    assert len(found["attendance-organizations"].rows) == 1
    assert people.notes[-1].params == {"number": 2, "events": 4}
    assert found["events-by-kind"].total == (3, 1, 4)
    assert found["events-by-kind"].columns == ("held", "unknown", "together")


def test_sources_of_numbers_are_named():
    found = tables(un.load("examples/mechanism-2024.json"))
    assert len(found["attendance-states"].sources) == 9
    assert stats(un.load("examples/mechanism-2024.json"), on=DAY).absent == ("members", "contributions")


def test_reviews_stand_beside_the_calendar_and_nothing_is_called_late_that_is_only_not_recorded():
    found = tables(network_of(1))
    progress = found["reviews-by-phase"]
    assert progress.total[-1] == 24 == sum(row.cells[-1] for row in progress.rows)
    said = {row.key: row.said.key for row in progress.rows}
    assert said["unknown/unknown"] == "phase-none"
    assert said["1/1"] == "phase-over"
    assert {row.said.key for row in tables(network_of(1), "2020-06-30")["reviews-by-phase"].rows} == {
        "phase-running", "phase-ahead", "phase-none",
    }  # fmt: skip
    assert sum(cells(found["reviews-by-lateness"]).values()) == 24
    assert "due-not-recorded" in [note.key for note in found["reviews-by-step"].notes]
    outside = attrs.evolve(un.CountryReview(id="r", country="XA", phase=2), group=None)
    (row,) = tables(un.Register(country_reviews=(outside,)))["reviews-by-phase"].rows
    assert (row.said.key, row.said.params) == ("phase-unknown", {"group": "?", "phase": 2})


def test_published_aggregates_stand_beside_what_the_register_tells_with_their_day_and_source():
    found = tables(network_of(1), "2023-06-30")["reviews-published"]
    told = {row.key: (row.day, row.cells, row.certainty, found.sources[row.source - 1]["en"]) for row in found.rows}
    snapshots = {
        row.metric: row
        for row in un.reference.table("snapshots")
        if row.as_of.last <= un.PartialDate("2023-06-30").last
    }
    assert len(told) == len(snapshots) == 6, "of 2023 the day is not known, so that it is told from its end on"
    row = snapshots["group 1: SAQs submitted"]
    assert told["group-1-saqs-submitted"] == (row.as_of, (5,), un.Certainty.DISPUTED, row.source)
    assert "reviews-published" not in tables(network_of(1), "2021-06-30")
    made = stats(network_of(1), on="2024-12-31", audience="internal")
    (words, *_) = words_in("fr")
    lines = list(render_statistics_text(made, words=words))
    assert any(
        line.startswith("2022 groupe 1\u00a0: questionnaires d’auto-évaluation soumis (contesté) [8]") for line in lines
    )
    page = "".join(render_statistics_html(made))
    drawn = page.partition('id="reviews-published"')[2].partition("</section>")[0]
    assert "<details open>" in drawn, "numbers of different things are not drawn on one scale"
    assert "<svg" not in drawn
    given = un.reference.packaged().adding(
        snapshots=[attrs.evolve(row, metric="something new", as_of=un.PartialDate("2022-02-02"))]
    )
    shown = render_statistics_text(stats(network_of(1), on="2024-12-31", audience="internal", reference=given))
    assert any(line.startswith("2022-02-02 something new") for line in shown)


def test_contributions_cover_articles_of_reviews():
    found = tables(network_of(30))
    assert found["contributions-by-kind"].total == (30,)
    by_review = found["contributions-by-review"]
    assert {row.said.params["country"] for row in by_review.rows} == {"XA", "XB"}
    assert all(row.cells[1] <= row.cells[0] for row in by_review.rows)
    assert sum(row.cells[2] for row in by_review.rows) == 30
    few = tables(network_of(3), audience="public")
    assert few["contributions-by-review"].rows == few["contributions-by-kind"].rows == ()
    register = network_of(3)
    contributions = tuple(attrs.evolve(one, country="XZ", instrument=None) for one in register.contributions)
    assert "contributions-by-review" not in tables(attrs.evolve(register, contributions=contributions))
    targeted = tuple(
        attrs.evolve(one, country=None, target_id="review-0", cluster=None) for one in register.contributions
    )
    reviews = tuple(attrs.evolve(one, cluster=None) for one in register.country_reviews)
    found = tables(attrs.evolve(register, contributions=targeted, country_reviews=reviews))
    assert [(row.key, row.said.key) for row in found["contributions-by-review"].rows] == [("review-0", "review-any")]


FEW = tries(2, suppress_health_check=list(HealthCheck))


@given(registers())
@FEW
def test_no_register_breaks_it_and_no_personal_value_comes_out(register):
    exposing, canaries = plant_canaries(register)
    every = frozenset().union(*canaries.values())
    assert every
    for audience in un.Audience:
        made = stats(exposing, on=DAY, audience=audience)
        out = "".join(render_statistics_html(made)) + json.dumps(made.to_dict()) + repr(made)
        out += "".join(render_statistics_csv(made)) + "\n".join(render_statistics_text(made))
        named = {one.name for one in un.privacy.view(exposing, audience, DAY).register.organizations}
        assert [canary for canary in every if canary in out and not any(canary in str(name) for name in named)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_words_in_every_language(language):
    (words, *_) = words_in(language)
    for register in (network_of(24), un.load("examples/mechanism-2024.json"), un.example(), un.Register()):
        for audience in ("public", "internal"):
            made = stats(register, on=DAY, audience=audience)
            text = "\n".join(render_statistics_text(made, words=words))
            page = "".join(render_statistics_html(made, words=words))
            assert f'<html lang="{language}">' in page
            assert "report-" not in text + page.partition("</style>")[2]


def test_csv_holds_every_cell_with_keys_alone():
    made = stats(network_of(12), on=DAY)
    rows = list(csv.DictReader(io.StringIO("".join(render_statistics_csv(made)))))
    assert {row["hidden"] for row in rows} == {"", "1"}
    people = [row for row in rows if row["table"] == "attendance-people" and row["column"] == "registered"]
    assert [(row["row"], row["value"], row["qualifier"]) for row in people] == [
        ("dialogue-2022", "100", "more-than"),
        ("dialogue-2023", "120", "about"),
    ]
    assert ("dialogue-2022", "", "") in [(row["row"], row["value"], row["hidden"]) for row in rows]
    totals = [row for row in rows if row["row"] == "total" and row["table"] == "events-by-kind"]
    assert [row["value"] for row in totals] == ["3", "2", "5"]


def test_records_are_the_rows_of_the_csv_and_hold_every_cell():
    made = stats(network_of(12), on=DAY)
    records = made.records()
    assert records == [record for table in made.tables for record in table.records()]
    written = csv.DictReader(io.StringIO("".join(render_statistics_csv(made))))
    assert [
        {
            key: "" if value is None else str(value)
            for key, value in (record | {"hidden": "1" if record["hidden"] else ""}).items()
        }
        for record in records
    ] == list(written)
    assert {type(record["hidden"]) for record in records} == {bool}
    assert {type(record["value"]) for record in records} == {int, type(None)}


def _is_an_address(line):
    return "https://" in line and len(line.strip().split(" ")[-1]) > 70


def small_network(*more):
    """Twelve members of nine countries, of which four certainly belong, and others that are withheld."""
    running, begun = un.Period(start="2021-03", ending="running"), un.Period(start="2023-05")
    seats = ("PA", "PA", "CR", "MX", "MX", "GT", "BR", "BR", "CO", "HN", "PE", None)
    bodies = [
        organization(
            f"body-{place:02}",
            seat=un.Place(country=country) if country else None,
            themes=("firearms", "corruption") if place % 4 else ("youth",),
            languages=("es",),
        )
        for place, country in enumerate(seats)
    ]
    return un.Register(
        organizations=(*bodies, *more),
        networks=networks("one"),
        memberships=tuple(
            belongs(place, body.id, running if place < 4 else begun if place < 9 else None)
            for place, body in enumerate((*bodies, *more))
        ),
    )


def test_a_small_network_is_told_by_name_and_others_read_the_same_whether_there_are_any():
    made = stats(small_network(), on=DAY)
    page = "".join(render_statistics_html(made))
    names = re.findall(r"<li><bdi>(.*?)</bdi> <span[^>]*>(.*?)</span>", page)
    assert [(name, re.sub("<.*?>", "", about)) for name, about in names][2:5] + names[9:] == [
        ("body-02", "NGO, Costa Rica, since 2021-03"),
        ("body-03", "NGO, Mexico, since 2021-03"),
        ("body-04", "NGO, Mexico, since 2023-05, not certain that it is a member on this day"),
        ("body-09", "NGO, Honduras, not certain that it is a member on this day"),
        ("body-10", "NGO, Peru, not certain that it is a member on this day"),
        ("body-11", "NGO, not certain that it is a member on this day"),
    ]
    assert '<li class="muted">and others, if there are any that are not to be named here</li>' in page
    assert re.findall("<strong>(.*?)</strong> (.*?)</li>", page) == [("12", "Members listed")]
    assert re.findall('<h3 id="(.*?)"', page) == [
        "members-listed", "members-over-time", "members-by-kind", "members-by-language",
    ]  # fmt: skip
    assert re.findall('class="label">(.+?)<', page) == ["2021", "2022", "2023", "2024-12-31", "NGO", "Spanish"]
    risky = small_network(organization("risky", at_risk=True), organization("risky-too", at_risk=True))
    withheld = stats(risky, on=DAY)
    assert "".join(render_statistics_html(withheld)) == page
    assert list(render_statistics_text(withheld)) == list(render_statistics_text(made))
    assert "  and others, if there are any that are not to be named here" in render_statistics_text(made)


def test_listed_and_certain_on_the_day_are_told_apart():
    made = stats(network_of(40), on=DAY, audience="internal")
    growth = next(table for table in made.tables if table.key == "members-over-time").rows[-1].cells
    assert format_facts(made, english()) == [
        (str(growth[-1]), "Members listed"),
        (str(growth[0]), "Of these, certainly members on this day"),
    ]
    assert made.listed == stats(network_of(60), on=DAY).listed == ()


def test_rows_of_zeros_are_left_out_and_a_day_is_not_told_twice():
    made = stats(un.load("examples/mechanism-2024.json"), on=DAY)
    page = "".join(render_statistics_html(made))
    assert "Up to 90 days" not in page + "\n".join(render_statistics_text(made))
    assert "2022-05-06 Constructive dialogue on firearms<" in page
    assert "taken late" not in page.partition('id="reviews-by-step"')[2].partition("<details>")[0]
    few = "".join(render_statistics_html(stats(network_of(3), on=DAY)))
    assert 'id="contributions-by-kind">Contributions by kind: They are too few to be told apart' in few


def test_a_number_that_is_hidden_beside_others_is_hatched():
    bar = Bar(label="one", said="not shown", parts=(BarPart(value=2), BarPart(value=None)))
    assert 'class="untold" x="100.00%"' in "".join(render_bars([bar], "name"))


def test_text_is_a_table_with_its_notes():
    made = stats(network_of(40), on=DAY, audience="internal")
    lines = list(render_statistics_text(made, width=80))
    assert lines[0] == "Invented members: in numbers. As of 2024-12-31"
    assert lines[1].startswith("  For those who keep the register")
    assert all(len(line) <= 80 or _is_an_address(line) for line in lines[1:]), "addresses are not broken"
    assert "Spanish" in "\n".join(lines)
    assert RowSubject.COUNTRIES in {table.rows_are for table in made.tables}
    (words, *_) = words_in("es")
    assert "Panamá" in "\n".join(render_statistics_text(made, words=words))
