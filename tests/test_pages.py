"""What pages show is what who copies it can rely on: public names alone, and modules that type checkers can be given."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from tools import check_types

import untoc_network as un
import untoc_network.pydantic as un_pydantic
from tests.page_blocks import CHECKED
from untoc_network import testing

ROOMS = {"untoc_network": un, "untoc_network.pydantic": un_pydantic, "untoc_network.testing": testing} | {
    f"untoc_network.{room}": getattr(un, room) for room in un._ROOMS
}
PAGES = check_types.list_pages()


def _names(tree):
    """Every name of the library that a page uses: how it is written, the room, and the name there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("untoc_network"):
            yield from ((f"{node.module}.{one.name}", node.module, one.name) for one in node.names)
        elif isinstance(node, ast.Import):
            yield from ((one.name, one.name, None) for one in node.names if one.name.startswith("untoc_network"))
        elif isinstance(node, ast.Attribute):
            written = ast.unparse(node)
            home, _, name = f"untoc_network{written[2:]}".rpartition(".")
            if written.startswith("un.") and home in ROOMS:
                yield written, home, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_uses_public_names_alone(page):
    used = list(_names(ast.parse(check_types.to_module(page))))
    public = {home: {*room.__all__, *un._COMPANIONS} for home, room in ROOMS.items()}
    public["untoc_network.pydantic"] |= {*un_pydantic.list_type_names()}
    assert [written for written, home, name in used if home not in public or name not in {None, *public[home]}] == []


def test_the_api_pages_name_every_room_that_pages_use():
    pages = (check_types.ROOT / "docs/reference/api").glob("*.md")
    told = "".join(page.read_text(encoding="utf-8") for page in pages)
    used = {home for page in PAGES for _, home, _ in _names(ast.parse(check_types.to_module(page)))}
    homes = {home: ROOMS[home].__name__ for home in used - {"untoc_network"}}
    assert [home for home in homes.values() if home not in told] == []


def test_every_block_of_every_page_is_run_or_held_to_something():
    root = check_types.ROOT
    pages = [
        page
        for pattern in ("*.md", "docs/**/*.md", "packages/*/*.md", "examples/**/*.md")
        for page in root.glob(pattern)
    ]
    blocks = [
        (str(page.relative_to(root)), found[1])
        for page in pages
        if not page.is_relative_to(root / "docs" / "rules") and "_build" not in page.parts
        for found in re.finditer(r"(?m)^ *```(\S+)", page.read_text(encoding="utf-8"))
    ]
    held = {"python", "console", *CHECKED}
    others = [
        (page, kind) for page, kind in blocks if kind not in held and kind[0] != "{" and "commands.md" not in page
    ]
    assert others == [("README.md", "text")]  # what tests/test_readme.py holds the ten lines to
    tried = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"][
        "testpaths"
    ]
    assert {
        page for page, _ in blocks if not any(Path(page).match(one) or page.startswith("docs/") for one in tried)
    } == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_line_of_a_page_keeps_its_place(page):
    shown = page.read_text(encoding="utf-8").splitlines()
    for line, there in zip(check_types.to_module(page).splitlines(), [*shown, ""], strict=True):
        assert line in there


def test_what_a_checker_says_is_held_against_what_is_expected():
    file = Path("page.md")
    told = {(file, 1): 'Argument "kind" is wrong ', (file, 2): "Argument is wrong ", (file, 4): "Surprise "}
    expected = {(file, 1): '"kind"', (file, 2): '"kind"', (file, 3): '"kind"'}
    assert list(check_types.compare(told, expected)) == [
        "page.md:2: Argument is wrong",
        "page.md:4: Surprise",
        "page.md:3: passes, and must not",
    ]
    assert len(check_types.list_expected()) >= 20


def test_the_page_on_speed_shows_the_figures_of_the_run_beside_it(tmp_path):
    from benchmarks.page import BLOCKS, write_page

    figures, before = (
        json.loads((check_types.ROOT / name).read_text(encoding="utf-8"))
        for name in ("docs/_static/benchmarks.json", "benchmarks/before.json")
    )
    shown = (check_types.ROOT / "docs/explanation/how-fast-it-is.md").read_text(encoding="utf-8")
    again = tmp_path / "page.md"
    again.write_text(shown, encoding="utf-8")
    write_page(again, figures, before)
    assert again.read_text(encoding="utf-8") == shown
    assert [*BLOCKS] == re.findall(r"<!-- figures: (\w+) -->", shown)


@pytest.mark.parametrize(
    ("sought", "page"),
    {
        "excel": "import-a-member-list",
        "website": "build-the-website",
        "timeline": "follow-a-review",
        "django": "use-in-django",
        "fastapi": "use-in-fastapi",
        "postgresql": "keep-a-register-in-a-database",
        "gdpr": "publish-without-exposing-anyone",
    }.items(),
)
def test_the_search_of_the_docs_knows_other_words_for_a_page(sought, page):
    entries = {
        one.stem: re.findall(r"^```\{index\} (.+)$", one.read_text(encoding="utf-8").lower(), re.MULTILINE)
        for one in (check_types.ROOT / "docs/how-to").glob("*.md")
    }
    assert [name for name, lines in entries.items() if sought in ", ".join(lines).split(", ")] == [page]
