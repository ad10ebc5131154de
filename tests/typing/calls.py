"""What other public calls take and give, with the names that one writes in annotations."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_type

import untoc_network as un

launch = un.example()


@un.rule("MY001", on=un.Organization, severity=un.Severity.WARNING, message="it names no country of work")
def organization_without_country(
    organizations: Sequence[un.Organization], context: un.Context
) -> Iterator[un.Violation]:
    for organization in organizations:
        if not organization.countries:
            yield un.violation(organization, "countries")


assert_type(organization_without_country, un.Rule)
report = un.validate(launch, on="2022-04-07", rules=[organization_without_country])
assert_type(report, un.Report)
finding: un.Finding
for finding in report:
    assert_type(finding.line, int | None)

view: un.View = un.privacy.view(launch, "public", "2022-04-07")
assert_type(view.register, un.Register)
exported: un.Exported = un.exchange.export(launch, "svg", on="2022-04-07", view="organization-event", most=3)
assert_type(exported.data, bytes)
edit: un.Edit
for edit in un.matching.diff(launch, launch):
    print(edit)
un.dump(launch, Path("launch.json"))

un.exchange.export(launch, "svg")  # E: "on"
un.exchange.export(launch, "svg", on="2022-04-07", langauge="es")  # E: "langauge"
un.exchange.export(launch, "svg", on="2022-04-07", most="3")  # E: "most"
un.exchange.write(launch, "network.svg", on="2022-04-07", langauge="es")  # E: "langauge"
un.validate(None)  # E: None
un.loads({"schema_version": 1})  # E: "dict
un.nothing_of_that_name  # E: "nothing_of_that_name"
