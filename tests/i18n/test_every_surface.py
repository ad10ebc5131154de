"""Every command, page and report in Spanish, Portuguese and French: no English word but in values and names.

What is English is known from the English texts themselves: a word of them that the language does not have in its own
texts. Values of the register, addresses, paths into documents and what is typed at a shell are taken out of what is
shown before it is read.

Of the tables of facts, kind by kind: places, topics, sessions, groups, steps, rules, subjects, metrics and our own remarks
have a wording of ours in each language, since we worded the English too (`docs/explanation/terms.md`), and are read like
any other text. Titles of events, names of bodies and numbers as printed belong to others and to no translation of ours:
they stay, are named as English below the table, are marked as English on pages, and are taken out here (`AS_PRINTED`).
So are names of countries and peoples in a language that the column has (`NAMES`), and addresses of sources.

Not walked: what programs read and nobody translates, as the keys of JSON, the schema, scripts that complete commands.
"""

import argparse
import html
import io
import re
import shutil
import tomllib
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import attrs
import pytest
from tests.profiles import some
from tools import build_words
from tools.gather_told import _list_bases, list_parsers

import untoc_network as un
import untoc_network_lots as lots
import untoc_network_site as website
from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import main
from untoc_network.diagnostics.code import to_message_text
from untoc_network.i18n.language_words import LANGUAGES, words_in
from untoc_network.model.field_codes import list_model_classes
from untoc_network.reference import packaged
from untoc_network.reference.packaged_tables import TABLES
from untoc_network.reports.fact_table import AS_PRINTED, NAMES
from untoc_network.rules.catalogue import catalogue
from untoc_network.serializers.member_lists.column_mapping import FIELDS as LISTED
from untoc_network.testing import invented_register
from untoc_network.values.fields import fields_of
from untoc_network.values.multilingual_text import Text
from untoc_network_site.site_words import load_site_words
from untoc_network_store import commands as store_commands

OTHERS = [language for language in LANGUAGES if language != "en"]
EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = "2024-10-20"
OF_NAMES = ("former_names", "demonyms", "country_points", "treaty_actions")
"""Long tables, of which those of one State do."""
CALLS = """\
import members.csv -o register.json
import members.csv --into register.json --dry-run
import nowhere.csv
start members.csv -o started.json --network-name Red --replace
import members.csv --suggest-mapping mapping.toml
convert register.json register.yaml
convert broken.json broken.yaml
migrate register.yaml -o register.yaml
migrate --check register.yaml
migrate --check nowhere.yaml
validate {register}
validate {register} --format markdown
validate {register} --format html
validate broken.json
validate broken.yaml
validate nowhere.json
duplicates {register}
diff register.json {register}
diff register.json {register} --format markdown
merge register.json {register} register.json -o merged.json
merge-records {register} one two -o merged.json
calendar {register} --sessions --on 2022-10-20 -o network.ics
calendar register.json -o empty.ics
graph {register} --format svg
export {register} --to svg -o network.svg
explain RF002
explain EV999
rules
rules --by provision
next {register} --on 2022-10-20
next {register} --on 2024-10-20 --format markdown
country MEX {register} --on 2024-10-20
country MEX {register} --on 2024-10-20 -o country.html
country Nowhere {register}
reviews {register} --on 2024-10-20
coverage {register} --audience internal
coverage {register} --format markdown
submission {register} --country MX
find {register} --theme organized-crime
find {register} --network nowhere
accreditations {register} --on 2022-10-18
view {register} --audience public -o public.yaml
publish {register} public --audience public
erase {register} {person} -o erased.yaml
erase {register} nobody -o erased.yaml
holdings {register} {person}
holdings {register} {person} --format html
retention {register} --keep 1days
stats {register} --on 2024-10-20
stats {register} --audience internal --on 2024-10-20
report {register} -o report.html
process country-review
process questionnaire
process general-review
process dialogue
process application
process accreditation
process accreditation --format svg
reference parties --instrument TIP --on 2024-01-01
reference parties --on 2024-01-01 --format html
{tables}
pseudonyms {register} --key-env NOWHERE
validate --fail-on nothing r.json
validate --on tomorrow r.json
validate --frobnicate r.json
nothing
validate members.csv
validate .
explain EV01
import members.csv --event-date x -o other.json
import members.csv --dates abc -o other.json
retention a.json --keep abc
merge-records a.json asj-honduras corporacion-espacios-de-mujer -o merged.json
explain LT001
explain LT023
lots draw --seed s --on 2005-12-31 -o draw.json
lots draw --seed s --on 2005-12-31 --least 3 --most-reviewers 1
lots draw --seed s --least -1
lots draw --contribution a=1 --contribution a=2
lots draw --contribution a
reviews b.json --on 2024-10-20 --format html
reviews b.json --on 2024-10-20 --format svg --picture timeline
reviews d.json --on 2024-10-20 --format svg --picture steps
process questionnaire --format mermaid
country MEX b.json --on 2024-10-20 --format markdown
reference events --format html
lots verify draw.json
lots verify a.json
lots verify nowhere.json
store init register.db
store init register.db
store load register.db a.json --by xa-office --on 2026-11-24
store load register.db b.json --revision 1 --on 2026-11-24
store load register.db a.json --by A!
store log register.db
store log register.db --since 12
store check register.db --on 2026-11-24
store erase register.db csu-officer --by xa-office --on 2026-11-24
store erase register.db nobody
store load register.db a.json --on 2026-11-24
store dump register.db -o again.json
store dump nowhere.db
store dump a.json
store dump mysql://one/two
publish a.json a.json --audience public --on 2024-10-20
publish a.json site --audience public --on 2024-10-20 --base-url https://example.org
publish a.json site --audience public --on 2024-10-20 --site --accent red
publish a.json site --audience public --on 2024-10-20 --site --logo none.png
publish a.json site --audience public --on 2024-10-20 --site --templates nowhere
publish a.json site --audience public --on 2024-10-20 --site --languages xx
""".format(
    register="{register}",
    person="{person}",
    tables="\n".join(
        f"reference {name}{' --country HN' if name in ('countries', *OF_NAMES) else ''}" for name in TABLES
    ),
).splitlines()
ALLOWED = {
    "csv": "a format", "json": "a format", "yaml": "a format", "html": "a format", "svg": "a format",
    "markdown": "a format", "sarif": "a format", "junit": "a format", "ndjson": "a format", "toml": "a format",
    "xlsx": "a format", "ics": "a format", "popolo": "a format", "graphml": "a format", "geojson": "a format",
    "schema": "JSON Schema, a standard", "unicode": "a standard", "rfc": "a standard", "iso": "a standard",
    "iec": "a standard", "utf": "a standard", "python": "a program", "postgresql": "a program", "sqlite": "a program",
    "github": "a service", "actions": "GitHub Actions, a service", "bash": "a program", "fish": "a program",
    "zsh": "a program", "rapidfuzz": "a package", "icalendar": "a package", "openpyxl": "a package",
    "pydantic": "a package", "ruamel": "a package", "pip": "a program", "untoc": "a name", "token": "a token of access, as es and pt say", "etag": "a header of HTTP", "firearms": "a code",
    "tip": "a code", "som": "a code", "unodc": "a name", "ecosoc": "a name", "grid": "a name", "ror": "a name",
    "ctrl": "a key", "hybrid": "a value of a table of facts", "true": "a value of TOML", "false": "a value of TOML", "none": "a value of Python",
}  # fmt: skip
"""Names and ids, each with what it is."""


def test_the_list_of_names_is_short():
    assert len(ALLOWED) <= 60
    assert all(ALLOWED.values())


# -- what is English, what is a value ----------------------------------------------------------------------------------


def texts_of(table):
    if isinstance(table, str):
        yield table
    else:
        for value in table.values():
            yield from texts_of(value)


def words_of(texts):
    return {word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text.lower())}


@pytest.fixture(scope="module")
def english():
    """The words of the English texts, those of websites too."""
    told = (*texts_of(build_words.english_words()), *load_site_words("en").values())
    return words_of(re.sub(r"\{[^}|]*\}", "", text) for text in told)


def own_words(language):
    """The words that a language has in its own texts."""
    return words_of((*texts_of(build_words.table_of(next(words_in(language)))), *load_site_words(language).values()))


def values_of(held):
    """Every text that a register or a table of facts holds, but for values of lists."""
    if isinstance(held, Text):
        yield from dict(held).values()
    elif isinstance(held, str) and not isinstance(held, StrEnum):
        yield held
    elif attrs.has(type(held)):
        for field in attrs.fields(type(held)):
            yield from values_of(getattr(held, field.name, None))
    elif isinstance(held, dict):
        for part in held.values():
            yield from values_of(part)
    elif isinstance(held, tuple | list):
        for part in held:
            yield from values_of(part)


KEPT = {**AS_PRINTED, **NAMES, "former_names": ("name",)}
FACTS = {
    text
    for name in TABLES
    for row in packaged().table(name)
    for column in ("source", *KEPT.get(name, ()))
    for text in values_of(getattr(row, column))
    for text in (text, *text.split(" ; "))
    if " " in text
}
FIELDS = {
    *(shape.name for cls in list_model_classes() for shape in fields_of(cls)),
    *(field.name for field in attrs.fields(lots.DrawRecord)),
    *LISTED,
    *(row.topic for row in packaged().table("questionnaire_topics")),
}
CHOICES = {
    str(choice)
    for _, parser in list_parsers()
    for action in parser._actions
    if not isinstance(action, argparse._SubParsersAction)
    for choice in action.choices or ()
}
TYPED = {
    "sha256sum",
    *CHOICES,
    *COMMANDS,
    *(name.split()[-1] for name, _ in list_parsers()),
    *TABLES,
    *(each.slug for each in catalogue()),
}
"""What is typed at a shell, and the names of rules."""
BASES = {source for basis in _list_bases() if (source := basis.source)}
NO_PROSE = re.compile(
    r"\b\w+://\S+|`[^`\n]*`|\b[a-z]+_[\w.\[\]]+|^.*\bmirror: .*?$|[\w.-]+\.[a-z]+/\S*|\b(?:www\.|docs/)\S+"
    r"|--?[a-z][\w-]*|\b[\w-]+(?:\[\d+\])[\w.\[\]-]*|\b[\w/-]+(?:\.[a-z]\w*)*\.(?:[a-z]{2,}\b)(?!\s[A-Z])"
    r"|^ *(?:untoc-network|python) .*?(?:[^\\]$)|pip install .*|%\(\w+\)s"
    r"|^(?:BEGIN|END|PRODID|CLASS|CATEGORIES|STATUS|TRANSP|METHOD|UID|DTSTAMP)\b.*?$"
    r"|^ {4}[{}\[\]\" ].*$",
    re.MULTILINE | re.DOTALL,
)


TYPED_WORDS = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(TYPED | FIELDS, key=len, reverse=True)))})(?![\w-])"
)
PATHS = re.compile(
    r"\w+://\S+|^[^\n]*…$|\S+…|[\w.-]+\.[a-z]+/\S*|\b[a-z\d]+(?:-[a-z\d]+){4,}|`[^`\n]*`|\b[a-z]+_[\w.\[\]]+"
    r"|\b\w+\[\d+\][\w.\[\]]*|\b[A-Z]+(?:/[\w.]+)+",
    re.MULTILINE,
)
"""Addresses, paths, ids and symbols of documents; also a name that a picture cuts."""
MARKUP = re.compile("<style.*?</style>|<script.*?</script>|<!--.*?-->|<text class=.(?:title|name).*?</text>", re.DOTALL)
SAID_IN_MARKUP = re.compile(
    r'\b(?:aria-label|title|alt|(?:name|property)="(?:og:)?(?:title|description)" content)="([^"]*)"'
)


def text_of(shown):
    """What a reader sees or hears of what is shown, without the marks of pages and of Markdown."""
    shown = MARKUP.sub(" ", shown)
    shown = "\n".join((shown, *SAID_IN_MARKUP.findall(shown)))
    shown = re.sub(r"</?(?:a|code|b|strong|bdi|time)\b[^>]*>", "", shown)
    return re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", html.unescape(re.sub("<[^>]*>", "\n", shown)))


def english_words_in(shown, values, english, own):
    """The English words that are shown outside values, addresses, paths and what is typed."""
    suspect = english - own - ALLOWED.keys()
    lines = PATHS.sub(" ", text_of(shown)).splitlines()
    left = "\n".join(line for line in lines if not values or words_of([line]) & suspect)
    for value in values:
        if value in left:
            left = left.replace(value, " ")
    return sorted(words_of([TYPED_WORDS.sub(" ", NO_PROSE.sub(" ", left))]) & suspect)


# -- the walk ----------------------------------------------------------------------------------------------------------


REGISTERS = {
    "a.json": ("americas-2022.json", "csu-officer"),
    "b.json": ("mechanism-2024.json", None),
    "c.json": ("disagreeing-sources.json", None),
    "d.json": ("reviews-in-part.json", None),
    "e.json": (None, "person-0"),
}
"""The examples, and a generated register, with a person of each."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("surfaces")
    for name, (file, _) in REGISTERS.items():
        if file:
            shutil.copy(EXAMPLES / file, folder / name)
    un.dump(invented_register(4), folder / "e.json")
    (folder / "members.csv").write_text("Nombre,País,Xyz\nRefugio,PA,x\nOtra,ZZ,y\n")
    (folder / "broken.json").write_text('{"schema_version": 1, "organizations": [{"id": "A B", "xyz": 1}], }')
    (folder / "broken.yaml").write_text("schema_version: 1\norganizations: [ {id: a\n")
    return folder


TOLD_IN = {".html", ".svg", ".ics", ".toml", ".md", ".txt"}
"""Files that are written for people."""


def files_for_people():
    return {path: path.stat().st_mtime_ns for path in Path().rglob("*.*") if path.suffix in TOLD_IN}


def show(words, language):
    out, err, before = io.StringIO(), io.StringIO(), files_for_people()
    with redirect_stdout(out), redirect_stderr(err), suppress(SystemExit):
        main([*words, "--lang", language])
    written = [path for path, changed in sorted(files_for_people().items()) if before.get(path) != changed]
    pages = (re.sub(r"\r\n ", "", path.read_bytes().decode()).replace("\\,", ",") for path in written)
    return "\n".join([out.getvalue(), err.getvalue(), *pages])


def values_to_leave_out(register):
    """What the register and the facts hold, as it is shown, the longest first."""
    values = sorted({*values_of(register), *FACTS, *BASES}, key=len, reverse=True)
    values += [to_message_text(value) for value in values] + [re.sub(r", \d{4}$", "", value) for value in values]
    values += [PATHS.sub(" ", value) for value in FACTS]
    return [value for value in sorted({*values}, key=len, reverse=True) if len(value) > 2]


def calls(path, person):
    """The calls on a register; those that name one themselves with that, those on none once."""
    for line in CALLS:
        named = next((word for word in line.split() if word in REGISTERS), "a.json")
        if ("{person}" not in line or person) and ("{register}" in line or path == named):
            words = line.format(register=path, person=person).split()
            yield words


SAMPLE = """\
import members.csv --suggest-mapping mapping.toml
publish a.json public --audience public
reference parties --instrument TIP --on 2024-01-01
reference parties --on 2024-01-01 --format html
validate members.csv
store load a.db a.json
explain LT001
reference snapshots
reference events
reference questionnaire_topics
reference countries --country MX
duplicates a.json
diff d.json a.json
diff a.json a.json
holdings a.json csu-officer --format html
export a.json --to svg -o network.svg
validate a.json --format markdown
rules --by provision --select CR
migrate --check a.json
import members.csv --into a.json --dry-run
retention a.json --keep 1days
""".splitlines()


def test_results_are_told_in_the_language(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for line in SAMPLE:
        assert show(line.split(), "es") != show(line.split(), "en"), line


@pytest.mark.unmeasured
@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_shown(folder, monkeypatch, english, language):
    monkeypatch.chdir(folder)
    monkeypatch.setattr(store_commands, "_now", lambda: datetime(2026, 11, 24, 10, tzinfo=UTC))
    for left in folder.glob("*.db*"):
        left.unlink()
    own = own_words(language)
    found = {}
    monkeypatch.setenv("COLUMNS", "80")
    for name, parser in some(list_parsers()):
        shown = show([*name.split(), "--help"], language)
        if wrong := english_words_in(shown, (), english, own):
            found[f"{name} --help"] = wrong
        assert max(map(len, shown.splitlines())) <= 80 or "http" in shown, name
        assert parser
    monkeypatch.delenv("COLUMNS")
    chosen = some((path, words) for path, (_, person) in REGISTERS.items() for words in calls(path, person))
    for path, walked in groupby(chosen, itemgetter(0)):
        values = values_to_leave_out(un.load(path))
        for _, words in walked:
            shown = show(words, language)
            if wrong := english_words_in(
                shown, [*values, *(word for each in words if len(word := each.lstrip("-")) > 2)], english, own
            ):
                found[" ".join(words)] = wrong
    assert "\n".join(f"{call}: {wrong}" for call, wrong in found.items()) == ""


# -- websites ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Websites in the three languages: of an example, of one with reviews, and of a generated register."""
    folder = tmp_path_factory.mktemp("sites")
    made = {
        "example": un.load(EXAMPLES / "americas-2022.json"),
        "reviews": un.load(EXAMPLES / "reviews-in-part.json"),
        "invented": invented_register(4),
    }
    for name, register in made.items():
        site = website.build(register, folder / name, on=DAY, languages=OTHERS, base_url="https://example.org/net")
        assert site.ok
    return {name: (folder / name, values_to_leave_out(register)) for name, register in made.items()}


@pytest.mark.unmeasured
@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_on_a_website(sites, english, language):
    """Pages, feeds, calendars, pictures and the tables to download; a title may be broken over lines of a picture."""
    own = own_words(language)
    found = {}
    for name, (folder, values) in sites.items():
        for path in sorted((folder / language).rglob("*.*")):
            shown = re.sub(r"\r\n ", "", path.read_bytes().decode()).replace("\\,", ",")
            shown = " ".join(text_of(shown).split()) if path.name == "card.svg" else shown
            if wrong := english_words_in(shown, values, english, own):
                found[f"{name}/{path.relative_to(folder)}"] = wrong
    assert "\n".join(f"{page}: {wrong}" for page, wrong in found.items()) == ""


# -- the service that others copy --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_in_an_answer_of_the_service(english, language):
    """What its problems are called; findings, which it tells too, are those of the library."""
    problems = tomllib.loads((EXAMPLES / "apps/register-service/register_service/words.toml").read_text("utf-8"))
    english = english | words_of(problem["en"] for problem in problems.values())
    own = own_words(language)
    for name, problem in problems.items():
        assert problem[language] != problem["en"], name
        assert english_words_in(problem[language], (), english, own) == [], name
