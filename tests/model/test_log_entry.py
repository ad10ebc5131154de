"""Who took a step: one State or several, in documents without a list where it is one."""

import json

import pytest

import untoc_network as un
from untoc_network.model.country_review import ReviewEntry
from untoc_network.serializers.structure.structuring import converter


def _make_document(by):
    log = [{"by": by, "step": "hold-dialogue"}]
    return {"country_reviews": [{"country": "XA", "id": "xa-1", "log": log}], "schema_version": 1}


@pytest.mark.parametrize("by", ["XA", ["XA", "XB"]])
@pytest.mark.parametrize("form", ["json", "yaml", "ndjson"])
def test_one_state_stands_alone_and_several_in_a_list(by, form):
    document = _make_document(by)
    register = un.loads(json.dumps(document), form="json")
    assert register.country_reviews[0].log[0].by == (("XA",) if by == "XA" else ("XA", "XB"))
    assert json.loads(un.dumps(register, form="json")) == document
    assert un.loads(un.dumps(register, form=form), form=form) == register


def test_what_cattrs_reads_and_writes_is_the_same():
    for by in ("XA", ["XA", "XB"]):
        entry = ReviewEntry(step="hold-dialogue", by=by)
        plain = converter().unstructure(entry)
        assert plain == {"by": by, "step": "hold-dialogue"}
        assert converter().structure(plain, ReviewEntry) == entry


def test_a_list_of_one_says_the_same_as_that_one():
    register = un.loads(json.dumps(_make_document(["XA"])), form="json")
    assert json.loads(un.dumps(register, form="json")) == _make_document("XA")


@pytest.mark.parametrize(("by", "path"), [("xa", ()), (["XA", "xb"], (1,)), (5, ()), ([], ()), (None, ())])
def test_what_is_no_state_is_told_where_it_stands(by, path):
    _, report = un.reads(json.dumps(_make_document(by)), form="json")
    (finding,) = report.findings
    assert finding.location.path == ("country_reviews", 0, "log", 0, "by", *path)


def test_constructors_take_one_several_or_none():
    for by, held in ((None, ()), ((), ()), ("XA", ("XA",)), (["XA", "XB"], ("XA", "XB")), (("XA",), ("XA",))):
        assert ReviewEntry(step="start", by=by).by == held
    with pytest.raises(un.ImpossibleValue, match=r"ReviewEntry.by\[0\]: expected two capital letters"):
        ReviewEntry(step="start", by="xa")


def test_a_step_that_names_nobody_may_be_anyones():
    entry = ReviewEntry(step="start", by=["XA", "XB"])
    assert entry.may_be_by("XB")
    assert not entry.may_be_by("XC")
    assert ReviewEntry(step="start").may_be_by("XC")
