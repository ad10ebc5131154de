"""What registers give: the class that was asked for, ids that are plain texts, and changes."""

from typing import Any, assert_type

import untoc_network as un

launch = un.example()
assert_type(launch.get(un.Organization, "asj-honduras"), un.Organization | None)
assert_type(launch[un.Network, "americas-network"], un.Network)
assert_type(launch["americas-network"], Any)
assert_type(launch.organizations, tuple[un.Organization, ...])
assert_type(launch.members("americas-network", on="2022-04"), tuple[un.Organization, ...])
print(launch["americas-network"].name)
print([organization.seat.country for organization in launch.members("americas-network")])

wanted: str = "asj-honduras"
register, changes = un.Register(organizations=[{"id": "x", "name": {"en": "X"}, "kind": "ngo"}]).with_added()
assert_type(register, un.Register)
assert_type(changes, tuple[un.Change, ...])
record: un.AnyRecord
for record in launch:
    print(record.id)
    if isinstance(record, un.Organization):
        assert_type(record.kind, un.OrganizationKind)

read, report = un.reads(un.dumps(launch))
assert_type(read, un.Register | None)
assert_type(report, un.Report)
assert_type(un.loads(b"{}"), un.Register)

launch[3]  # E: __getitem__
launch.get(un.Organization, 3)  # E: "str"
launch[un.Network, "americas-network"].kindd  # E: "kindd"
launch.get(un.Network, "americas-network").kind  # E: "None"
un.validate(read, on="2026-11-24")  # E: None
un.Register(organizations=["xa-refuge"])  # E: Organization
