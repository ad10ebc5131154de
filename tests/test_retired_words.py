"""No private word comes back that was retired for one that everybody understands."""

import re
import tomllib
from pathlib import Path

import untoc_network as un

ROOT = Path(__file__).parent.parent
RETIRED = tomllib.loads(Path(__file__).with_name("retired_words.toml").read_text(encoding="utf-8"))
EXCEPTIONS = RETIRED["exceptions"]
CODE = sorted(path for pattern in ("src/**/*.py", "packages/*/src/**/*.py") for path in ROOT.glob(pattern))
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *ROOT.glob("docs/*.md"),
    *(page for kind in ("tutorial", "how-to", "explanation", "reference") for page in ROOT.glob(f"docs/{kind}/*.md")),
    *ROOT.glob("packages/*/README.md"),
    *ROOT.glob("examples/*/README.md"),
    *ROOT.glob("examples/apps/*/README.md"),
]
DEFINITION = re.compile(r"^\s*(?:async )?(?:def|class)\s+_*(\w+)", re.MULTILINE)
PROSE = re.compile(rf"\b(?:{'|'.join(RETIRED['prose'])})\b", re.IGNORECASE)


def find_definitions(text):
    return [name for name in DEFINITION.findall(text) if name in RETIRED["definitions"] and name not in EXCEPTIONS]


def find_prose(text):
    return PROSE.findall(text)


def test_no_module_has_a_retired_name():
    names = {path.parent.name if path.stem == "__init__" else path.stem for path in CODE}
    assert names & RETIRED["modules"].keys() == set()


def test_no_function_and_no_class_has_a_retired_name():
    found = ((path, name) for path in CODE for name in find_definitions(path.read_text(encoding="utf-8")))
    assert [f"{path.relative_to(ROOT)}: {name}, say {RETIRED['definitions'][name]}" for path, name in found] == []


def test_no_page_docstring_or_message_has_a_retired_word():
    found = ((path, word) for path in (*CODE, *PAGES) for word in find_prose(path.read_text(encoding="utf-8")))
    assert [f"{path.relative_to(ROOT)}: {word}" for path, word in found] == []


def test_no_public_name_is_made_of_a_retired_word():
    rooms = [un, *(getattr(un, room) for room in un._ROOMS)]
    public = {name for room in rooms for name in room.__all__}
    words = {word.lower() for kind in ("definitions", "prose") for word in RETIRED[kind]} - {
        "found",
        "given",
        "tracker",
        "within",
    }
    parts = {name: re.findall(r"[A-Z]?[a-z]+", name) for name in public}
    found = {name for name, made_of in parts.items() if {one.lower() for one in made_of} & (words | {"fate"})}
    assert found == EXCEPTIONS.keys()


def test_a_retired_word_is_seen():
    assert find_definitions("def found(): ...\n    def _told(self): ...\nclass Teller:\n  def finding(): ...") == [
        "found",
        "told",
        "Teller",
    ]
    assert find_prose("Thinned records lead astray; a stand-in is no stand, unswept stays") == [
        "Thinned",
        "astray",
        "stand-in",
    ]


def test_what_is_said_instead_of_a_module_is_something_else():
    for kind in ("modules", "definitions", "prose"):
        assert all(instead and instead != word for word, instead in RETIRED[kind].items())
    assert all(EXCEPTIONS.values())
