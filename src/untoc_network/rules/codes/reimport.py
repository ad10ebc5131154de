"""IM: what holds between a list that is imported again and the register that others worked on since."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.rule import reader_rule


@reader_rule(
    "IM032",
    severity=Severity.INFO,
    says="{place}: '{id}' has something else than the list in {field}, and stays as it is",
    hint="nothing is to be done where the register is right; else change the record by hand",
    basis=bases.AGREEMENT,
)
def register_says_what_the_list_says() -> None:
    """What a list says again is what the register has.

    Why: a list that says what it said before undoes nothing that people changed since; who keeps the list should know.

    Passes:
        Name;City
        Refuge;Port

    Fails:
        Name;City
        Refuge;Port, and somebody wrote another town into the register since
    """


@reader_rule(
    "IM033",
    severity=Severity.WARNING,
    says="{place}: {what:phrase} ('{id}', {field}); the register stays as it is",
    hint="look which of the two is right, and change the record or the list",
    phrases={
        "changed": "the list has changed this, and so has somebody in the register",
        "said": "the list contradicts the register",
        "gone": "the list no longer has this, and somebody has changed it in the register",
    },
    basis=bases.AGREEMENT,
)
def list_and_register_agree() -> None:
    """What a list says anew does not contradict what others decided in the register.

    Why: which of the two is right only people know; until they decide, nobody's work is undone.

    Passes:
        Name;Founded
        Refuge;1999

    Fails:
        Name;Founded
        Refuge;1999, and the register, which never had it from this list, has 2001
    """


@reader_rule(
    "IM034",
    severity=Severity.WARNING,
    says="{place}: the list gives a consent of '{id}' to {purpose:label}, for which another is on record; it is not in force",
    hint="look whether it was really given; then write it into the record, or import with consents accepted",
    basis=bases.PEOPLE_FIRST,
)
def consent_is_taken_by_a_person() -> None:
    """A list gives a consent only to a purpose for which none was ever recorded.

    Why: a list that is sent each month knows nothing of who took a consent back, narrowed it or let it expire.

    Passes:
        Name;Consent to publish;Consent scope;Consent basis
        Refuge;yes;public;form

    Fails:
        Name;Consent to publish;Consent scope;Consent basis
        Refuge;yes;public;form, and the register has it as withdrawn
    """


@reader_rule(
    "IM035",
    severity=Severity.INFO,
    says="{place}: by the consent to {purpose:label} that the list gives, '{id}' can be shown to the audience '{audience:label}'",
    hint="look whether that is meant before anything is published",
    basis=bases.PEOPLE_FIRST,
)
def audience_stays_the_same() -> None:
    """No record becomes visible to a wider audience by an import.

    Why: who brings in a list should see by name whom it shows, before it is done.

    Passes:
        Name;Country
        Refuge;XA

    Fails:
        Name;Consent to publish;Consent scope;Consent basis
        Refuge;yes;public;form
    """


@reader_rule(
    "IM036",
    severity=Severity.WARNING,
    says="{place}: the list no longer gives the consent of '{id}' to {purpose:label}; it is taken as withdrawn",
    hint="write the day of the withdrawal into the record",
    basis=bases.PEOPLE_FIRST,
)
def consent_is_given_still() -> None:
    """A consent that a list gave is given by it when it is imported again.

    Why: a yes that is gone may be a withdrawal; until somebody knows, nobody is shown by it.

    Passes:
        Name;Consent to publish;Consent scope;Consent basis
        Refuge;yes;public;form

    Fails:
        Name;Consent to publish;Consent scope;Consent basis
        Refuge;;;, where the list said yes before
    """


@reader_rule(
    "IM037",
    severity=Severity.WARNING,
    says="{place}: '{id}' is at risk; this is not imported ({field})",
    hint="take it out of the list; of a body at risk no more than the country is kept",
    basis=bases.PEOPLE_FIRST,
)
def body_at_risk_stays_hidden() -> None:
    """Of a body at risk a list says no more than the country: no town, no address, no contact, no link, no identifier.

    Why: shelters and groups under threat are found through such entries.

    Passes:
        Name;Country;At risk
        Shelter;XA;yes

    Fails:
        Name;Country;City;At risk
        Shelter;XA;Port;yes
    """


@reader_rule(
    "IM038",
    severity=Severity.WARNING,
    says="{place}: {what:phrase}; it is not imported",
    hint="{remedy:phrase}",
    phrases={
        "sure": "this is of a person who was erased ('{id}')",
        "maybe": "this may be a person who was erased ('{id}'): name and organization are the same",
        "take-out": "take the person out of the list",
        "look": "if it is the same person, take them out of the list; if it is another, enter them by hand",
    },
    basis=bases.PEOPLE_FIRST,
)
def erased_person_stays_out() -> None:
    """A list names nobody who was erased from the register.

    Why: who asked to be forgotten comes back with the next list, unless those who keep the list take them out of it.

    Passes:
        Name;Country
        Refuge;XA

    Fails:
        Name;Contact;Contact email
        Refuge;P Uno, who was erased from the register;uno@example.org
    """


@reader_rule(
    "IM039",
    severity=Severity.WARNING,
    says="{place}: '{id}' was taken out of the register and is still on the list; it is not imported",
    hint="take it off the list; if it is to come back, enter it by hand",
    basis=bases.PEOPLE_FIRST,
)
def record_taken_out_is_off_the_list() -> None:
    """What somebody took out of the register is not on the list any more.

    Why: it was taken out for a reason, and a list does not know of it.

    Passes:
        Name;Country
        Refuge;XA

    Fails:
        Name;Country
        Refuge;XA, which was imported before and deleted from the register
    """


@reader_rule(
    "IM040",
    severity=Severity.WARNING,
    says="{place}: this may be {candidates}, and nobody can tell; it is taken for a new record, '{id}'",
    hint="look whether two records are one, and merge them",
    basis=bases.IDENTITY,
)
def entry_has_one_record() -> None:
    """It is certain which record an entry of a list is about.

    Why: a wrong guess gives one body the consents, memberships and history of another.

    Passes:
        Name;Country
        Refuge;XA

    Fails:
        Name;Country
        Refuge;XA, and the register has two of that name in XA
    """


@reader_rule(
    "IM041",
    severity=Severity.WARNING,
    says="the list '{name}' has the headers and most of the entries of the list '{other}'; it is imported as another list",
    hint="if it is the same list, give it that name, and import it again",
    basis=bases.IDENTITY,
)
def list_has_one_name() -> None:
    """A list has the same name whenever it is imported.

    Why: only then is it known what it said before, and who is gone from it.

    Passes:
        Name;Country
        Refuge;XA

    Fails:
        Name;Country
        Refuge;XA, imported before from a file of quite another name
    """


@reader_rule(
    "IM042",
    severity=Severity.WARNING,
    says="{place}: '{id}' is of version {sequence}, and version {last} was imported before; it is not imported",
    hint="look for the newer calendar",
    basis=bases.TIME,
)
def entry_is_the_newest() -> None:
    """An entry is at least as new as the one that was imported last.

    Why: an older copy would undo what was changed or cancelled since.

    Passes:
        Name;Country
        Refuge;XA

    Fails:
        an entry of a calendar with a lower SEQUENCE than the one imported before
    """


@reader_rule(
    "IM043",
    severity=Severity.WARNING,
    says="{place}: other rows of another name have this key too; these rows are known by their names",
    hint="give each row a key of its own",
    basis=bases.IDENTITY,
)
def key_is_of_one_row() -> None:
    """The key by which a list knows its rows is of one row each.

    Why: rows with one key would become one record.

    Passes:
        Number;Name
        1;Refuge
        2;School

    Fails:
        Number;Name
        1;Refuge
        1;School, where a mapping names Number as the key
    """
