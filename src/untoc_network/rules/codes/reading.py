"""IO: what a document must look like to be read. The readers hold these rules while they read."""

from __future__ import annotations

from untoc_network.diagnostics.errors import IMPOSSIBLE
from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.codes.type_labels import DESCRIPTIONS, KINDS, OBJECTS
from untoc_network.rules.rule import reader_rule
from untoc_network.values.ids import FORMS


@reader_rule(
    "IO001",
    says="the field '{name}' is missing",
    hint="add '{name}': {description:phrase}",
    phrases=DESCRIPTIONS,
    basis=bases.NOTHING_LOST,
)
def required_field_is_there() -> None:
    """Every field that a record cannot do without is there.

    Why: a record without it cannot be told from others or understood, and no default is ever invented.

    Passes:
        {"networks": [{"id": "xa-network", "name": {"en": "Network of XA"}, "kind": "regional"}]}

    Fails:
        {"networks": [{"id": "xa-network", "name": {"en": "Network of XA"}}]}
    """


@reader_rule(
    "IO002",
    says="{object:phrase} has no field '{name}'",
    hint="{remedy:phrase}",
    phrases=OBJECTS,
    basis=bases.NOTHING_LOST,
)
def field_is_known() -> None:
    """Every field is one that its record has.

    Why: a misspelt field would otherwise be dropped in silence, and what it holds with it.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": "1999"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "fonded": "1999"}]}
    """


@reader_rule(
    "IO003",
    says="'{value}' is not one of {allowed}",
    hint="{remedy:phrase}",
    phrases={"near": "did you mean '{near}'?", "choose": "write one of: {choices}"},
    basis=bases.LISTS_OF_VALUES,
)
def value_is_one_of_those_allowed() -> None:
    """A value from a list is one of the values on that list.

    Why: values outside the list cannot be counted, filtered or translated.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngos"}]}
    """


@reader_rule(
    "IO004",
    says="{expected:phrase} is due here, not {given:phrase}",
    hint="{remedy:phrase}",
    phrases={
        **KINDS,
        "convert": "write {expected:phrase}; nothing is converted silently",
        "quote": 'write "{value}", in quotes; nothing is converted silently',
    },
    basis=bases.NOTHING_LOST,
)
def value_has_the_right_type() -> None:
    """A value has the type that its field asks for.

    Why: a number read as text, or a yes read as true, is content that nobody wrote.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": 2}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": "2"}]}
    """


@reader_rule(
    "IO005",
    says="'{value}' is not a date: {problem:phrase}",
    hint="write 2022, 2022-03 or 2022-03-28, as exactly as it is known",
    phrases={key: IMPOSSIBLE[key] for key in ("date-form", "no-such-day")},
    basis=bases.FORMS,
)
def date_is_in_the_calendar() -> None:
    """A date has the form of ISO 8601 and stands in the calendar; it may be known to the month or year only.

    Why: local forms such as 03/04/2022 mean different days to different readers.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2024-02-29"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2023-02-29"}]}
    """


@reader_rule(
    "IO006",
    says="'{value}' is not a moment: {problem:phrase}",
    hint="write 2022-05-06T10:00+02:00[Europe/Vienna]: local time, offset, time zone",
    phrases={key: IMPOSSIBLE[key] for key in ("moment-form", "moment-no-offset", "no-such-moment", "no-such-zone")},
    basis=bases.MOMENTS,
)
def moment_has_its_offset() -> None:
    """A moment has its offset from UTC, and its time zone is one of the IANA database.

    Why: a time without offset is a different moment for every reader.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts_at": "2022-05-06T10:00+02:00[Europe/Vienna]"}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts_at": "2022-05-06T10:00"}]}
    """


@reader_rule(
    "IO007",
    says="the key '{name}' stands twice in one object",
    hint="keep one of the two; the first was read, this one was not",
    basis=bases.DOUBLE_KEYS,
)
def key_stands_once() -> None:
    """No key stands twice in one object.

    Why: most readers keep the last one in silence, and what the first one said is lost.

    Passes:
        {"title": {"en": "One title"}}

    Fails:
        {"title": {"en": "One title"}, "title": {"en": "Another title"}}
    """


@reader_rule(
    "IO008",
    says="{given:phrase} is not a number that can be kept exactly",
    hint="write a whole number of at most 15 digits",
    phrases={"this": "this"},
    basis=bases.NUMBERS,
)
def number_is_a_number() -> None:
    """A number is finite and small enough for every program to keep it exactly.

    Why: NaN and Infinity are not JSON, and programs round numbers beyond 2^53 without telling.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": 1}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": NaN}]}
    """


@reader_rule(
    "IO009",
    says="the document is nested more than {limit} levels deep",
    hint="a register needs fewer than ten levels; this is none, or a hostile file",
    basis=bases.HARMLESS,
)
def document_is_not_too_deep() -> None:
    """The document is not nested deeper than the limit.

    Why: nesting without end is a way to bring programs down.

    Passes:
        {"title": {"en": "A flat document"}}

    Fails:
        {"title": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
    """


@reader_rule(
    "IO010",
    says="the document has more than {limit} bytes",
    hint="split the register; if you trust the file, read it with un.Limits.large(), or with --large",
    basis=bases.HARMLESS,
)
def document_is_not_too_large() -> None:
    """The document is not larger than the limit.

    Why: a file without end is a way to bring programs down.

    Passes:
        {"title": {"en": "A short document"}}

    Fails:
        {"limit": "an example would have to be larger than the limit; the tests make one"}
    """


@reader_rule(
    "IO011",
    says="the document has schema version {version}, and this release reads up to {known}",
    hint="{remedy:phrase}",
    phrases={
        "newer": "install a newer release: pip install -U untoc-network",
        "never": "there has never been such a version",
    },
    basis=bases.VERSIONS,
)
def schema_version_is_known() -> None:
    """The document's schema version is one that this release knows.

    Why: a newer form may mean something else by the same words.

    Passes:
        {"schema_version": 1}

    Fails:
        {"schema_version": 999}
    """


@reader_rule(
    "IO012",
    says="this is not JSON: {problem:phrase}",
    hint="mend the text at this place; a JSON-aware editor shows the same spot",
    phrases={
        "ends": "the document ends too early",
        "single-quotes": "text stands in double quotes",
        "unclosed": "the text is not closed, or holds a line break or an unknown escape",
        "comment": "JSON has no comments",
        "before-brace": "a comma stands before the closing brace, or a value is missing",
        "before-bracket": "a comma stands before the closing bracket, or a value is missing",
        "character": "this character has no place here",
        "follows": "something follows after the document",
        "word": "only true, false and null stand without quotes",
        "comma-or-brace": "a comma or the closing brace is due here",
        "comma-or-bracket": "a comma or the closing bracket is due here",
        "colon": "a colon is due here",
    },
    basis=bases.JSON,
)
def document_is_json() -> None:
    """The document is JSON after RFC 8259.

    Why: what cannot be parsed cannot be checked at all.

    Passes:
        {"title": {"en": "A document"}}

    Fails:
        {"title": {"en": "A document"},}
    """


@reader_rule(
    "IO013",
    says="byte {offset} is not UTF-8",
    hint="save the file as UTF-8; Windows programs call the old encoding ANSI or Windows-1252",
    basis=bases.ENCODING,
)
def document_is_utf8() -> None:
    """The document is text in UTF-8.

    Why: a guessed encoding turns names into other names.

    Passes:
        {"title": {"es": "Organización"}}

    Fails:
        {"encoding": "an example would have to be in another encoding; the tests make one"}
    """


@reader_rule(
    "IO014",
    severity=Severity.WARNING,
    says="{given:phrase} says nothing here",
    phrases={"null": "null", "empty-object": "an empty object", "empty-list": "an empty list"},
    hint="leave the field out; to say that it is unknown, none or not applicable, name it in 'blanks'",
    basis=bases.NOTHING_LOST,
)
def value_says_something() -> None:
    """No field holds null or an empty list or object.

    Why: unknown, not applicable and none are three different things, and null is none of them. The field is read as
    absent, and is not written again.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "blanks": [{"field": "founded", "reason": "unknown"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": null}]}
    """


@reader_rule(
    "IO015",
    says="{problem:phrase}",
    hint="correct the record; no single thing can be so",
    phrases=IMPOSSIBLE,
    basis=bases.AGREEMENT,
)
def value_is_possible() -> None:
    """A value is not impossible in itself.

    Why: some combinations can never be true of one thing: a period that ends before it starts, a negative count.

    Passes:
        {"projects": [{"id": "xa-project", "name": {"en": "Project"}, "period": {"start": "2019", "end": "2020"}}]}

    Fails:
        {"projects": [{"id": "xa-project", "name": {"en": "Project"}, "period": {"start": "2020", "end": "2019"}}]}
    """


@reader_rule(
    "IO016",
    says="the text does not have its form: {form:phrase}",
    hint="write {form:phrase}",
    phrases={form.name: form.described for form in FORMS.values()},
    basis=bases.FORMS,
)
def text_has_its_form() -> None:
    """An id, a country code, a language tag or a web address has the form of its kind.

    Why: one thing written in two forms becomes two things.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "countries": ["XA"]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "countries": ["xa"]}]}
    """


@reader_rule(
    "IO017",
    says="the text holds half of a surrogate pair, which no file can carry",
    hint="write the character itself or its complete escape",
    basis=bases.SURROGATES,
)
def text_can_be_written() -> None:
    r"""Text holds no unpaired surrogate.

    Why: such text cannot be encoded, so it could be read but never be written again.

    Passes:
        {"title": {"en": "\ud83d\ude00"}}

    Fails:
        {"title": {"en": "\ud83d"}}
    """


@reader_rule(
    "IO018",
    says="this is not YAML: {problem:phrase}",
    phrases={
        "empty": "the document is empty",
        "control": "it holds a control character; in double quotes write it as an escape",
        "escape": "an escape names no character",
    },
    hint="mend the text at this place; indent with blanks, and put text with ': ' or ' #' in it in quotes",
    basis=bases.YAML,
)
def document_is_yaml() -> None:
    """A document in a file for YAML is YAML 1.2.

    Why: what cannot be parsed cannot be checked at all.

    Passes:
        {"title": {"en": "A document"}}

    Fails:
        {"format": "an example would have to be YAML; the tests make one"}
    """


@reader_rule(
    "IO019",
    says="{given:phrase} has no place in a register",
    hint="{remedy:phrase}",
    phrases={
        "anchor": "an anchor",
        "mend-anchor": "leave it out, and write the value in full wherever it stands",
        "alias": "an alias",
        "mend-alias": "write the value in full; aliases are not followed, since a short file of them can be endless",
        "merge-key": "a merge key",
        "mend-merge-key": "write the fields in full",
        "tag": "a tag",
        "mend-tag": "leave it out; the form of a register gives each value its type",
        "second-document": "a second document",
        "mend-second-document": "keep one document in a file",
        "other-key": "a key that is no text",
        "mend-other-key": "put the key in quotes",
        "other-number": "a number in this form",
        "mend-other-number": "write it as 15, -3 or 0.5, or in quotes if it is text",
        "directive": "a directive for another version of YAML",
        "mend-directive": "leave it out; the text is read as YAML 1.2",
    },
    basis=bases.YAML_IN_FULL,
)
def yaml_says_what_it_means() -> None:
    """YAML is written in full: no anchors, aliases, merge keys or tags, one document, keys of text, decimal numbers.

    Why: an alias makes a short file endless, a tag makes readers run code, and 017 or a key of 1 is read as something
    else by every second reader.

    Passes:
        {"title": {"en": "A document"}}

    Fails:
        {"format": "an example would have to be YAML; the tests make one"}
    """


@reader_rule(
    "IO020",
    says="this line does not fit in a register: {problem:phrase}",
    phrases={
        "blank": "it is blank",
        "no-object": "an object is due",
        "no-collection": "it names no collection",
        "strange-collection": "there is no collection '{name}'",
        "no-record": "it has no record",
        "another-key": "beside collection and record it has another key",
        "records-in-first": "'{name}' stands in the first line, and each record in one of its own",
    },
    hint='after the first line each is {{"collection": "organizations", "record": {{…}}}}',
    basis=bases.LINES,
)
def line_is_a_record() -> None:
    """In a file of lines, the first holds what is said of the whole, and each other one a record of a collection.

    Why: a line that belongs nowhere would otherwise be lost in silence.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"format": "an example would have to be lines of JSON; the tests make one"}
    """


@reader_rule(
    "IO021",
    says="this does not fit in a register of several files: {problem:phrase}",
    phrases={
        "blank-row": "the row is blank",
        "cells": "the row has {cells} cells, and the header {columns}",
        "quote": "a quote is not closed, or stands in a bare cell",
        "file-twice": "a file stands twice in it",
        "no-zip": "it is no zip file that can be read",
        "wide-row": "a row has more than {limit} cells",
        "many-files": "it holds more than {limit} files",
        "no-descriptor": "it has no {name}",
        "records-not-in-tables": "records stand in it, and not in tables",
        "no-such-collection": "no collection has its name",
        "no-part": "no part of the register has its name, and it was not read",
        "whole-no-object": "what is said of the whole is to be an object",
        "records-in-whole": "records stand in it, and not in a file of their collection",
    },
    hint="compare it with the files that untoc-network convert writes",
    basis=bases.TABLES,
)
def files_fit_together() -> None:
    """A register of several files has one for the whole, others for its collections, and a cell for each column.

    Why: a cell or a file that belongs nowhere would otherwise be lost in silence.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"format": "an example would have to be several files; the tests make one"}
    """


@reader_rule(
    "IO030",
    says="the document holds more than {limit} values",
    hint="split the register; if you trust the file, read it with un.Limits.large(), or with --large",
    basis=bases.HARMLESS,
)
def document_holds_not_too_many_values() -> None:
    """The document holds no more texts, numbers, lists and objects than the limit.

    Why: a value of two letters takes a hundred times as much memory, so a file of few bytes can fill all of it.

    Passes:
        {"title": {"en": "A short document"}}

    Fails:
        {"limit": "an example would have to hold more than the limit; the tests make one"}
    """


@reader_rule(
    "IO031",
    says="there are more than {limit} errors; from here on nothing is read",
    hint="mend those above first; many of one kind often come from one mistake in the program that wrote the file",
    basis=bases.HARMLESS,
)
def errors_are_not_too_many() -> None:
    """The errors of a document are few enough to be told one by one.

    Why: ten thousand errors help nobody more than the first of them do, and each takes memory and time.

    Passes:
        {"title": {"en": "A document"}}

    Fails:
        {"limit": "an example would have to have more errors than the limit; the tests make one"}
    """


@reader_rule(
    "IO032",
    severity=Severity.WARNING,
    says="there are {number} more warnings, which are not told",
    hint="mend those that are told, and check again",
    basis=bases.HARMLESS,
)
def warnings_are_all_told() -> None:
    """The warnings of a reader are few enough to be told one by one.

    Why: of a warning in every record the first ones tell enough, and all of them would fill the memory.

    Passes:
        {"title": {"en": "A document"}}

    Fails:
        {"limit": "an example would have to give more warnings than the limit; the tests make one"}
    """


@reader_rule(
    "IO033",
    severity=Severity.INFO,
    says="the document has schema version {version}, and is read as version {known}",
    hint="write it anew in the form of this release: untoc-network migrate FILE -o FILE",
    basis=bases.VERSIONS,
)
def schema_version_is_the_newest() -> None:
    """The document is written in the schema version of this release.

    Why: older versions are read, but programs of others, and people, look for what the newest one calls things.

    Passes:
        {"schema_version": 1}

    Fails:
        {"schema_version": "an example would have to be of an older version; the tests make one"}
    """


@reader_rule(
    "IO034",
    severity=Severity.INFO,
    says="since schema version {version}, '{was}' is '{now}'",
    hint="nothing is to be done; untoc-network migrate writes the file in the new form",
    basis=bases.VERSIONS,
)
def field_is_written_as_now() -> None:
    """A field or value has the name that it has in this release.

    Why: whoever reads an older document is told of everything that is called otherwise now.

    Passes:
        {"schema_version": 1}

    Fails:
        {"schema_version": "an example would have to be of an older version; the tests make one"}
    """


@reader_rule(
    "IO035",
    says="the input could not be read: {problem}",
    hint="correct the path or the file, and check again",
    basis=bases.TOLD,
)
def input_can_be_read() -> None:
    """Every input that is named can be read.

    Why: a report that is silent about a file that was not there looks clean to whoever reads the report and not the
    exit code.

    Passes:
        {"title": {"en": "A document that is there"}}

    Fails:
        {"file": "an example would have to be a file that is not there; the tests name one"}
    """


UNREADABLE = frozenset(
    rule.code
    for rule in (
        document_is_json,
        document_is_utf8,
        document_is_not_too_deep,
        document_is_not_too_large,
        document_holds_not_too_many_values,
        document_is_yaml,
        input_can_be_read,
    )
)
"""The rules without which there is no document to speak of."""
