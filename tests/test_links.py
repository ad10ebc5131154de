"""Every link of a page leads somewhere in a copy of the repository; addresses elsewhere are few, whole, and with a reason."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from tools.check_links import find_dead_links

from untoc_network.reference import table
from untoc_network.reference.packaged_tables import TABLES

ROOT = Path(__file__).parent.parent
MADE = [ROOT / "docs" / "rules", *(ROOT / "docs" / "reference" / name for name in ("commands.md", "fields.md"))]
MADE += [ROOT / "docs" / "reference" / name for name in ("entry-point-kinds.md", "fact-tables.md")]
"""What a build of the docs leaves: a fresh copy has none of it, so that no page may link to it."""

PAGES = [
    page
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "packages/*/*.md",
        "examples/*/*.md",
        "examples/apps/*/*.md",
        "tests/**/*.md",
    )
    for page in sorted(ROOT.glob(pattern))
    if not any(page.is_relative_to(made) for made in MADE) and "_build" not in page.parts and ".venv" not in page.parts
]

TOOLS = {
    "https://datapackage.org/",
    "https://docs.astral.sh/uv/",
    "https://jcristharif.com/msgspec/",
    "https://jinja.palletsprojects.com/",
    "https://keepachangelog.com/en/1.1.0/",
    "https://pre-commit.com/",
    "https://python-jsonschema.readthedocs.io/",
    "https://rapidfuzz.github.io/RapidFuzz/",
    "https://semver.org/",
    "https://www.attrs.org/",
}
"""What pages send people to who want to know more of a tool or a format."""

NAMESPACES = {
    "http://graphml.graphdrawing.org/xmlns": "GraphML",
    "http://purl.org/": "vocabularies of JSON-LD",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemaps",
    "http://www.w3.org/": "XML, SVG, Atom, XML Schema",
    "http://www.wikidata.org/entity/": "entities of Wikidata",
    "http://example.org": "what a page shows to be wrong",
    "http://127.0.0.1": "this machine",
}
"""Names that begin with http because they always did, and are not addresses to go to."""

STANDARDS = (
    "https://datatracker.ietf.org/doc/html/rfc",
    "https://docs.github.com/en/actions/",
    "https://docs.oasis-open.org/sarif/",
    "https://docs.rs/iso-7064",
    "https://isni.org/isni/",
    "https://json-schema.org/",
    "https://ror.org/",
    "https://schema.org",
    "https://www.rfc-editor.org/rfc/rfc",
    "https://www.unicode.org/reports/tr",
    "https://yaml.org/spec/",
    "https://zoom.us/j/123456789",  # a room that nobody has
)
"""What the code rests on, or shows as an example, that is no fact of the Mechanism."""

READ_ELSEWHERE = {
    "https://ecosoc.un.org/ru/node/13232": "how consultative status is given: a rule alone cites it",
    "https://globalinitiative.net/untoc-review-mechanism-one-year-to-go/": "an account of the general review",
    "https://globalinitiative.net/announcements/statement-5-5-22/": "what happened at the first dialogue",
    "https://text-id.123dok.com/document/": "the French rules of procedure; the address goes on in the next line",
    "https://unodc.org/unodc/en/ngos/national-civil-society-alliances-for-untoc-implementation-nacsa4u.html": "alliances",
    "https://www.unodc.org/unodc/en/ngos/": "the page of all networks",
    "https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc": "the beginning of others",
    "https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/resources.html": "deadlines of a review",
}
"""What rules and procedures rest on and no table of facts was read in, each with what it tells."""

ADDRESS = re.compile(r"https?://\w[^\]\[\s\"'<>()`{}|\\]+")


def links_of(page):
    """Where the links and pictures of a page lead; notes at its foot aside, which GitHub and Sphinx show as notes."""
    text = re.sub(r"(?m)^\[\^.*\n(?: {4}.*\n)*", "", page.read_text(encoding="utf-8"))
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        for child in token.children or ():
            target = child.attrs.get("href") or child.attrs.get("src")
            if target:
                yield unquote(str(target))
        if token.type == "fence" and token.info.startswith(("{image}", "{figure}", "{include}", "{literalinclude}")):
            yield token.info.partition("}")[2].strip()
        elif token.type == "fence" and token.info.startswith("{toctree}"):
            yield from (f"{line}.md" for line in token.content.splitlines() if line and line[0] != ":")


def anchors_of(page):
    """The places in a page that a link can name, as forges and MyST make them of headings."""
    tokens = MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
    titles = (one.content for one, before in zip(tokens[1:], tokens, strict=False) if before.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def is_dead(page, link):
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if any(target.is_relative_to(made) for made in MADE):
        built = "{include}" in page.read_text(encoding="utf-8") or page.name == "index.md"
        return not built  # a page that the build fills, and the list of all pages, are for the site
    if not target.exists() or not target.is_relative_to(ROOT):
        return True
    return bool(anchor) and (target.suffix != ".md" or anchor not in anchors_of(target))


def test_every_link_of_a_page_leads_to_what_a_copy_of_the_repository_has():
    inside = [(page, link) for page in PAGES for link in links_of(page) if not urlsplit(link).scheme]
    assert [f"{page.relative_to(ROOT)}: {link}" for page, link in inside if is_dead(page, link)] == []
    assert len(inside) > 250


def test_a_dead_link_of_a_page_is_seen():
    page = ROOT / "README.md"
    dead = ["docs/gone.md", "docs/index.md#gone", "docs/rules/RF002.md", "#gone", "LICENSE#gone", "../README.md"]
    assert [link for link in dead if not is_dead(page, link)] == []
    assert not is_dead(page, "docs/index.md#where-to-begin")


def test_the_websites_that_ship_have_no_dead_link():
    assert [*find_dead_links(ROOT / "examples" / "site")] == []


def test_a_dead_link_of_a_site_is_seen(tmp_path):
    (tmp_path / "at").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="at/">a</a> <a class="x" href=\'at/#here\'>b</a> <a href="at/#gone">c</a> <img src=gone.svg> <a href="#top">d</a>'
        ' <a href="https://example.org/gone">e</a> <a href="mailto:a@example.org">f</a> <script>x = \'<a href="gone">\'</script>',
        encoding="utf-8",
    )
    (tmp_path / "at" / "index.html").write_text(
        '<h1 id="here">A</h1><a href="../index.html?day">b</a>', encoding="utf-8"
    )
    assert [*find_dead_links(tmp_path)] == [("index.html", "at/#gone"), ("index.html", "gone.svg")]
    assert [*find_dead_links(tmp_path, not_built=["at"])] == [("index.html", "gone.svg")]


def test_pages_send_people_to_what_is_listed_alone():
    outside = {link for page in PAGES for link in links_of(page) if urlsplit(link).scheme}
    assert outside == TOOLS


def addresses():
    """Every address that a file of the library or a page has, with the file."""
    files = [*PAGES, *ROOT.glob("src/**/*.py"), *ROOT.glob("packages/*/src/**/*.py"), *ROOT.glob("src/**/*.toml")]
    for file in files:
        for address in ADDRESS.findall(file.read_text(encoding="utf-8")):
            yield address.rstrip(".,;:…*"), file


ADDRESSES = sorted({(address, str(file.relative_to(ROOT))) for address, file in addresses()})


def sources():
    """The addresses that a table of facts was read in."""
    for name in TABLES:
        for row in table(name):
            yield from (address.rstrip(".,;") for address in ADDRESS.findall(f"{row.source} {row.note or ''}"))


SOURCES = {*sources()}


def test_an_address_is_whole_and_https_where_that_is_known():
    wrong = []
    for address, file in ADDRESSES:
        parts = urlsplit(address)
        named = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.hostname or "")
        plain = parts.scheme == "http" and not address.startswith((*NAMESPACES,)) and address not in SOURCES
        if not named or plain:
            wrong.append((file, address))
    assert wrong == []


def test_what_the_code_was_read_in_is_a_source_of_the_facts():
    known = SOURCES | READ_ELSEWHERE.keys()
    found = [
        (file, address)
        for address, file in ADDRESSES
        if file.endswith(".py")
        and address not in known
        and not address.startswith((*STANDARDS, *NAMESPACES))
        and not re.match(r"https://(?:[\w-]+\.)*example\.org\b", address)
    ]
    assert found == []
    assert READ_ELSEWHERE.keys() <= {address for address, _ in ADDRESSES}
