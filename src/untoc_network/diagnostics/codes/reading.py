"""IO: what a document must look like to be read. The readers hold these rules while they read."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.errors import IMPOSSIBLE
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text",
        "boolean": "true or false",
        "whole-number": "a whole number",
        "number": "a number",
        "list": "a list",
        "object": "an object",
        "wordings": 'an object such as {{"en": "…", "es": "…"}}',
        "null": "null",
        "nothing": "nothing",
        "tuple": "a tuple",
        "choice": "a value of its enumeration",
        "date": "a partial date",
        "moment": "a moment with its offset",
        "decimal": 'a decimal number as text, such as "12.50"',
        "day": "a date to the day, such as 2022-03-28",
        "text-in-languages": "a text in languages",
        "part": "an object of the class of this field",
        "other": "a value of another class",
    }
)
"""The kinds of plain values, and of those that objects of the model hold in their place."""

value_not_allowed = _code(
    code="IO003",
    slug="value-not-allowed",
    severity=Severity.ERROR,
    message="'{value}' is not one of {allowed}",
    hint="{remedy:phrase}",
    phrases={"near": "did you mean '{near}'?", "choose": "write one of: {choices}"},
    basis=citations.LISTS_OF_VALUES,
    statement="A value from a list is one of the values on that list.",
    why="values outside the list cannot be counted, filtered or translated.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngos"}]}',
)

wrong_type = _code(
    code="IO004",
    slug="wrong-type",
    severity=Severity.ERROR,
    message="expected {expected:phrase}, got {given:phrase}",
    hint="{remedy:phrase}",
    phrases={
        **KINDS,
        "convert": "write {expected:phrase}; nothing is converted silently",
        "quote": 'write "{value}", in quotes; nothing is converted silently',
    },
    basis=citations.NOTHING_LOST,
    statement="A value has the type that its field asks for.",
    why="a number read as text, or a yes read as true, is content that nobody wrote.",
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": 2}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": "2"}]}',
)

invalid_date = _code(
    code="IO005",
    slug="invalid-date",
    severity=Severity.ERROR,
    message="'{value}' is not a date: {problem:phrase}",
    hint="write 2022, 2022-03 or 2022-03-28, as exactly as the date is known",
    phrases={key: IMPOSSIBLE[key] for key in ("date-form", "no-such-day")},
    basis=citations.FORMS,
    statement=(
        "A date has the form of ISO 8601 and exists in the calendar; it may be known to the month or year only."
    ),
    why="local forms such as 03/04/2022 mean different days to different readers.",
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2024-02-29"}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2023-02-29"}]}',
)

invalid_moment = _code(
    code="IO006",
    slug="invalid-moment",
    severity=Severity.ERROR,
    message="'{value}' is not a moment: {problem:phrase}",
    hint="write 2022-05-06T10:00+02:00[Europe/Vienna]: local time, offset, time zone",
    phrases={key: IMPOSSIBLE[key] for key in ("moment-form", "moment-no-offset", "no-such-moment", "no-such-zone")},
    basis=citations.MOMENTS,
    statement="A moment has its offset from UTC, and its time zone is one of the IANA database.",
    why="a time without an offset is a different moment for every reader.",
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts_at": "2022-05-06T10:00+02:00[Europe/Vienna]"}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts_at": "2022-05-06T10:00"}]}',
)

duplicate_key = _code(
    code="IO007",
    slug="duplicate-key",
    severity=Severity.ERROR,
    message="the key '{name}' appears twice in one object",
    hint="keep one of the two; the first was read, and this one was not",
    basis=citations.DOUBLE_KEYS,
    statement="No key appears twice in one object.",
    why="most readers silently keep the last one, and what the first one said is lost.",
    passes='{"title": {"en": "One title"}}',
    fails='{"title": {"en": "One title"}, "title": {"en": "Another title"}}',
)

inexact_number = _code(
    code="IO008",
    slug="inexact-number",
    severity=Severity.ERROR,
    message="{given:phrase} is not a number that can be kept exactly",
    hint="write a whole number of at most 15 digits",
    phrases={"this": "this value"},
    basis=citations.NUMBERS,
    statement="A number is finite and small enough for every program to keep it exactly.",
    why="NaN and Infinity are not JSON, and programs silently round numbers beyond 2^53.",
    passes='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": 1}]}',
    fails='{"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "stated_days": NaN}]}',
)

document_too_deep = _code(
    code="IO009",
    slug="document-too-deep",
    severity=Severity.ERROR,
    message="the document is nested more than {limit:number} levels deep",
    hint="a register needs fewer than ten levels; the file is not a register, or is hostile",
    basis=citations.HARMLESS,
    statement="The document is not nested deeper than the limit.",
    why="endless nesting can bring programs down.",
    passes='{"title": {"en": "A flat document"}}',
    fails='{"title": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}',
)

document_too_large = _code(
    code="IO010",
    slug="document-too-large",
    severity=Severity.ERROR,
    message="the document has more than {limit:number} bytes",
    hint="split the register; if you trust the file, raise the limits",
    basis=citations.HARMLESS,
    statement="The document is not larger than the limit.",
    why="a file without end can bring programs down.",
    passes='{"title": {"en": "A short document"}}',
    fails='{"limit": "an example would have to be larger than the limit; the tests make one"}',
)

unknown_schema_version = _code(
    code="IO011",
    slug="unknown-schema-version",
    severity=Severity.ERROR,
    message="the document has schema version {version}, but this release reads versions up to {known}",
    hint="{remedy:phrase}",
    phrases={
        "newer": "install a newer release of untoc-network",
        "never": "there has never been such a version",
    },
    basis=citations.VERSIONS,
    statement="The document's schema version is one that this release knows.",
    why="a newer form may mean something else by the same words.",
    passes='{"schema_version": 1}',
    fails='{"schema_version": 999}',
)

invalid_json = _code(
    code="IO012",
    slug="invalid-json",
    severity=Severity.ERROR,
    message="the document is not JSON: {problem:phrase}",
    hint="correct the text at this place; an editor for JSON shows the same spot",
    phrases={
        "ends": "the document ends too early",
        "single-quotes": "text must be in double quotes",
        "unclosed": "the text is not closed, or holds a line break or an unknown escape",
        "comment": "JSON has no comments",
        "before-brace": "there is a comma before the closing brace, or a value is missing",
        "before-bracket": "there is a comma before the closing bracket, or a value is missing",
        "character": "this character is not allowed here",
        "follows": "there is more text after the end of the document",
        "word": "only true, false and null are written without quotes",
        "comma-or-brace": "expected a comma or the closing brace",
        "comma-or-bracket": "expected a comma or the closing bracket",
        "colon": "expected a colon",
    },
    basis=citations.JSON,
    statement="The document is JSON (RFC 8259).",
    why="what cannot be parsed cannot be checked at all.",
    passes='{"title": {"en": "A document"}}',
    fails='{"title": {"en": "A document"},}',
)

invalid_utf8 = _code(
    code="IO013",
    slug="invalid-utf8",
    severity=Severity.ERROR,
    message="byte {offset} of the document is not UTF-8",
    hint="save the file as UTF-8; Windows programs call the old encoding ANSI or Windows-1252",
    basis=citations.ENCODING,
    statement="The document is text in UTF-8.",
    why="a guessed encoding turns names into other names.",
    passes='{"title": {"es": "Organización"}}',
    fails='{"encoding": "an example would have to be in another encoding; the tests make one"}',
)

empty_value = _code(
    code="IO014",
    slug="empty-value",
    severity=Severity.WARNING,
    message="the field holds {given:phrase}, which says nothing",
    hint="leave the field out; to say that the value is unknown, none or not applicable, name the field in 'blanks'",
    phrases={"null": "null", "empty-object": "an empty object", "empty-list": "an empty list"},
    basis=citations.NOTHING_LOST,
    statement="No field holds null or an empty list or object.",
    why=(
        "unknown, not applicable and none are three different things, and null is none of them. The field is "
        "read as absent, and is not written again."
    ),
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "blanks": [{"field": "founded", "reason": "unknown"}]}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": null}]}',
)

impossible_value = _code(
    code="IO015",
    slug="impossible-value",
    severity=Severity.ERROR,
    message="{problem:phrase}",
    hint="correct the record: what it says is impossible",
    phrases=IMPOSSIBLE,
    basis=citations.AGREEMENT,
    statement="A value is possible in itself.",
    why=("some combinations can never be true of one thing: a period that ends before it starts, a negative count."),
    passes='{"projects": [{"id": "xa-project", "name": {"en": "Project"}, "period": {"start": "2019", "end": "2020"}}]}',
    fails='{"projects": [{"id": "xa-project", "name": {"en": "Project"}, "period": {"start": "2020", "end": "2019"}}]}',
)

unpaired_surrogate = _code(
    code="IO017",
    slug="unpaired-surrogate",
    severity=Severity.ERROR,
    message="the text holds half of a surrogate pair, which no file can carry",
    hint="write the character itself, or its complete escape",
    basis=citations.SURROGATES,
    statement="Text holds no unpaired surrogate.",
    why="such text cannot be encoded, so it could be read but never be written again.",
    passes='{"title": {"en": "\\ud83d\\ude00"}}',
    fails='{"title": {"en": "\\ud83d"}}',
)

invalid_yaml = _code(
    code="IO018",
    slug="invalid-yaml",
    severity=Severity.ERROR,
    message="the document is not YAML: {problem:phrase}",
    hint="correct the text at this place; indent with spaces, and put text with ': ' or ' #' in it in quotes",
    phrases={
        "empty": "the document is empty",
        "control": "the text holds a control character; write it as an escape in double quotes",
        "escape": "an escape names no character",
        "not-closed": "a list, an object or a text is begun and not ended",
        "indentation": "the indentation fits neither what is before nor what is around",
        "tab": "a tab indents or begins something, and only spaces can",
        "colon": "a name has no ':' after it",
        "mapping": "a name with ':' stands where none can begin",
        "unexpected": "something stands here that cannot stand at this place",
    },
    basis=citations.YAML,
    statement="A YAML file holds YAML 1.2.",
    why="what cannot be parsed cannot be checked at all.",
    passes='{"title": {"en": "A document"}}',
    fails='{"format": "an example would have to be YAML; the tests make one"}',
)

unsupported_yaml = _code(
    code="IO019",
    slug="unsupported-yaml",
    severity=Severity.ERROR,
    message="{given:phrase} is not allowed in a register",
    hint="{remedy:phrase}",
    phrases={
        "anchor": "an anchor",
        "mend-anchor": "remove the anchor, and write the value in full wherever it appears",
        "alias": "an alias",
        "mend-alias": "write the value in full; aliases are not followed, because a short file of them can be endless",
        "merge-key": "a merge key",
        "mend-merge-key": "write the fields in full",
        "tag": "a tag",
        "mend-tag": "remove the tag; the form of a register gives each value its type",
        "second-document": "a second document",
        "mend-second-document": "keep one document in a file",
        "other-key": "a key that is not text",
        "mend-other-key": "put the key in quotes",
        "other-number": "a number in this form",
        "mend-other-number": "write the number as 15, -3 or 0.5, or in quotes if it is text",
        "directive": "a directive for another version of YAML",
        "mend-directive": "remove the directive; the text is read as YAML 1.2",
    },
    basis=citations.YAML_IN_FULL,
    statement=(
        "YAML is written in full: no anchors, aliases, merge keys or tags, one document, keys of text, decimal numbers."
    ),
    why=(
        "an alias makes a short file endless, a tag makes readers run code, and programs read 017 or the key 1 "
        "in different ways."
    ),
    passes='{"title": {"en": "A document"}}',
    fails='{"format": "an example would have to be YAML; the tests make one"}',
)

invalid_line = _code(
    code="IO020",
    slug="invalid-line",
    severity=Severity.ERROR,
    message="the line is not part of a register: {problem:phrase}",
    hint='write each line after the first as {{"collection": "organizations", "record": {{…}}}}',
    phrases={
        "blank": "the line is blank",
        "no-object": "expected an object",
        "no-collection": "no collection is named",
        "strange-collection": "there is no collection '{name}'",
        "no-record": "no record is given",
        "another-key": "there is a key other than collection and record",
        "records-in-first": "'{name}' is in the first line, but each record needs a line of its own",
    },
    basis=citations.LINES,
    statement=(
        "In a file of lines, the first line describes the register as a whole, and each other line is a record "
        "of a collection."
    ),
    why="a line without a place would otherwise be lost silently.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"format": "an example would have to be lines of JSON; the tests make one"}',
)

invalid_file_bundle = _code(
    code="IO021",
    slug="invalid-file-bundle",
    severity=Severity.ERROR,
    message="the files do not form a register: {problem:phrase}",
    hint="compare the files with those of a register that this library wrote",
    phrases={
        "cells": "the row has {cells:cell|cells}, but the header has {columns:column|columns}",
        "quote": "a quote is not closed, or is in a cell without quotes",
        "file-twice": "a file appears twice",
        "part-twice": "another file is the same part of the register; this one was not read",
        "no-zip": "the file is not a readable zip file",
        "wide-row": "a row has more than {limit:number} cells",
        "many-files": "there are more than {limit:number} files",
        "no-descriptor": "the file {name} is missing",
        "records-not-in-tables": "there are records that are not in tables",
        "no-such-collection": "no collection has the name of this file",
        "no-language": "the column '{name}' needs a language in its header, as another column of the field has it",
        "no-file": "expected a file, but something else has the name of this part of the register",
        "no-part": "no part of the register has the name of this file, which was not read",
        "part-alone": "the file is in the folder of a register; read the folder",
        "whole-no-object": "expected an object in the file of the register as a whole",
        "records-in-whole": (
            "there are records in the file of the register as a whole, not in the files of their collections"
        ),
    },
    basis=citations.TABLES,
    statement=(
        "A register of several files has one file for the whole, others for its collections, and a cell for each "
        "column."
    ),
    why="a cell or a file without a place would otherwise be lost silently.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"format": "an example would have to be several files; the tests make one"}',
)

too_many_values = _code(
    code="IO030",
    slug="too-many-values",
    severity=Severity.ERROR,
    message="the document holds more than {limit:number} values",
    hint="split the register; if you trust the file, raise the limits",
    basis=citations.HARMLESS,
    statement="The document holds no more texts, numbers, lists and objects than the limit.",
    why=("a value of two letters takes a hundred times as much memory, so that a small file can fill all of it."),
    passes='{"title": {"en": "A short document"}}',
    fails='{"limit": "an example would have to hold more than the limit; the tests make one"}',
)

too_many_errors = _code(
    code="IO031",
    slug="too-many-errors",
    severity=Severity.ERROR,
    message="the document has more than {limit:number} errors; nothing is read from here on",
    hint=(
        "correct the errors above first; many of one kind often come from one mistake in the program that "
        "wrote the file"
    ),
    basis=citations.HARMLESS,
    statement="The errors of a document are few enough to be shown one by one.",
    why="ten thousand errors help no more than the first of them, and each takes memory and time.",
    passes='{"title": {"en": "A document"}}',
    fails='{"limit": "an example would have to have more errors than the limit; the tests make one"}',
)

warnings_not_shown = _code(
    code="IO032",
    slug="warnings-not-shown",
    severity=Severity.WARNING,
    message="{number:more warning is|more warnings are} not shown",
    hint="correct the warnings that are shown, and check again",
    basis=citations.HARMLESS,
    statement="The warnings on a document are few enough to be shown one by one.",
    why="when every record has the same warning the first ones tell enough, and all of them would fill the memory.",
    passes='{"title": {"en": "A document"}}',
    fails='{"limit": "an example would have to give more warnings than the limit; the tests make one"}',
)

older_schema_version = _code(
    code="IO033",
    slug="older-schema-version",
    severity=Severity.INFO,
    message="the document has schema version {version} and is read as version {known}",
    hint="write the file again, in the form of this release",
    basis=citations.VERSIONS,
    statement="The document is written in the schema version of this release.",
    why=("older versions are read, but people and other programs expect the names of the newest one."),
    passes='{"schema_version": 1}',
    fails='{"schema_version": "an example would have to be of an older version; the tests make one"}',
)

deprecated_field = _code(
    code="IO034",
    slug="deprecated-field",
    severity=Severity.INFO,
    message="'{was}' has been called '{now}' since schema version {version}",
    hint="nothing needs to be done; the file has the new name once it is written again",
    basis=citations.VERSIONS,
    statement="A field or value has the name that it has in this release.",
    why="readers of an older document should know everything that has another name now.",
    passes='{"schema_version": 1}',
    fails='{"schema_version": "an example would have to be of an older version; the tests make one"}',
)

unreadable_input = _code(
    code="IO035",
    slug="unreadable-input",
    severity=Severity.ERROR,
    message="the input could not be read: {problem}",
    hint="correct the path or the file, and check again",
    basis=citations.TOLD,
    statement="Every input that is named can be read.",
    why=("a report that is silent about a missing file looks clean to those who do not see the exit code."),
    passes='{"title": {"en": "A document that is there"}}',
    fails='{"file": "an example would have to be a file that is not there; the tests name one"}',
)

saved_by_spreadsheet = _code(
    code="IO036",
    slug="saved-by-spreadsheet",
    severity=Severity.WARNING,
    message="a spreadsheet program saved the table in a form of its own: {habit:phrase}",
    hint="compare the values with the table as it was before, and write the register again in its usual form",
    phrases={
        "semicolons": "semicolons separate the cells, and are read like commas",
        "tabs": "tabs separate the cells, and are read like commas",
        "blank-rows": "there are rows without content, which are left out",
        "truths": "true and false are in capitals or in another language, and are read as true and false",
        "decimals": "whole numbers have decimals, which are left out",
        "days": "days are written as day, month and year, and are read in that order",
    },
    basis=citations.TABLES,
    statement="A table has commas between its cells, and numbers, days, true and false as JSON writes them.",
    why="a spreadsheet rewrites every cell in the habits of its country, and people should know what was read.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"format": "an example would have to be several files; the tests make one"}',
)

other_id_in_patch = _code(
    code="IO037",
    slug="other-id-in-patch",
    severity=Severity.ERROR,
    message="the patch has another id than the record '{id}', which keeps its own",
    hint="leave the id out of the patch; another id is another record",
    basis=citations.NOTHING_LOST,
    statement="A patch changes no id.",
    why="an id is how other records, lists and people find the record; with another one it is lost to them all.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"patch": "an example would have to be a patch; the tests make one"}',
)

unseen_in_patch = _code(
    code="IO039",
    slug="unseen-in-patch",
    severity=Severity.ERROR,
    message="the patch replaces what the view that it was made from does not show whole, in '{field}'",
    hint="leave '{field}' out of the patch, or make the patch from a view that shows all of it",
    basis=citations.NOTHING_LOST,
    statement="A patch replaces nothing that whoever made it could not see.",
    why="who saw two of three consents and sends two back has withdrawn the third, without knowing that there is one.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"patch": "an example would have to be a patch; the tests make one"}',
)

record_for_register = _code(
    code="IO038",
    slug="record-for-register",
    severity=Severity.ERROR,
    message="the document is {held:phrase}, not a register",
    hint="put records into the lists of a register, such as 'organizations'; a record alone can only be read as one",
    phrases={
        "Organization": "one organization",
        "Person": "one person",
        "Network": "one network",
        "Membership": "one membership",
        "Project": "one project",
        "Funding": "one funding",
        "Event": "one event",
        "Statement": "one statement",
        "ActionPlan": "one action plan",
        "Instrument": "one instrument",
        "Party": "one party",
        "CountryReview": "one country review",
        "GeneralReview": "one general review",
        "ConstructiveDialogue": "one constructive dialogue",
        "Accreditation": "one accreditation",
        "Contribution": "one contribution",
        "Source": "one source",
        "record": "one record",
        "records": "a list of records",
    },
    basis=citations.VERSIONS,
    statement="A document that is read as a register is one, and no single record.",
    why="a record has no schema version and no lists; read as a register, it would seem to lack all of that.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"record": "an example would have to be a document without schema version; the tests make one"}',
)

UNREADABLE = frozenset(
    rule.code
    for rule in (
        invalid_json,
        invalid_utf8,
        document_too_deep,
        document_too_large,
        too_many_values,
        invalid_yaml,
        unreadable_input,
    )
)
"""The rules without which there is no document to speak of."""

undeclared_own_fields = _code(
    code="IO040",
    slug="undeclared-own-fields",
    severity=Severity.INFO,
    message="{number:own field is|own fields are} not declared: {names}",
    hint="declare each with its type and who may see it; until then it is kept, and shown within the internal circle only",
    basis=citations.NOTHING_LOST,
    statement="Own fields are declared with their type and who may see them.",
    why="nobody can check, or show to the right people, what nobody has said the meaning of.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "extra": {"coalition": {"fee": 100}}}]}',
)

own_field_declared_twice = _code(
    code="IO041",
    slug="own-field-declared-twice",
    severity=Severity.WARNING,
    message="the own field '{name}' is declared in two ways",
    hint="keep one declaration; until then the first type holds, and the narrower of the two circles sees the field",
    basis=citations.AGREEMENT,
    statement="Two declarations of one own field say the same.",
    why="whoever reads one of them believes it, and shows or checks the field otherwise than the other asks for.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}',
    fails='{"settings": "an example would have to be two declarations; the tests make them"}',
)
