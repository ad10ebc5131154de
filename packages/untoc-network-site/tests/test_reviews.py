"""The tracker: tiles, matrix and years count as the register does, on pages, in files and by itself."""

import base64
import csv
import io
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import attrs
import pytest

import untoc_network as un
import untoc_network_site as website
from untoc_network.cli.main import main
from untoc_network.i18n.language_words import LANGUAGES
from untoc_network.process import TRACKED_STEPS, track
from untoc_network_site.review_pages import to_csv, write_reviews
from untoc_network_site.review_pictures import CELL_CLASSES, _find_edges
from untoc_network_site.review_publication import _make_site
from untoc_network_site.tile_places import REGIONS, load_tile_places

ON = "2024-12-31"
EXAMPLES = Path(__file__).parents[3] / "examples"
SVG = "{http://www.w3.org/2000/svg}"


CALM = un.CountryReview(id="calm", country="PA")


def make_register(codes):
    """Invented reviews, further and less far, some disputed, one of a State that was in no drawing of lots."""
    reviews = []
    for number, code in enumerate(codes):
        log = [
            un.ReviewEntry(
                step=step,
                on=f"{2021 + place // 3}-{place + 1:02}-10",
                by=("PE",) if place == 1 and number % 2 else (),
                sources=[{"source_id": "note", "certainty": "disputed"}] if (number + place) % 23 == 0 else [],
            )
            for place, step in enumerate(TRACKED_STEPS[: number * 7 % 12])
            if (number + place) % 5
        ]
        review = un.CountryReview(
            id=f"r-{code.lower()}", country=code, group=number % 3 + 1, phase=1, log=log, reviewers=[{"country": "PE"}]
        )
        reviews.append(attrs.evolve(review, sources=[{"source_id": "note"}]))
    reviews[0] = attrs.evolve(reviews[0], group=None, log=[{"step": "join-after-drawing"}])
    note = un.Source(id="note", title={"en": "A <note> & more"}, kind="web-page", published="2024-01-01")
    return un.Register(country_reviews=reviews, sources=[note])


@pytest.fixture(scope="module")
def some():
    return make_register(["XA", "PA", "CO", "BR", "NG", "FR", "EU", "JP", "FJ", "ZA", "GT", "AR"])


@pytest.fixture(scope="module")
def page(some):
    return website.render_reviews(some, on=ON).decode()


def count_cells(register):
    """How many cells have each class, by the library."""
    counted = track(register, ON).count_steps()
    return Counter({CELL_CLASSES[standing]: 0 for standing in CELL_CLASSES}) + sum(
        (Counter({CELL_CLASSES[one]: number for one, number in cells.items()}) for cells in counted.values()), Counter()
    )


def test_every_state_has_one_tile_and_every_part_of_the_world_its_own():
    places = load_tile_places()
    assert set(places) == {row.code for row in un.reference.table("countries")}
    assert len({(one.column, one.row) for one in places.values()}) == len(places)
    assert {one.region for one in places.values()} == set(REGIONS)
    for region in REGIONS:  # a window upon a part shows no tile of another
        (left, right), (top, bottom) = _find_edges(region)
        there = [one for one in places.values() if left <= one.column < right and top <= one.row < bottom]
        assert {one.region for one in there} == {region}


def test_matrix_picture_table_and_text_count_alike(some, page):
    expected = count_cells(some)
    table = re.search(r'<table class="matrix">.*?</table>', page, re.DOTALL)[0]
    assert Counter(re.findall(r'<td class="([a-z])">', table)) == expected
    picture = ET.fromstring(website.draw_reviews(some, "steps", on=ON))
    drawn = Counter(box.get("class") for box in picture.iter(f"{SVG}rect"))
    in_legend = 1
    assert {kind: drawn[f"ruled {kind}"] - in_legend for kind in expected} == expected
    assert expected.total() == 12 * 11
    data = website.draw_reviews(some, "map", on=ON)
    assert data == website.draw_reviews(some, "map", on=ON)
    tiles = ET.fromstring(data)
    said = [text.text for text in tiles.iter(f"{SVG}text")]
    entered = [
        sum(cell.standing.is_entered for cell in one.steps)
        for one in track(some, ON).standings
        if one.review.country != "XA"
    ]
    legend = re.search(r'<h2 id="map">.*?</ul>', page, re.DOTALL)[0]
    assert sum(map(int, re.findall(r'<span class="swatch p\d">(\d+)', legend))) == len(entered)
    numbers = [text.text for group in tiles.iter(f"{SVG}g") if "number" in group.get("class", "") for text in group]
    assert sorted(int(number.rstrip("!")) for number in numbers) == sorted(entered)
    assert {"PA", "US"} <= set(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_well_formed_titled_and_alike_in_every_language(some, language):
    for picture, region in (("timeline", None), ("steps", "Africa"), ("map", "americas"), ("map", None)):
        data = website.draw_reviews(some, picture, on=ON, region=region, language=language)
        root = ET.fromstring(data)
        assert root.get("role") == "img"
        named = root.get("aria-labelledby").split()
        assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == named
        assert root.find(f"{SVG}title").text
        assert b"prefers-color-scheme: dark" in data
        wide = float(root.get("width"))
        assert all(float(box.get("x")) + float(box.get("width")) <= wide for box in root.iter(f"{SVG}rect"))


def test_the_page_stands_by_itself_and_names_its_sources(page, outline):
    found = outline(page)
    assert not [held for tag, held in found.tags if tag in ("link", "img", "script")]
    world, years = 1, 1
    assert [held["role"] for tag, held in found.tags if tag == "svg"] == ["img"] * (world + len(REGIONS) + years)
    assert [tag for tag, _ in found.tags].count("h1") == 1
    assert "A &lt;note&gt; &amp; more" in page
    assert 'content="noindex"' not in page
    assert all(link[1:] in found.ids for link in found.links if link.startswith("#"))
    for words in (
        "12 country reviews on ",
        "(disputed)",
        "2023 (derived)",
        "session 12",
        "2020–2022",
        "Reviews of group 2",
    ):
        assert words in found.text


def test_a_page_for_members_asks_not_to_be_found_and_nothing_is_no_error():
    told = website.render_reviews(un.Register(), on=ON, audience="members", language="pt-BR").decode()
    assert 'content="noindex"' in told
    assert "Não consta nenhuma revisão de país" in told
    assert 'id="map"' not in told
    assert b"0 country reviews" in website.draw_reviews(un.Register(), "map", on=ON)


def test_a_map_shows_and_explains_only_what_has_a_tile():
    late = un.load(EXAMPLES / "reviews-in-part.json")
    alone = website.render_reviews(late, on=ON).decode()
    assert 'id="steps"' in alone
    assert 'id="map"' not in alone
    both = website.render_reviews(attrs.evolve(late, country_reviews=(*late.country_reviews, CALM)), on=ON).decode()
    assert 'id="map"' in both
    assert "XA, 772 days" in both
    assert "is-late" not in both.partition("</style>")[2]


def test_how_far_the_reviews_are_is_counted_in_one_form():
    told = website.render_reviews(make_register(["PA", "CO", "BR"]), on=ON, language="es").decode()
    counted = re.search(r"<p class=\"lead\">3 exámenes de países al [^(]*\((.*?)\)\.</p>", told)[1]
    assert all(re.fullmatch(r"[^:]+: \d", part) for part in counted.split(", "))


def test_no_name_of_a_state_is_cut():
    picture = ET.fromstring(website.draw_reviews(make_register(["XA", "GB", "PA"]), "steps", on=ON))
    told = " ".join(text.text for text in picture.iter(f"{SVG}text"))
    assert "United Kingdom of Great Britain and Northern Ireland" in told


def test_where_nothing_is_due_the_page_says_so():
    told = website.render_reviews(un.Register(country_reviews=[{"id": "r", "country": "PA"}]), on="2019-01-01")
    assert b"No step is due of which nothing is recorded." in told


@pytest.mark.parametrize(("picture", "region"), [("pie", None), ("map", "atlantis")])
def test_a_picture_that_is_none_is_refused(picture, region):
    with pytest.raises(un.ImpossibleValue, match="expected one of timeline, steps, map"):
        website.draw_reviews(un.Register(), picture, region=region, on=ON)


def test_a_hundred_and_ninety_reviews_are_divided_and_no_page_is_too_heavy():
    codes = ["XA", *sorted(load_tile_places())[:189]]
    register = make_register(codes)
    site = _make_site(register, un.Audience.PUBLIC, ON, "es")
    before, _, after = website.render_reviews(register, on=ON, language="es").partition(b"base64,")
    table, _, rest = after.partition(b'"')
    assert base64.b64decode(table) == to_csv(site, site.content.tracker.standings)
    assert len(before) + len(rest) < 150_000, "without what it gives to download"
    files = dict(write_reviews(site))
    parts = [*map(str.lower, REGIONS), "elsewhere"]
    assert {f"es/reviews/{part}.html" for part in parts} < set(files)
    rows = Counter()
    for part in parts:
        table = [*csv.DictReader(io.StringIO(files[f"es/reviews/steps-{part}.csv"].decode("utf-8-sig")))]
        rows.update(row["Código del Estado"] for row in table)
        for row in table:
            assert all(row[site.label(step)] for step in TRACKED_STEPS)
    assert rows == Counter(codes)
    assert b'class="matrix"' not in files["es/reviews/index.html"]
    assert b'id="map"' not in files["es/reviews/elsewhere.html"]
    assert all(len(data) < 150_000 for name, data in files.items() if name.endswith(".html"))


def run(capsys, *words):
    code = main(["reviews", *words, "--on", ON])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def file(tmp_path, monkeypatch, some):
    monkeypatch.chdir(tmp_path)
    un.dump(some, "register.json")
    return "register.json"


def test_the_command_writes_the_page_and_a_picture(file, capsys, tmp_path, some):
    assert run(capsys, file, "--format", "html", "-o", "reviews.html", "--lang", "fr") == (0, "", "")
    assert (tmp_path / "reviews.html").read_bytes() == website.render_reviews(some, on=ON, language="fr")
    code, out, _ = run(capsys, file, "--format", "svg", "--region", "americas", "--country", "Panamá")
    assert code == 0
    assert ET.fromstring(out).find(f"{SVG}title").text.startswith("1 country review is recorded")
    assert run(capsys, file, "--picture", "map") == (2, "", "untoc-network: --picture goes with --format svg\n")


def test_without_the_companion_one_line_says_how_to_get_it(file, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "untoc_network_site", None)
    code, out, told = run(capsys, file, "--format", "html")
    assert (code, out) == (2, "")
    assert told == (
        "untoc-network: for the website, the report and the pictures of a network, untoc-network-site is needed; in a copy of the library: "
        "pip install ./packages/untoc-network-site\n"
    )
