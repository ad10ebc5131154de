"""What programs that use the library write: one record, changes, fields of one's own."""

from decimal import Decimal
from typing import Any, assert_type

import untoc_network as un

record, report = un.read_record(b'{"id": "xa-ngo"}', un.Organization)
assert_type(record, un.Organization | None)
assert_type(report, un.Report)
un.read_record({"id": "xa-ngo"}, un.Organization)
refuge = un.from_dict({"id": "xa-refuge", "name": {"en": "Refuge"}, "kind": "ngo"}, un.Organization)
assert_type(refuge, un.Organization)
changed, report = un.patched(refuge, {"founded": "2019", "seat": None})
assert_type(changed, un.Organization | None)
assert_type(un.digest(refuge), str)
assert_type(un.checked(refuge), un.Report)
schema: dict[str, Any] = un.record_schema(un.Organization)

live = un.Live(un.Register(organizations=[refuge]), on="2026-11-24")
step = live.attempt(replaced=[refuge], added=[], removed=["old-id"])
assert_type(step.introduced, tuple[un.Finding, ...])
assert_type(step.report_for(refuge.id), un.Report)
assert_type(step.accept(), un.Live)
assert_type(live.at("2026-11-25").register, un.Register)
assert_type(live.report, un.Report)

fees = un.Extension(
    "coalition",
    un.Organization,
    {"fee": int, "rate": Decimal, "tags": tuple[str, ...], "since": un.PartialDate, "kind": un.OrganizationKind},
    sensitivity=un.Sensitivity.INTERNAL,
)
register, report = un.reads(b"{}", extensions=[fees])
un.read_record(b"{}", un.Organization, extensions=[fees])
un.Organization(id="x", name={"en": "X"}, kind="ngo", extra={"coalition": {"fee": 100}})
un.privacy.view(un.example(), "public", "2022-04-07", only=["asj-honduras"])

un.read_record(3, un.Organization)  # E: "read_record"
un.digest("xa-refuge")  # E: "digest"
un.Live("register.json", on="2026-11-24")  # E: Register
live.attempt(removed=[refuge])  # E: Organization
un.Organization(id="x", name={"en": "X"}, kind="ngo", extra=3)  # E: "extra"
