"""What several tests build alike: records and findings with as little as they need, and calls of the command line."""

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.diagnostics.findings import Finding, Location, Severity
from untoc_network.values.fields import fields_of, nested_class


def organization(record_id="ngo", **more):
    return un.Organization(id=record_id, **{"name": un.Text(en=record_id), "kind": un.OrganizationKind.NGO} | more)


def person(record_id="person", **more):
    return un.Person(id=record_id, **{"name": "A. Example"} | more)


def network(record_id="network", **more):
    return un.Network(id=record_id, **{"name": un.Text(en=record_id), "kind": un.NetworkKind.REGIONAL} | more)


def membership(organization_id, record_id=None, network_id="network", **more):
    key = record_id or f"m-{organization_id}"
    return un.Membership(id=key, network_id=network_id, organization_id=organization_id, **more)


def event(record_id="event", **more):
    return un.Event(id=record_id, **{"name": un.Text(en=record_id), "kind": un.EventKind.WORKSHOP} | more)


def finding(code="RF002", pointer="", line=None, column=None, file=None, **more):
    place = Location(pointer=pointer, line=line, column=column, file=file)
    return Finding(code=code, **{"slug": "x", "severity": Severity.ERROR, "message": "no", "location": place} | more)


def nested_classes(cls):
    """A class of the model, and all that its objects can hold."""
    yield cls
    for shape in fields_of(cls):
        if nested_class(shape) is not None:
            yield from nested_classes(nested_class(shape))


def run(capsys, *arguments):
    """The exit code of a call of the command line, and what it wrote to both streams."""
    code = main(arguments)
    return code, *capsys.readouterr()
