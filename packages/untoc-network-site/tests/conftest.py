"""Sites of the packaged example, which is of a launch in Panama, and of invented members."""

import html.parser
from pathlib import Path

import pytest
from tests.conftest import browser  # noqa: F401 - for the tests of the pages in one

import untoc_network as un
import untoc_network_site as website

ON = "2024-12-31"


def read_files(folder):
    """Every file of a folder by its path within."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(name="read_files", scope="session")
def _read_files():
    return read_files


class Outline(html.parser.HTMLParser):
    """What a page leads to, what has an id in it, its language, and its text."""

    def __init__(self, page):
        super().__init__()
        self.links, self.ids, self.tags, self.text, self.language = [], [], [], "", None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.tags.append((tag, held))
        self.links += [held[name] for name in ("href", "src") if held.get(name)]
        self.ids += [held["id"]] if "id" in held else []
        self.language = held.get("lang") if tag == "html" else self.language

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="session")
def outline():
    return Outline


@pytest.fixture(scope="session")
def mechanism():
    """A register with reviews: those of the first drawing of lots that public sources name."""
    return un.load(Path(__file__).parents[3] / "examples" / "mechanism-2024.json")


@pytest.fixture(scope="session")
def example_site(tmp_path_factory):
    """The files of the site of the example in two languages, with an address."""
    folder = tmp_path_factory.mktemp("site")
    assert website.build(un.example(), folder, on=ON, base_url="https://example.org/net").ok
    return read_files(folder)


@pytest.fixture(scope="session")
def mechanism_site(tmp_path_factory, mechanism):
    folder = tmp_path_factory.mktemp("mechanism")
    assert website.build(mechanism, folder, on=ON, languages=("en", "fr")).ok
    return read_files(folder)
