"""PO: what a Popolo document must be like to be read into a register. The reader holds these rules while it reads."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.rule import reader_rule


@reader_rule(
    "PO001",
    says="this is not an object, and is not imported",
    hint="each list holds objects: {{…}}",
    basis=bases.TOLD,
)
def item_is_an_object() -> None:
    """A Popolo document is an object of lists, and each item of a list an object.

    Why: of anything else nobody can say what it is about.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}]}

    Fails:
        {"organizations": ["NGO of XA"]}
    """


@reader_rule(
    "PO002",
    says="it has no name, and is not imported",
    hint='add "name"',
    basis=bases.NOTHING_LOST,
)
def item_has_a_name() -> None:
    """An organization, a person and an event have a name.

    Why: a record without a name cannot be told from others, and no name is ever invented.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo"}]}
    """


@reader_rule(
    "PO003",
    severity=Severity.WARNING,
    says="the list '{name}' is not imported ({number})",
    hint="organizations, persons, memberships, posts, areas and events are",
    basis=bases.NOTHING_LOST,
)
def list_has_its_place() -> None:
    """Every list is of a class that a register has.

    Why: motions and votes are about parliaments; who expects them here should know that they are missing.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}]}

    Fails:
        {"motions": [{"id": "motion-1", "text": "That it be adopted"}]}
    """


@reader_rule(
    "PO004",
    severity=Severity.WARNING,
    says="'{name}' is not understood; it is kept in the notes",
    hint="dates are 2022, 2022-03 or 2022-03-28; classifications, roles and statuses are words of the register's own",
    basis=bases.NOTHING_LOST,
)
def value_is_understood_in_popolo() -> None:
    """A value is what its member is for: a date, a kind, a role, a status, an address.

    Why: a value that is only kept in the notes is missing from every list and count.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": "NGO of XA", "founding_date": "1999"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": "NGO of XA", "founding_date": "about 1999"}]}
    """


@reader_rule(
    "PO005",
    severity=Severity.WARNING,
    says="'{name}' names a record that the document does not hold; it is left out",
    hint="add the record, or correct the id",
    basis=bases.NOTHING_LOST,
)
def reference_leads_somewhere() -> None:
    """What an id names is in the document.

    Why: a register keeps no tie that leads nowhere.

    Passes:
        {"organizations": [{"id": "xa-net", "name": "Network of XA", "classification": "regional"}, {"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-net"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-net"}]}
    """


@reader_rule(
    "PO006",
    severity=Severity.INFO,
    says="'{name}' of a person is not imported",
    hint="a register keeps of a person only what the work needs",
    basis=bases.PEOPLE_FIRST,
)
def person_is_kept_for_the_work() -> None:
    """Of a person come the name, the posts and the ways to reach them; no birth, no origin, no life, no picture.

    Why: what is not kept cannot be lost, stolen or asked for.

    Passes:
        {"persons": [{"id": "p-1", "name": "A. Example"}]}

    Fails:
        {"persons": [{"id": "p-1", "name": "A. Example", "birth_date": "1970-01-01"}]}
    """


@reader_rule(
    "PO007",
    severity=Severity.WARNING,
    says="it is a membership of an organization that is no network; it is kept in the notes",
    hint="give the organization a kind of network as its classification: regional, national-alliance, umbrella",
    basis=bases.NOTHING_LOST,
)
def membership_is_of_a_network_there() -> None:
    """An organization is a member of a network.

    Why: in a register, organizations belong to networks; a part of another organization names it as its parent.

    Passes:
        {"organizations": [{"id": "xa-net", "name": "Network of XA", "classification": "regional"}, {"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-net"}]}

    Fails:
        {"organizations": [{"id": "xa-body", "name": "Body of XA"}, {"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-body"}]}
    """
