"""Pages made from the library: one for each rule, the fields of every record, the help of every command.

They are written when a build starts, and only where they changed, so that Sphinx reads anew only what is new.
"""

import contextlib
import functools
import html
import io
import itertools
import json
import os
import re
from enum import StrEnum
from pathlib import Path
from unittest import mock

from tools.page_translations import LANGUAGES as TRANSLATED, RULES_TITLES

from untoc_network import exchange
from untoc_network.app.import_list import import_bytes
from untoc_network.app.queries import look_up_table
from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import main
from untoc_network.diagnostics.findings import Report
from untoc_network.engagement import ENTRY_POINT_SPECS, RIGHTS
from untoc_network.i18n.language_words import LANGUAGES, english, translated, words_in
from untoc_network.matching import merge
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import COLLECTIONS, REFERENTS, Register
from untoc_network.reference import packaged
from untoc_network.reference.packaged_tables import TABLES
from untoc_network.reports.fact_table import describe_scope, list_fact_columns
from untoc_network.reports.report_markdown import escape_markdown
from untoc_network.reports.rule_pages import (
    capitalize_first,
    group_rules,
    render_rule_page,
    translate_explanation,
)
from untoc_network.rules.catalogue import AREAS, catalogue, get_rule
from untoc_network.rules.engine import validate
from untoc_network.serializers.codecs.json import reads
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.extra import Extra
from untoc_network.values.fields import fields_of, nested_class
from untoc_network.values.ids_and_codes import CountryCode, Key, LanguageTag, Url
from untoc_network.values.multilingual_text import Text

DOCS = Path(__file__).parent
TOGETHER = [language for language in LANGUAGES if language not in ("en", *TRANSLATED)]
"""The languages that have all rules on one page, since pages are not translated into them."""

TYPES = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    Text: "wording per language",
    Extra: "object of namespaces, each an object of fields",
    PartialDate: "date",
    Instant: "moment",
    CountryCode: "country code",
    LanguageTag: "language tag",
    Key: "key",
    Url: "web address",
}


def setup(app):
    """Have the pages written before Sphinx looks for its sources."""
    app.connect("builder-inited", lambda app: write_all(DOCS, app.config.language))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write_all(docs, language="en"):
    """All that is made, or for another language the names of its pages: what they say is put in when they are read."""
    pages = {f"{name}.md": render_rule_source(name, "en") for name in ("index", *(rule.code for rule in catalogue()))}
    pages |= {f"{words.language}.md": "\n".join(rules_in(words)) for words in words_in(*TOGETHER)}
    for stale in {path.name for path in docs.glob("rules/*.md")} - pages.keys():
        (docs / "rules" / stale).unlink()
    for name, text in pages.items():
        write(docs / "rules" / name, text)
    if language != "en":
        return
    write(docs / "reference" / "fields.md", "\n".join(field_tables()))
    write(docs / "reference" / "commands.md", "\n".join(command_pages()))
    write(docs / "reference" / "entry-point-kinds.md", "\n".join(entry_point_kinds()))
    write(docs / "reference" / "fact-tables.md", "\n".join(fact_tables()))


def write(path, text):
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


# -- rules -----------------------------------------------------------------------------------------------------------


def of_an_export(text):
    register, report = reads(text.replace(b"{", b'{"schema_version": 1, ', 1))
    return () if register is None else report.merge(exchange.export(register, "calendar", on="2026-11-24").report)


def of_a_merge(text):
    versions = (reads(json.dumps({"schema_version": 1, **version}))[0] for version in json.loads(text).values())
    return merge(*versions).report


READERS = {
    "IM": lambda text: import_bytes(text).report,
    "IC": lambda text: exchange.read_data(text, "calendar")[1],
    "PO": lambda text: exchange.read_data(text, "popolo")[1],
    "EX": of_an_export,
    "MG": of_a_merge,
}
"""What reads the examples of an area, where they are no registers to be checked."""


@functools.cache
def finding_of(rule):
    """What the rule says of its own failing example, if that is one that can be read."""
    text = rule.explanation.fails
    if rule.area in READERS:
        return next((finding for finding in READERS[rule.area](text.encode()) if finding.code == rule.code), None)
    register, report = reads(text if "schema_version" in text else text.replace("{", '{"schema_version": 1, ', 1))
    if register is not None:
        report = report.merge(validate(register, on="2026-11-24", rules=catalogue()))
    return next((finding for finding in report if finding.code == rule.code), None)


FILTER_WORDS = {
    "en": ("code or words", "what must hold", "all severities"),
    "es": ("código o palabras", "lo que debe cumplirse", "todas las gravedades"),
    "pt": ("código ou palavras", "o que deve valer", "todas as gravidades"),
    "fr": ("code ou mots", "ce qui doit être vrai", "toutes les gravités"),
}
"""What the filter of the rules says beyond the words of reports: what to write, a column, and every severity."""


def render_rule_source(name, language):
    """The page of a rule, or the list of all, in a language."""
    words = english() if language == "en" else next(words_in(language))
    if name == "index":
        return rule_index(words)
    rule = get_rule(name)
    found = Report(tuple(filter(None, [finding_of(rule)])))
    return render_rule_page(rule, next(iter(translated(found, words)), None), words=words)


def rule_index(words):
    rules, opening, provision = RULES_TITLES
    others = "\n".join(TOGETHER)
    spoken = f"## In other languages\n\n```{{toctree}}\n:maxdepth: 1\n\n{others}\n```\n" if words is english() else ""
    parts = (f"# {rules}\n", f"{opening}\n", *rule_table(words), f"## {provision}\n", *by_provision(words))
    return "\n".join((*parts, spoken, pages_of_rules()))


def rule_table(words):
    """All rules as a table, which `_static/rule-filter.js` gives a filter; it reads without one too."""
    search, statement, severities = FILTER_WORDS[words.language]
    told = {
        "search": capitalize_first(search),
        "severities": severities,
        "areas": words.ui("all-areas"),
        "shown": words.ui("shown", shown="{shown}", all="{all}"),
    }
    said = " ".join(f'data-{name}="{html.escape(text)}"' for name, text in told.items())
    heads = (words.ui("rule"), statement, words.ui("severity"), words.ui("area"))
    yield f'<div class="rule-filter" {said}></div>\n\n:::{{table}}\n:class: rules\n'
    yield f"| {' | '.join(capitalize_first(head) for head in heads)} |\n|---|---|---|---|"
    for rule in sorted(catalogue(), key=lambda rule: list(AREAS).index(rule.area)):
        summary = escape_markdown(translate_explanation(words, rule).summary)
        severity = words.label(rule.severity)
        area = words.areas.get(rule.area, AREAS[rule.area][1]).partition(":")[0].strip()
        yield f"| [{rule.code}]({rule.code}.md) | {summary} | {severity} | {area} |"
    yield ":::\n"


def pages_of_rules():
    """Where the pages of all rules hang in the navigation."""
    return "\n".join(("```{toctree}", ":hidden:", "", *(rule.code for rule in catalogue()), "```\n"))


def rules_in(words):
    """All rules in another language, each with what it finds in its failing example."""
    yield f"# {capitalize_first(words.ui('rules'))}\n"
    yield from rule_table(words)
    for area in AREAS:
        yield f"## {words.areas[area]}\n"
        for rule in catalogue():
            if rule.area == area:
                said = words.rules[rule.code]
                yield f"[{rule.code}]({rule.code}.md) {escape_markdown(said.statement)}"
                yield f": {capitalize_first(words.ui('why'))}: {escape_markdown(said.why)}"
                for finding in translated(Report(tuple(filter(None, [finding_of(rule)]))), words):
                    severity, hint = capitalize_first(words.label(finding.severity)), capitalize_first(words.ui("hint"))
                    hint = f" *{hint}:* {escape_markdown(finding.hint)}" if finding.hint else ""
                    yield f": {severity}: {escape_markdown(finding.message)}.{hint}"
                yield ""


def by_provision(words):
    """The rules by what they rest on."""
    for name, rules in group_rules(catalogue(), "provision", {}, words=words).items():
        links = (f"[{rule.code}]({rule.code}.md)" for rule in rules)
        yield f"{name[:1].upper()}{name[1:]}\n: {', '.join(links)}\n"


# -- fields ----------------------------------------------------------------------------------------------------------


def field_tables():
    """A table for the register and for each class that it holds, then the values of each list of choices."""
    records = {Register: None, **dict.fromkeys(COLLECTIONS.values())}
    held = {cls: None for cls in parts_of(Register, {}) if cls not in records}
    choices = dict.fromkeys(
        shape.type for cls in (*records, *held) for shape in fields_of(cls) if is_choice(shape.type)
    )
    for title, classes in (("Records", (*records, SourcedRecord)), ("Parts of records", sorted(held, key=words))):
        yield f"## {title}\n"
        for cls in classes:
            yield from table_of(cls)
    yield "## Lists of values\n"
    for choice in sorted(choices, key=words):
        yield f"### {words(choice).capitalize()}\n"
        yield f"{choice.__doc__}\n"
        yield f"{', '.join(f'`{value}`' for value in choice)}\n"


def parts_of(cls, seen):
    """The class and every class that its fields lead to."""
    seen[cls] = None
    for shape in fields_of(cls):
        nested = nested_class(shape)
        if nested is not None and nested not in seen:
            parts_of(nested, seen)
    return seen


def table_of(cls):
    yield f"### {words(cls).capitalize()}\n"
    yield f"{cls.__doc__.splitlines()[0]}\n"
    yield "| Field | Type | Required | Sensitivity | Description |"
    yield "|---|---|---|---|---|"
    shared = shared_fields(cls)
    for shape in fields_of(cls):
        if shape.name in shared:
            continue
        required = "yes" if shape.required or shape.name == "schema_version" else ""
        sensitivity = shape.sensitivity.value.replace("_", " ")
        cells = (f"`{shape.name}`", type_of(shape), required, sensitivity, shape.description)
        yield f"| {' | '.join(cells)} |"
    yield ""
    if shared:
        yield f"Besides, like every [sourced record](#sourced-record): {', '.join(f'`{name}`' for name in shared)}.\n"


def shared_fields(cls):
    """The names of the fields that a record has because every record that comes from sources has them."""
    return (
        [shape.name for shape in fields_of(SourcedRecord)]
        if issubclass(cls, SourcedRecord) and cls is not SourcedRecord
        else []
    )


def type_of(shape):
    if shape.bare_one:
        return f"{one_of(shape)}, or a list of several"
    return f"list of: {one_of(shape)}" if shape.many else one_of(shape)


def one_of(shape):
    if shape.type in TYPES:
        return TYPES[shape.type]
    if shape.type in REFERENTS:
        homes = REFERENTS[shape.type]
        return "id of any record" if len(homes) == len(COLLECTIONS) else f"id in `{'`, `'.join(homes)}`"
    return f"[{words(shape.type)}](#{words(shape.type).replace(' ', '-')})"


def is_choice(hint):
    return isinstance(hint, type) and issubclass(hint, StrEnum)


def words(cls):
    """`ActionPlan` as people write it: action plan."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", cls.__name__).lower()


# -- entry points -----------------------------------------------------------------------------------------------------


def entry_point_kinds():
    """Each kind of entry point as the table has it, then who may do what at a session."""
    told, label = english().engagement, english().label
    for kind in ENTRY_POINT_SPECS:
        yield f"## {told[f'{kind.name}.about']}\n"
        yield f"Kind `{kind.name}`, {f'part `{kind.part}`' if kind.part else 'of the network itself'}.\n"
        rests_on = kind.rests_on(packaged())
        yield f"Who decides\n: {told['decides.' + (kind.decides or 'unknown')]}\n"
        yield f"Provision\n: {cited(rests_on) if rests_on else 'what the record itself cites'}\n"
        yield f"After its last day\n: {'closed' if kind.strict else 'not closed: lateness bars nothing'}\n"
        names = (f"{kind.name}.next", f"{kind.like}.next")
        step = next(text for name in names for key, text in told.items() if key.startswith(name))
        step = re.sub(r"{([a-z]+)[^}]*}", r"*\1*", step)
        yield f"Next step\n: {step}\n"
        if f"{kind.name}.rights" in told:
            yield f"What the status gives\n: {told[f'{kind.name}.rights']}\n"
        yield "| Condition | What it does | Rests on |\n|---|---|---|"
        for condition in kind.conditions:
            effect = "is required" if condition.required else "gives priority"
            basis = cited(condition.basis) if condition.basis else ""
            yield f"| {told[f'condition.{condition.name}']} | {effect} | {basis} |"
        yield ""
    yield "## Who may do what at a session\n"
    yield "| At | For observers under | Act | Needs | Rests on |\n|---|---|---|---|---|"
    for row in RIGHTS:
        paths = ", ".join(label(path) for path in row.paths)
        yield f"| {label(row.at)} | {paths} | {label(row.act)} | {told[f'needs.{row.needs}']} | {cited(row.basis)} |"


def cited(basis):
    """What something rests on, with a link to its source where there is one, and how sure it is."""
    place = f"{basis.document}, {basis.provision}" if basis.provision else basis.document
    source = (basis.source or "").partition(" ")[0]
    linked = f"[{place}]({source})" if source.startswith("http") else place
    return f"{linked} ({basis.certainty})"


# -- facts ------------------------------------------------------------------------------------------------------------

MOST_ROWS = 70
"""Longer tables are told by their fields alone."""


def fact_tables():
    """Each table of facts: its rows, or of a long one what they have, then their day and what is missing."""
    for name in TABLES:
        found = look_up_table(name)
        columns, cells = list_fact_columns(found)
        yield f"## `{name}`\n"
        yield f"{type(found.rows[0]).__doc__.splitlines()[0]}\n"
        if len(cells) > MOST_ROWS:
            yield f"{len(cells)} rows with {', '.join(f'`{column}`' for column in columns)}.\n"
        else:
            yield f"| {' | '.join(columns)} | source | note |\n|{'---|' * (len(columns) + 2)}"
            for row, told in zip(found.rows, cells, strict=True):
                yield f"| {' | '.join(escape_markdown(cell) for cell in (*told, row.source, row.note or ''))} |"
            yield ""
        yield from (f"- {escape_markdown(line)}" for line in describe_scope(found, english()))
        yield ""


# -- commands --------------------------------------------------------------------------------------------------------


def command_pages():
    overview = help_of()
    titles = itertools.chain([("untoc-network", overview)], ((name, help_of(name)) for name in COMMANDS))
    for title, text in titles:
        yield f"## `{title}`\n\n```text\n{text}```\n"


def help_of(*command):
    """What the command prints for `--help`, at 80 columns."""
    printed = io.StringIO()
    plain = mock.patch.dict(os.environ, {"COLUMNS": "80", "NO_COLOR": "1"})
    with plain, contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        main([*command, "--help"])
    return printed.getvalue()
