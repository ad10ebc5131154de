"""Values planted in every field that could expose somebody, looked for in everything that comes out."""

import io
import json
import logging
import tempfile
import traceback
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.app.publishing import PUBLICATION_FORMS, publish
from untoc_network.cli.main import main
from untoc_network.model.register import COLLECTIONS
from untoc_network.model.traversal import GONE, Rewriter
from untoc_network.reports.report_text import FORMATS, render_report
from untoc_network.testing import invented_register, plant_canaries, registers
from untoc_network.values.fields import Sensitivity, fields_of, nested_class

DAY = "2024-06-30"
FEW = tries(
    3, suppress_health_check=list(HealthCheck), phases=(Phase.generate,)
)  # an example is dear, and to shrink one takes minutes
NO_RULES = un.RuleSet(rules=())
AGREED = tuple(
    un.Consent(purpose=purpose, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM)
    for purpose in (un.Purpose.PUBLICATION, un.Purpose.CONTACT)
)
WITHDRAWN = tuple(attrs.evolve(consent, withdrawn=un.PartialDate(DAY)) for consent in AGREED)


def with_consents(held, consents):
    """The record with these consents, and no other, for itself and for each of its contacts."""
    held = Rewriter(lambda _cls, shape, _path: (lambda *_: GONE) if shape.type is un.Consent else None).rewrite(held)
    if hasattr(held, "contacts"):
        contacts = tuple(attrs.evolve(contact, consents=consents) for contact in held.contacts)
        held = attrs.evolve(held, contacts=contacts)
    return attrs.evolve(held, consents=consents) if hasattr(held, "consents") else held


def all_with(register, consents):
    records = {name: tuple(with_consents(one, consents) for one in getattr(register, name)) for name in COLLECTIONS}
    return attrs.evolve(register, **records)


def published(register, audience="public"):
    """The bytes of everything that is published, in every form."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        publication = publish(
            register, target, audience=audience, on=DAY, forms=tuple(PUBLICATION_FORMS), rules=NO_RULES
        )
        assert publication.ok
        return b"".join(path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file())


def said(register):
    """Whatever the library says of a register: findings in every format, reprs, exceptions."""
    yield repr(register)
    for record in register:
        yield repr(record)
        yield from (
            repr(value)
            for shape in fields_of(type(record))
            if (value := getattr(record, shape.name))
            and nested_class(shape)
            and shape.sensitivity is Sensitivity.PUBLIC
        )
    report = un.validate(register, on=DAY)
    strict = un.validate(register, on=DAY, rules=un.RuleSet.named("strict"))
    for form in FORMATS:
        yield from render_report(report.merge(strict), form)
    yield repr(report)
    yield repr(un.privacy.view(register, "public", DAY))
    yield json.dumps(un.privacy.view(register, "public", DAY).to_dict())
    yield from map(repr, un.privacy.retention(register, DAY))
    document = json.loads(un.dumps(register))
    for name in COLLECTIONS:
        for record in document.get(name, ()):
            record["unknown"] = record.pop("name", 1)
    try:
        un.loads(json.dumps(document))
    except un.InvalidDocument as error:
        yield "".join(traceback.format_exception(error))
        yield "".join(render_report(error.report, "text"))
    with pytest.raises(un.UntocNetworkError) as raised:
        un.privacy.erase(register, "nobody-at-all")
    yield repr(raised.value)


@pytest.mark.unmeasured
@given(registers())
@FEW
def test_nothing_that_could_expose_somebody_comes_out_without_consent(register):
    exposing, canaries = plant_canaries(register)
    exposing = all_with(exposing, ())
    every = frozenset().union(*canaries.values())
    everything = un.dumps(exposing).decode()
    assert all(canary in everything for canary in every)
    for audience in ("public", "members"):
        out = published(exposing, audience).decode("latin-1")
        assert [canary for canary in every if canary in out] == []
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    words = "\n".join(said(exposing))
    logging.getLogger().removeHandler(handler)
    bodies = frozenset().union(*(canaries[one.id] for one in exposing.organizations))
    assert [canary for canary in every - bodies if canary in words + log.getvalue()] == []


@given(registers(), st.data())
@FEW
def test_a_consent_that_is_withdrawn_empties_the_next_publication(register, data):
    agreed, canaries = plant_canaries(register)
    agreed = all_with(agreed, AGREED)
    before = published(agreed).decode("latin-1")
    holders = (*agreed.persons, *agreed.organizations)
    assert all(any(canary in before for canary in canaries[one.id]) for one in holders)
    one = data.draw(st.sampled_from(holders))
    for audience in un.Audience:
        after = published(agreed.with_replaced(with_consents(one, WITHDRAWN))[0], audience).decode("latin-1")
        assert [canary for canary in canaries[one.id] if canary in after] == []
        contacts = tuple(attrs.evolve(contact, consents=WITHDRAWN) for contact in one.contacts)
        after = published(agreed.with_replaced(attrs.evolve(one, contacts=contacts))[0], audience).decode("latin-1")
        assert all(contact.value not in after and contact.label not in after for contact in one.contacts)


def test_no_canary_comes_out_of_the_commands(tmp_path, capsys):
    exposing, canaries = plant_canaries(invented_register(3))
    exposing = all_with(exposing, ())
    un.dump(exposing, tmp_path / "r.json")
    source = str(tmp_path / "r.json")
    hidden = frozenset().union(*(canaries[person.id] for person in exposing.persons))
    for arguments in (
        ["view", source, "--audience", "public", "--on", DAY],
        ["publish", source, str(tmp_path / "out"), "--audience", "public", "--on", DAY, "--redactions", str(tmp_path / "left.json")],
        ["retention", source, "--on", DAY, "--keep", "1days"],
        ["erase", source, exposing.persons[0].id, "--on", DAY, "-o", str(tmp_path / "erased.json")],
        ["pseudonyms", source, "--key-env", "NO_SUCH_VARIABLE"],
        ["validate", source, "--on", DAY],
    ):  # fmt: skip
        main(arguments)
        captured = capsys.readouterr()
        assert [canary for canary in hidden if canary in captured.out + captured.err] == []
    left = (tmp_path / "left.json").read_text()
    assert [canary for found in canaries.values() for canary in found if canary in left] == []
    erased = (tmp_path / "erased.json").read_text()
    assert [canary for canary in canaries[exposing.persons[0].id] if canary in erased] == []
