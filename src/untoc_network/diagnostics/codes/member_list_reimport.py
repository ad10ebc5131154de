"""IM: what holds between a list that is imported again and the register that others worked on since."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

kept_register_value = _code(
    code="IM032",
    slug="kept-register-value",
    severity=Severity.INFO,
    message="{place}: the field '{field:field}' of '{id}' differs from the list and stays unchanged",
    hint="nothing needs to be done if the register is right; otherwise change the record by hand",
    basis=citations.AGREEMENT,
    statement="The register holds what a list still says.",
    why=(
        "a list that has not changed does not undo what people changed in the register since; the keeper of the "
        "list should know."
    ),
    passes=("Name;City\nRefuge;Port"),
    fails=("Name;City\nRefuge;Port, and somebody wrote another town into the register since"),
)

list_register_conflict = _code(
    code="IM033",
    slug="list-register-conflict",
    severity=Severity.WARNING,
    message="{place}: {what:phrase} ('{id}', {field:field}); the register stays unchanged",
    hint="find out which of the two is right, and change the record or the list",
    phrases={
        "changed": "the value was changed both in the list and in the register",
        "said": "the list contradicts the register",
        "gone": "the list no longer has the value, which was changed in the register",
    },
    basis=citations.AGREEMENT,
    statement="New content of a list does not contradict what others decided in the register.",
    why="only people know which of the two is right; until they decide, nobody's work is undone.",
    passes=("Name;Founded\nRefuge;1999"),
    fails=("Name;Founded\nRefuge;1999, and the register, which never had it from this list, has 2001"),
)

unconfirmed_consent = _code(
    code="IM034",
    slug="unconfirmed-consent",
    severity=Severity.WARNING,
    message=(
        "{place}: the list states a consent of '{id}' to {purpose:label}; it is not in force, since another answer to this is "
        "recorded already, or a risk that the list does not name"
    ),
    hint=(
        "check whether the consent was really given; if so, record it by hand, or accept the consents of the "
        "list when importing"
    ),
    basis=citations.PEOPLE_FIRST,
    statement="A list gives a consent only for a purpose for which no answer was ever recorded.",
    why=("a list that is sent each month does not know who withdrew a consent, narrowed it or let it expire."),
    passes=("Name;Consent to publish;Consent scope;Consent basis\nRefuge;yes;public;form"),
    fails=(
        "Name;Consent to publish;Consent scope;Consent basis\n"
        "Refuge;yes;public;form, and the register has it as withdrawn"
    ),
)

wider_audience = _code(
    code="IM035",
    slug="wider-audience",
    severity=Severity.INFO,
    message=(
        "{place}: the consent to {purpose:label} on the list allows '{id}' to be shown to the audience "
        "'{audience:label}'"
    ),
    hint="check before publishing anything that this is intended",
    basis=citations.PEOPLE_FIRST,
    statement="No import makes a record visible to a wider audience.",
    why="whoever imports a list should see by name whom it makes visible, before anything is published.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Consent to publish;Consent scope;Consent basis\nRefuge;yes;public;form"),
)

consent_missing_from_list = _code(
    code="IM036",
    slug="consent-missing-from-list",
    severity=Severity.WARNING,
    message=(
        "{place}: the list no longer states the consent of '{id}' to {purpose:label}; the consent is treated "
        "as withdrawn"
    ),
    hint="record the day of the withdrawal",
    basis=citations.PEOPLE_FIRST,
    statement="A consent that a list gave is still on the list when it is imported again.",
    why="a missing yes may be a withdrawal; until somebody knows, nobody is shown on account of it.",
    passes=("Name;Consent to publish;Consent scope;Consent basis\nRefuge;yes;public;form"),
    fails=("Name;Consent to publish;Consent scope;Consent basis\nRefuge;;;, where the list said yes before"),
)

details_of_body_at_risk = _code(
    code="IM037",
    slug="details-of-body-at-risk",
    severity=Severity.WARNING,
    message="{place}: the field '{field:field}' is not imported, because '{id}' is at risk",
    hint="remove the value from the list; of a body at risk only the country is kept",
    basis=citations.PEOPLE_FIRST,
    statement=(
        "Of a body at risk a list gives only the country: no town, no address, no contact, no link, no identifier."
    ),
    why="shelters and groups under threat are found through such entries.",
    passes=("Name;Country;At risk\nShelter;XA;yes"),
    fails=("Name;Country;City;At risk\nShelter;XA;Port;yes"),
)

erased_person_on_list = _code(
    code="IM038",
    slug="erased-person-on-list",
    severity=Severity.WARNING,
    message="{place}: {what:phrase}; the entry is not imported",
    hint="{remedy:phrase}",
    phrases={
        "sure": "the entry is about a person who was erased ('{id}')",
        "maybe": "the entry may be about a person who was erased ('{id}'): name and organization are the same",
        "take-out": "remove the person from the list",
        "look": "if this is the same person, remove the entry from the list; if not, enter the person by hand",
    },
    basis=citations.PEOPLE_FIRST,
    statement="A list names nobody who was erased from the register.",
    why=("a person who asked to be forgotten comes back with the next list, unless its keepers remove the entry."),
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Contact;Contact email\nRefuge;P Uno, who was erased from the register;uno@example.org"),
)

removed_record_on_list = _code(
    code="IM039",
    slug="removed-record-on-list",
    severity=Severity.WARNING,
    message="{place}: '{id}' was removed from the register and is still on the list; the entry is not imported",
    hint="remove the entry from the list; if the record is to come back, enter it by hand",
    basis=citations.PEOPLE_FIRST,
    statement="A record that somebody removed from the register is no longer on the list.",
    why="the record was removed for a reason, which the list does not know.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA, which was imported before and deleted from the register"),
)

ambiguous_list_entry = _code(
    code="IM040",
    slug="ambiguous-list-entry",
    severity=Severity.WARNING,
    message=(
        "{place}: the entry may be about {candidates}; because that is not certain, it becomes a new record, '{id}'"
    ),
    hint="check whether two of these records are about the same organization or person, and if so merge them",
    basis=citations.IDENTITY,
    statement="It is certain to which record an entry of a list belongs.",
    why="a wrong guess gives one body the consents, memberships and history of another.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA, and the register has two of that name in XA"),
)

renamed_list = _code(
    code="IM041",
    slug="renamed-list",
    severity=Severity.WARNING,
    message=(
        "the list '{name}' has the headers and most of the entries of the list '{other}', but is imported as "
        "another list"
    ),
    hint="if it is the same list, import it again under the name '{other}'",
    basis=citations.IDENTITY,
    statement="A list has the same name whenever it is imported.",
    why="only then is it known what the list said before, and who is missing from it now.",
    passes=("Name;Country\nRefuge;XA"),
    fails=("Name;Country\nRefuge;XA, imported before from a file of quite another name"),
)

outdated_entry = _code(
    code="IM042",
    slug="outdated-entry",
    severity=Severity.WARNING,
    message=(
        "{place}: version {sequence} of '{id}' is older than version {last}, which was imported before; "
        "the entry is not imported"
    ),
    hint="look for the newer calendar",
    basis=citations.TIME,
    statement="An entry is at least as new as the one that was imported last.",
    why="an older copy would undo what was changed or cancelled since.",
    passes=("Name;Country\nRefuge;XA"),
    fails="an entry of a calendar with a lower SEQUENCE than the one imported before",
)

duplicate_row_key = _code(
    code="IM043",
    slug="duplicate-row-key",
    severity=Severity.WARNING,
    message="{place}: rows with different names have the same key; they are recognized by their names instead",
    hint="give each row a key of its own",
    basis=citations.IDENTITY,
    statement="The key by which a list knows its rows is different in each row.",
    why="rows with the same key would become one record.",
    passes=("Number;Name\n1;Refuge\n2;School"),
    fails=("Number;Name\n1;Refuge\n1;School, where a mapping names Number as the key"),
)
