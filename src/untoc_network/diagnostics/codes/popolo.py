"""PO: what a Popolo document must be like to be read into a register. The reader holds these rules while it reads."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

item_not_an_object = _code(
    code="PO001",
    slug="item-not-an-object",
    severity=Severity.ERROR,
    message="the item is not an object and is not imported",
    hint="write each item of a list as an object: {{…}}",
    basis=citations.TOLD,
    statement="A Popolo document is an object of lists, and each item of a list an object.",
    why="anything else has no known subject.",
    passes='{"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}]}',
    fails='{"organizations": ["NGO of XA"]}',
)

item_without_name = _code(
    code="PO002",
    slug="item-without-name",
    severity=Severity.ERROR,
    message="the item has no name and is not imported",
    hint='add "name"',
    basis=citations.NOTHING_LOST,
    statement="An organization, a person and an event have a name.",
    why="a record without a name cannot be told from others, and no name is ever invented.",
    passes='{"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}]}',
    fails='{"organizations": [{"id": "xa-ngo"}]}',
)

unsupported_popolo_list = _code(
    code="PO003",
    slug="unsupported-popolo-list",
    severity=Severity.WARNING,
    message="the list '{name}' is not imported ({number:number})",
    hint="only organizations, persons, memberships, posts, areas and events are imported",
    basis=citations.NOTHING_LOST,
    statement="Every list is of a class that a register has.",
    why="motions and votes are about parliaments; those who expect them should know that they are missing.",
    passes='{"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}]}',
    fails='{"motions": [{"id": "motion-1", "text": "That it be adopted"}]}',
)

popolo_value_not_understood = _code(
    code="PO004",
    slug="popolo-value-not-understood",
    severity=Severity.WARNING,
    message="the value of '{name}' is not understood and is kept in the notes",
    hint=(
        "write dates as 2022, 2022-03 or 2022-03-28, and classifications, roles and statuses in the words of "
        "the register"
    ),
    basis=citations.NOTHING_LOST,
    statement="A value fits its property: a date, a kind, a role, a status, an address.",
    why="a value that is only kept in the notes is missing from every list and count.",
    passes='{"organizations": [{"id": "xa-ngo", "name": "NGO of XA", "founding_date": "1999"}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": "NGO of XA", "founding_date": "about 1999"}]}',
)

unresolved_popolo_reference = _code(
    code="PO005",
    slug="unresolved-popolo-reference",
    severity=Severity.WARNING,
    message="'{name}' refers to a record that the document does not hold, and is left out",
    hint="add the record, or correct the id",
    basis=citations.NOTHING_LOST,
    statement="A record to which an id refers is in the document.",
    why="a register keeps no reference that leads nowhere.",
    passes='{"organizations": [{"id": "xa-net", "name": "Network of XA", "classification": "regional"}, {"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-net"}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-net"}]}',
)

personal_detail_not_imported = _code(
    code="PO006",
    slug="personal-detail-not-imported",
    severity=Severity.INFO,
    message="'{name}' of a person is not imported",
    hint="a register keeps of a person only what the work needs",
    basis=citations.PEOPLE_FIRST,
    statement=(
        "Only the name, the posts and the contacts of a person are imported: no birth, no origin, no biography, "
        "no picture."
    ),
    why="data that are not kept cannot be lost, stolen or demanded.",
    passes='{"persons": [{"id": "p-1", "name": "A. Example"}]}',
    fails='{"persons": [{"id": "p-1", "name": "A. Example", "birth_date": "1970-01-01"}]}',
)

membership_of_non_network = _code(
    code="PO007",
    slug="membership-of-non-network",
    severity=Severity.WARNING,
    message="the membership is of an organization that is not a network; it is kept in the notes",
    hint="give the organization a kind of network as its classification: regional, national-alliance, umbrella",
    basis=citations.NOTHING_LOST,
    statement="An organization is a member of a network.",
    why=("in a register, organizations belong to networks; a part of another organization names it as its parent."),
    passes='{"organizations": [{"id": "xa-net", "name": "Network of XA", "classification": "regional"}, {"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-net"}]}',
    fails='{"organizations": [{"id": "xa-body", "name": "Body of XA"}, {"id": "xa-ngo", "name": "NGO of XA"}], "memberships": [{"member": {"id": "xa-ngo"}, "organization_id": "xa-body"}]}',
)
