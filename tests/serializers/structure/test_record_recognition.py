"""A record that is given for a register is told as the record that it is."""

import itertools
import json

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.i18n.language_words import LANGUAGES
from untoc_network.model.register import COLLECTIONS
from untoc_network.serializers.structure.record_recognition import recognize_records
from untoc_network.testing import objects

NGO = {"id": "xa-ngo", "kind": "ngo", "name": {"en": "NGO of XA"}}


def test_every_record_of_a_real_register_is_told_by_its_class(subtests):
    for form, record in itertools.product(["json", "yaml"], un.example()):
        with subtests.test(record.id, form=form):
            register, report = un.reads(json.dumps(un.to_dict(record)), form=form)
            (finding,) = report
            assert (register, finding.code, finding.pointer, finding.line) == (None, "IO038", "", 1)
            assert dict(finding.params) == {"held": type(record).__name__}


@given(st.sampled_from([*COLLECTIONS.values()]).flatmap(objects))
@tries(50)
def test_every_record_is_told_as_one(record):
    assert recognize_records(un.to_dict(record)) in {type(record).__name__, "record"}


def test_an_organization_is_named_in_each_language():
    _, report = un.reads(json.dumps(NGO))
    said = {language: next(iter(un.i18n.translated(report, language))).message for language in ("en", *LANGUAGES)}
    assert said == {
        "en": "the document is one organization, not a register",
        "es": "el documento es una organización, no un registro",
        "pt": "o documento é uma organização, não um registro",
        "fr": "le document est une organisation, et non un registre",
    }
    assert report.findings[0].hint == (
        "put records into the lists of a register, such as 'organizations'; a record alone can only be read as one"
    )


@pytest.mark.parametrize(
    ("document", "held"),
    [
        ({**NGO, "kind": "ngos"}, "record"),
        ({"id": "x"}, "record"),
        ({"id": ["x"], "kind": {}}, "record"),
        ([NGO, {"id": "x"}], "records"),
        ([NGO, 3], None),
        ([], None),
        ({}, None),
        ({"schema_version": 1, "id": "x"}, None),
        ({"organizations": [NGO], "id": "x"}, None),
        ({"name": {"en": "NGO of XA"}}, None),
        ("id", None),
    ],
)
def test_what_is_no_record_is_not_taken_for_one(document, held):
    assert recognize_records(document) == held
