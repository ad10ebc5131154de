"""IM: what a member list must be like to be imported cell by cell. The importer holds these rules while it reads."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

unreadable_sheet = _code(
    code="IM001",
    slug="unreadable-sheet",
    severity=Severity.ERROR,
    message="the sheet cannot be read: {problem:phrase}",
    hint="{remedy:phrase}",
    phrases={
        "nul": "the file contains NUL characters",
        "encoding": "the file is neither UTF-8, UTF-16 nor of a code page that could be guessed",
        "other-encoding": "the file is not of the encoding that was stated",
        "old-workbook": "the workbook has the old format .xls, or is encrypted",
        "damaged": "the workbook is damaged, or the file is not a workbook",
        "numbers": "the file is a document of Apple Numbers",
        "export-xlsx": "export the document as Excel (.xlsx) or as CSV, and import that",
        "export": "export the sheet again as CSV in UTF-8",
        "say-encoding": "state the encoding in which the file was saved, or export the sheet again as CSV in UTF-8",
        "save-as-xlsx": "save the workbook as .xlsx without a password, or export the sheet as CSV in UTF-8",
        "save-anew": (
            "open the file in a spreadsheet program and save it again as .xlsx, or export the sheet as CSV in UTF-8"
        ),
    },
    basis=citations.TOLD,
    statement="A sheet is text in a known encoding, or a workbook of a known form.",
    why="in a file of another format no cell can be recognized.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRef\\0uge;XA"),
)

sheet_too_large = _code(
    code="IM002",
    slug="sheet-too-large",
    severity=Severity.ERROR,
    message="the sheet exceeds a limit: {problem:phrase}",
    hint="split the sheet; if you trust the file, raise the limit",
    phrases={
        "bytes": "it has more than {limit} bytes",
        "rows": "it has more than {limit} rows",
        "columns": "it has more than {limit} columns",
        "cells": "it has more than {limit} cells",
        "characters": "it has more than {limit} characters in one cell",
        "inflated": "it unpacks to more than {limit} bytes",
        "merged-cells": "its merged cells reach over more than {limit} cells",
        "elements": "a row has more than {limit} elements",
        "texts": "it has more than {limit} texts",
        "merged-ranges": "it has more than {limit} merged ranges",
        "parts": "it has more than {limit} parts",
        "sheets": "it has more than {limit} sheets",
        "links": "it has more than {limit} links and comments",
        "elements-in-all": "its parts have more than {limit} elements",
        "elements-in-trees": "its styles, names and properties have more than {limit} elements",
        "longest": "a text or an element in it is longer than {limit} bytes",
    },
    basis=citations.HARMLESS,
    statement="A sheet keeps to the limits on rows, columns, cells, their length and the unpacked size of a workbook.",
    why="a file of a few kilobytes can fill all memory.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA\n… and 200,000 rows more"),
)

no_header_row = _code(
    code="IM003",
    slug="no-header-row",
    severity=Severity.ERROR,
    message="no column is recognized as the one with the names of the organizations or persons",
    hint="say which column holds the names, and which row the headers, if it is not the first one",
    basis=citations.NOTHING_LOST,
    statement="One of the first rows names the columns, and one column holds the names of organizations or persons.",
    why="only the header says what a cell means.",
    passes=("Organización;País\nRefugio;XA"),
    fails=("Refugio;XA\nEscuela;XB"),
)

row_without_organization = _code(
    code="IM004",
    slug="row-without-organization",
    severity=Severity.ERROR,
    message="row {row} names {what:phrase}; its cells are not imported ({cells})",
    hint="write the name into the row, or delete the row",
    phrases={"body": "no organization", "anybody": "neither an organization nor a person"},
    basis=citations.NOTHING_LOST,
    statement="Every row with content has the name of an organization, or of a person in a list of persons.",
    why="a record without a name cannot be told from others, and names are never invented.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\n;XA"),
)

formula_or_error_in_cell = _code(
    code="IM005",
    slug="formula-or-error-in-cell",
    severity=Severity.WARNING,
    message="{cell} holds {what:phrase}, which is not imported",
    hint="replace the content by its value: copy the cell and paste the value only",
    phrases={"formula": "a formula", "failed": "an error of the spreadsheet"},
    basis=citations.HARMLESS,
    statement="A cell holds a value, not a formula and not an error of the spreadsheet.",
    why="a formula is an instruction; running one from a stranger's sheet is how spreadsheets are attacked.",
    passes=("Name;City\nRefuge;Port"),
    fails=("Name;City\nRefuge;=cmd"),
)

column_without_header = _code(
    code="IM006",
    slug="column-without-header",
    severity=Severity.WARNING,
    message="column {letters} has no header; its cells are kept in the notes ({cells})",
    hint="give the column a header, or look for a delimiter too many in the row",
    basis=citations.NOTHING_LOST,
    statement="Every column with content has a header.",
    why=(
        "a row with more cells than headers often has a delimiter inside a value, and all its later cells are shifted."
    ),
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA;Port"),
)

unmapped_column = _code(
    code="IM007",
    slug="unmapped-column",
    severity=Severity.INFO,
    message="the column '{header}' has no field; its cells are kept in the notes ({cells})",
    hint="name a field for the column in a mapping, or 'note' if that is intended",
    basis=citations.NOTHING_LOST,
    statement="Every column goes to a field of the model, or to the notes because a mapping says so.",
    why="content in the notes is kept, but no rule, search or count sees it.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Colour of the door\nRefuge;green"),
)

cell_not_understood = _code(
    code="IM008",
    slug="cell-not-understood",
    severity=Severity.WARNING,
    message="expected {wanted:phrase} in {cell}, column '{header}'; the content is kept in the notes",
    hint="{remedy:phrase}",
    phrases={
        "one-organization": "the name of one other organization of the list or the register",
        "write-name-of-row": "write the name as that organization's own row or record has it",
        "region": "a region",
        "audience": "an audience",
        "basis": "a basis of consent",
        "consent": "a consent that was given",
        "nothing-to-do": "nothing needs to be done: no consent was given, and none is recorded",
        "consent-in-full": "a consent of which audience and basis are known",
        "add-audience-and-basis": "give the audience (public, members, internal) and the basis (written, form, oral), in columns or for the whole list",
        "part-of-consent": "a whole consent, not a part of one",
        "add-purpose": "name the purpose of the consent in a column of its own",
        "address": "an address",
        "choices": "some of the known values",
        "countries": "names of countries",
        "country": "the name of one country",
        "date": "a date",
        "email": "an e-mail address",
        "flag": "a flag",
        "gender": "a gender",
        "gender-of-one": "the gender of one person who is named",
        "consent-of-one": "the consent of one person who is named",
        "id": "the id of a record",
        "identifier": "an identifier with right check digits",
        "kind": "a kind of organization",
        "language": "a language",
        "last-day": "a last day that agrees with the rest of the row",
        "link": "a web address",
        "member-class": "a class of membership",
        "member-role": "a role of a member",
        "name": "a name",
        "phone": "a telephone number",
        "post": "a post",
        "post-in-body": "the post of a person whose organization is named",
        "contact-of-one": "how to reach one person who is named",
        "attendance": "that the person attended the event",
        "one-event": "the name or id of one event of the register",
        "post-of-one": "the post of a person who is named",
        "standing": "how the membership stands",
        "standing-of-member": "the status of a member",
        "standing-on-record": "that the membership runs or has ended",
        "text": "text",
        "theme": "a theme",
        "tool": "an engagement tool",
        "town": "a town",
        "yes-or-no": "yes or no",
        "whole-number": "a whole number",
        "decimal": "a number such as 12.50",
        "moment": "a moment with its offset",
        "correct": "correct the cell, or map its column to 'note'",
        "correct-days": "correct the first day, the last day, or whether the member is active",
        "name-as-many": "name as many persons as there are values, in the same order",
        "write-address-of-page": "write the web address of the page, such as https://www.example.org/name",
        "name-body": "name the organization in the row",
        "no-participant": "nothing needs to be done: an event has a place for who attended, none for who registered",
        "write-event": "write the name as the event's record has it",
        "not-a-member": "nothing needs to be done: whoever applied or was refused is no member, and none is recorded",
        "suspended": "nothing needs to be done: it is left open whether a suspended membership has ended",
        "write-standing": "write active, suspended or former, with the day if it is known",
        "number-of-person": "nothing needs to be done: a person's number is no identifier of an organization",
        "write-all-digits": "a spreadsheet cut the number: write it as text, with all its digits",
        "format-as-date": (
            "a spreadsheet counts days so, and means {day} in the first cell: show it as a date, and export the sheet again"
        ),
        "part-of-country": "nothing needs to be done: the country that it is a part of is taken, and what is written is kept",
        "write-at-sign": "write the address with the sign @ in it",
        "write-countries": "write the names in English, Spanish, French or Portuguese",
        "write-date": "write 2022, 2022-03 or 2022-03-28, or state the order of day, month and year",
        "write-name-or-code": "write the name in English, Spanish, French or Portuguese, or the code",
        "name-one": "name one person per row",
        "write-id": "write an id in small letters, digits and hyphens",
        "write-one": "write one of: {choices}",
        "write-some": "write some of: {choices}",
        "write-without-blank": "remove the space from the address",
        "write-yes-or-no": "write yes or no, sí or no, sim or não, oui or non",
    },
    basis=citations.NOTHING_LOST,
    statement="The whole content of a cell fits its column.",
    why="a value that is only kept in the notes is missing from every list and count.",
    passes=("Name;Country\nRefuge;Brasil"),
    fails=("Name;Country\nRefuge;Atlantis"),
)

ambiguous_date = _code(
    code="IM009",
    slug="ambiguous-date",
    severity=Severity.WARNING,
    message="{cell} in the column '{header}' can be read as two different days; it is kept in the notes",
    hint="state the order of day, month and year in the dates of the list",
    basis=citations.NOTHING_LOST,
    statement="A local date can be read in one way only, or the order of its parts is given.",
    why="03/04/2022 is 3 April to one reader and 4 March to another, and no sheet says which.",
    passes=("Name;Founded\nRefuge;28/03/2022"),
    fails=("Name;Founded\nRefuge;03/04/2022"),
)

mixed_date_orders = _code(
    code="IM027",
    slug="mixed-date-orders",
    severity=Severity.WARNING,
    message=(
        "in the column '{header}' some dates have the day first, and others the month; those that can be read as two "
        "different days are kept in the notes"
    ),
    hint="find out who wrote which dates, and write them as 2022-03-28",
    basis=citations.NOTHING_LOST,
    statement="All dates of a column have day and month in the same order.",
    why="where both orders occur, several people or programs wrote the column, and no date of it can be trusted alone.",
    passes=("Name;Founded\nRefuge;28/03/2022\nSchool;30/04/2021"),
    fails=("Name;Founded\nRefuge;28/03/2022\nSchool;04/30/2021"),
)

assumption_made = _code(
    code="IM010",
    slug="assumption-made",
    severity=Severity.INFO,
    message="{place}: {guess:phrase}",
    hint="check whether that is right; a mapping can settle it",
    phrases={
        "account": "the web address is made of the name of the account, since the header names the service",
        "address-in-text": "an address is taken out of other text",
        "signs-in-words": "words for the signs of an address are read as the signs",
        "code-page": "the file is not UTF-8; it is read as {encoding}",
        "comma": "the comma is taken as the separator of the columns",
        "delimiter": "the character '{mark}' is taken as the separator of the columns",
        "family-name-first": "the family name stands before the comma; the given name is put before it",
        "individual": "the row is about an individual member; it becomes a person and no organization",
        "person-without-body": "the row names a person and no organization; the person is taken as one without",
        "personal-body": "the organization reads like the name of a person; no organization is made of it",
        "personal-name": "the name reads like that of a person; the row becomes a person and no organization",
        "same-name": "organization and person have the same name; the row becomes a person and no organization",
        "hidden-sheet": "the sheet is hidden; it is read, since no other has content",
        "sheet": "this sheet is taken as the one that holds the list",
        "header-row": "this row is taken as the one that names the columns",
        "dates-dmy": "in the dates of this column the day is read before the month, since some can be read in no other way",
        "dates-mdy": "in the dates of this column the month is read before the day, since some can be read in no other way",
        "id-taken": "the id that the name gives is already in use; the row is taken as another body, '{id}'",
        "language": "the names are read as names in the language '{language}'",
        "merged-across": "the cells are merged; their header is taken for each of its columns",
        "merged-down": "the cells are merged; their value is taken for each of its rows",
        "national-number": "form and check digits tell which number it is",
        "no-scheme": "the address has no scheme; https:// is put before it",
        "organization": "the name is taken for the organization '{id}'",
        "not-one-persons": "the value cannot be assigned to one person; it is taken as that of the organization",
        "quotes": "the quotes do not balance; the text is taken as it stands, up to the next delimiter",
        "same-place": "each value is taken for that of the person in the same place",
        "semicolon": "the semicolon is taken as the separator of the columns",
        "several-persons": "the value is taken as the names of several persons",
        "tab": "the tab is taken as the separator of the columns",
        "time-left-out": "only the day is taken, not the time behind it",
        "words-beside-number": "only the telephone number is taken, not the words beside it",
        "windows": "the file is not UTF-8; it is read as Windows-1252 (cp1252)",
    },
    basis=citations.NOTHING_LOST,
    statement="Every conclusion that the importer draws is either certain or reported.",
    why="a guess that nobody hears of becomes a fact.",
    passes=("Name;Website\nRefuge;https://example.org/"),
    fails=("Name;Website\nRefuge;www.example.org"),
)

second_value_for_field = _code(
    code="IM011",
    slug="second-value-for-field",
    severity=Severity.WARNING,
    message="{cell} in the column '{header}' gives a second value for one field; it is kept in the notes",
    hint="choose one of the two, or map one column to 'note'",
    basis=citations.NOTHING_LOST,
    statement="A field that takes one value is given only one.",
    why="only the keeper of the list knows which of two values is right.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country;Country\nRefuge;XA;XB"),
)

row_not_a_member = _code(
    code="IM012",
    slug="row-not-a-member",
    severity=Severity.INFO,
    message="row {row} {what:phrase} and is not imported",
    hint="delete the row, or leave it",
    phrases={
        "above": "is above the headers",
        "repeated": "repeats the headers",
        "tags": "holds tags of the columns",
        "total": "holds a total",
        "remark": "holds a source or a remark",
    },
    basis=citations.NOTHING_LOST,
    statement="A row is about a member: no title above the header, no repeated header, no total, source or remark.",
    why=(
        "titles, totals and repeated headers are for readers on paper; as records they would be members that do not exist."
    ),
    passes=("Name;Country\nRefuge;XA"),
    fails=("Members of the network\nName;Country\nRefuge;XA"),
)

column_left_out = _code(
    code="IM013",
    slug="column-left-out",
    severity=Severity.INFO,
    message="the column '{header}' is left out, as the mapping says ({cells})",
    hint="map the column to 'note' to keep it",
    basis=citations.NOTHING_LOST,
    statement="No column is left out.",
    why="readers of the register should know that the list said more.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Internal remark, which the mapping says to ignore\nRefuge;green"),
)

mapped_column_missing = _code(
    code="IM014",
    slug="mapped-column-missing",
    severity=Severity.WARNING,
    message="the mapping names the column '{header}', which the sheet does not have",
    hint="check the spelling of the header, or remove it from the mapping",
    basis=citations.NOTHING_LOST,
    statement="Every column that a mapping names is in the sheet.",
    why="a header that was changed would otherwise empty a field without a word.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Land, where the mapping names 'Country'\nRefuge;XA"),
)

sheet_not_imported = _code(
    code="IM015",
    slug="sheet-not-imported",
    severity=Severity.WARNING,
    message="the sheet '{sheet}' of the workbook is not imported",
    hint="import this sheet too, by its name",
    basis=citations.NOTHING_LOST,
    statement="Every sheet of a workbook that has content is imported.",
    why="members on a second sheet are easily forgotten.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Members!A1: Name\nMembers!A2: Refuge\nLeft members!A1: Name"),
)

doubtful_encoding = _code(
    code="IM021",
    slug="doubtful-encoding",
    severity=Severity.WARNING,
    message="the file is read as {encoding}, and may be another encoding: {doubt:phrase}; see {place}",
    hint="state the encoding in which the file was saved, or export the sheet again as CSV in UTF-8",
    phrases={
        "no-words": (
            "its letters form no words of the languages of the import; chardet, where it is installed, knows more"
        ),
        "other-letters": "chardet, which guesses encodings, says so",
        "twice": "it has letters that come of saving UTF-8 twice",
    },
    basis=citations.NOTHING_LOST,
    statement="A sheet is UTF-8, or the letters of an older code page form words.",
    why="names that are read with wrong letters look like names, and nobody finds them again.",
    passes=("Name;Country\nÑandú;XA"),
    fails=("Name;Country\nRefugio Ã±andÃº;XA"),
)

assumed_section = _code(
    code="IM022",
    slug="assumed-section",
    severity=Severity.INFO,
    message="{place} is taken as the heading of a section; it is kept as {what:phrase} of each row below ({number})",
    hint="check whether that is right; write what the heading says into a column of its own",
    phrases={"country": "the country", "note": "a note"},
    basis=citations.NOTHING_LOST,
    statement="What holds of several rows stands in a column, not in a row above them.",
    why="a heading between the rows looks like one member more.",
    passes=("Name;Email\nRefuge;info@refuge.example.org"),
    fails=("Name;Email\nBRASIL\nRefuge;info@refuge.example.org"),
)

row_set_aside = _code(
    code="IM023",
    slug="row-set-aside",
    severity=Severity.WARNING,
    message="row {row} {what:phrase} and is not imported ({cells:cell|cells})",
    hint="write the row without the line if it is about a member; to read another table, name the row of its headers",
    phrases={
        "struck": "is struck out",
        "table": "begins another table, which reaches to the end of the sheet,",
    },
    basis=citations.NOTHING_LOST,
    statement="No row is struck out, and a sheet holds one table.",
    why="whoever is struck out has mostly left, and another table has other columns: only the keeper of the list knows.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA\n\nName;City;Country\nAssembly;Port;XB"),
)

rows_are_hidden = _code(
    code="IM024",
    slug="rows-are-hidden",
    severity=Severity.WARNING,
    message="the sheet has hidden rows, which are imported ({number:row|rows})",
    hint="show the rows in a spreadsheet program, and delete those that are not meant",
    basis=citations.NOTHING_LOST,
    statement="No row with content is hidden.",
    why="rows are hidden by filters that somebody left on, and also because they hold what nobody is to see.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA, in a row that is hidden"),
)

membership_without_network = _code(
    code="IM016",
    slug="membership-without-network",
    severity=Severity.WARNING,
    message=(
        "the column '{header}' is about membership, but no network is given; its cells are kept in the notes ({cells})"
    ),
    hint="name the network by its id",
    basis=citations.NOTHING_LOST,
    statement="Columns on membership belong to a network that is given.",
    why="a membership is in one network, and the sheet does not name it by its id.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Member since\nRefuge;2022"),
)

assumed_column_meaning = _code(
    code="IM017",
    slug="assumed-column-meaning",
    severity=Severity.INFO,
    message="the column '{header}' is read as {field}: {reason:phrase}",
    hint="check whether that is right; a mapping can settle it",
    phrases={
        "header": "its header says so",
        "both": "its header says so, and its cells agree",
        "cells": "its cells say so",
        "half-known": "its header may say so, and no other column names anybody",
        "parts-of-names": "the other part of the name has a column of its own",
        "behind-person": "the column stands behind that of a person, and its addresses are not those of an office",
        "names-in-addresses": "the addresses have names of persons of their rows in them",
    },
    basis=citations.NOTHING_LOST,
    statement="The meaning of a column is given by a mapping, or by a header that is itself the name of a field.",
    why="a header is recognized by its words, and one word can mean different things in different lists.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Sede\nRefuge;XA"),
)

cells_hold_more = _code(
    code="IM018",
    slug="cells-hold-more",
    severity=Severity.WARNING,
    message="column {letters} has {what:phrase} ({number:cell|cells})",
    hint="look whether they say who left, or where somebody is found; write that into a column of its own",
    phrases={
        "links-kept": "links to addresses that its cells do not show; they are kept in its field or in the notes",
        "links-left": "links that are not imported",
        "comments-kept": "comments, which are kept in the notes",
        "comments-left": "comments that are not imported",
        "struck": "text that is struck out, which is read as any other",
    },
    basis=citations.NOTHING_LOST,
    statement="The cells of a workbook have no comments, no links to addresses that they do not show, no struck text.",
    why="people write into comments who left, strike out what is over, and hide addresses behind names.",
    passes=("Name;Website\nRefuge;https://refuge.example.org"),
    fails=("Name\nRefuge (with a link to https://refuge.example.org)"),
)

doubtful_column = _code(
    code="IM019",
    slug="doubtful-column",
    severity=Severity.WARNING,
    message="the column '{header}' is not read as {field}: {doubt:phrase}; its cells are kept in the notes ({cells})",
    hint="name a field for the column in a mapping, or 'note' if that is intended",
    phrases={
        "another-column": "another column says more surely that it is that",
        "whose": "its addresses may be those of persons",
        "whose-number": "the column behind a person may hold the numbers of that person's papers",
        "header-alone": "its header may mean something else too, and no cell bears it out",
        "cells-none": "none of its cells is understood as that",
        "cells-yes-or-no": "its cells hold yes and no",
        "cells-email": "its cells hold e-mail addresses",
        "cells-link": "its cells hold web addresses",
        "cells-date": "its cells hold dates",
        "cells-time": "its cells hold times of day",
        "cells-year": "its cells hold years",
        "cells-phone": "its cells hold telephone numbers",
        "cells-number": "its cells hold numbers",
        "cells-long": "its cells hold long texts",
    },
    basis=citations.NOTHING_LOST,
    statement="The cells of a column are what its header says, and no other column is the same.",
    why="a wrong guess puts something false into many records at once, and only the keeper of the list can tell.",
    passes=("Name;Country\nRefuge;Brasil\nSchool;Peru"),
    fails=("Name;Country\nRefuge;info@refuge.example.org\nSchool;info@school.example.org"),
)

assumed_list_kind = _code(
    code="IM020",
    slug="assumed-list-kind",
    severity=Severity.INFO,
    message="each row is read as {kind:phrase}: {reason:phrase}",
    hint="check whether that is right; a mapping can say what the list is of",
    phrases={
        "organizations": "an organization",
        "contacts": "a contact person of an organization",
        "persons": "a person",
        "participants": "a participant of an event",
        "affiliation": "the organization has a column beside the name",
        "bodies": "columns are about organizations",
        "body-columns": "both have columns of their own",
        "cells-bodies": "the names are those of organizations",
        "cells-persons": "the names are those of persons",
        "contacts-beside": "contact persons have columns of their own",
        "event": "columns are about an event",
        "mailboxes": "the e-mail addresses are those of organizations",
        "no-sign": "that is how lists mostly are, and nothing says it of this one",
        "person-names": "columns hold names of persons",
        "posts": "columns hold posts of persons",
        "private": "columns hold what only persons have",
        "repeated": "organizations have several rows",
        "unsure": "nothing says that the names are those of organizations, and a person is not to be taken for one",
    },
    basis=citations.NOTHING_LOST,
    statement="A mapping says what a list is of, unless it is a list of organizations.",
    why="a person taken for an organization would be public.",
    passes=("Name;Country\nRefuge;Brasil"),
    fails=("First name;Last name;Organization\nAna;Ejemplo;Refuge"),
)

listed_with_persons_alone = _code(
    code="IM025",
    slug="listed-with-persons-alone",
    severity=Severity.INFO,
    message="{number:organization is|organizations are} named by lists of persons alone, and not shown to the public or to members",
    hint="to show an organization, cite a source that is about it, or record that it agreed to be published",
    basis=citations.PEOPLE_FIRST,
    statement="An organization that a list of persons names is named by a source of another kind too.",
    why="who stands in an address book, or came to an event, did not ask that their organization be listed.",
    passes=("Name;Country\nRefuge;Brasil"),
    fails=("First name;Last name;Organization\nAna;Ejemplo;Refuge"),
)

attendance_without_event = _code(
    code="IM028",
    slug="attendance-without-event",
    severity=Severity.WARNING,
    message="{what:phrase}; nobody is recorded as having attended, and what the list says of that is kept in the notes",
    hint="name the event by its id, and with a name and a date where the register does not have the event yet",
    phrases={"unknown": "the register has no event '{id}'", "unnamed": "no event is given"},
    basis=citations.NOTHING_LOST,
    statement="A list of participants is of an event that the register has, or that is named together with the list.",
    why="who took part is kept with the event, and an event is not made up of a list of names.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("First name;Last name;Ticket type\nAna;Ejemplo;free"),
)

withheld_own_field_not_kept = _code(
    code="IM029",
    slug="withheld-own-field-not-kept",
    severity=Severity.WARNING,
    message="{cell} in the column '{header}' does not fit its own field, which is personal or at risk; the register does not keep what the cell says",
    hint="correct the cell as the field is declared, with one value where it takes one, and import the list again",
    basis=citations.PEOPLE_FIRST,
    statement="A cell for a personal or at-risk own field fits the field.",
    why="notes are seen by more people than such a field, so what does not fit stays in the list alone.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;extra.coalition.treasurer\nRefuge, with what is no value of that field"),
)

missing_from_list = _code(
    code="IM030",
    slug="missing-from-list",
    severity=Severity.WARNING,
    message="'{id}' was imported from this list but is no longer on it; the record stays unchanged",
    hint="if the member left, give the membership a last day; if the name changed, merge the two records",
    basis=citations.NOTHING_LOST,
    statement="What the register has from a list is still on that list when it is imported again.",
    why=("a missing row can mean that a member left, was renamed or was forgotten, and only people know which."),
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge, which an earlier list of the same name had, is missing"),
)

findings_not_shown = _code(
    code="IM031",
    slug="findings-not-shown",
    severity=Severity.INFO,
    message="{number:more finding is|more findings are} not shown",
    hint="correct what is shown, and import the list again",
    basis=citations.HARMLESS,
    statement="The findings on a list are few enough to be shown one by one.",
    why="when every row has the same mistake the first findings tell enough, and all of them would fill the memory.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;Atlantis, and so on in ten thousand rows"),
)

__all__ = ["UNIMPORTABLE"]
UNIMPORTABLE = frozenset(rule.code for rule in (unreadable_sheet, sheet_too_large, no_header_row))
"""The codes of findings after which nothing of the sheet is imported."""
