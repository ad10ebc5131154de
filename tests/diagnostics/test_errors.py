"""One family of exceptions, picklable, whose texts say what was wrong."""

import pickle

import pytest

from untoc_network.diagnostics import errors
from untoc_network.diagnostics.findings import Finding, Location, Report, Severity


def report(*lines):
    return Report(
        tuple(
            Finding(code="IO001", slug="x", severity=Severity.ERROR, message="no id", location=Location(line=line))
            for line in lines
        )
    )


@pytest.mark.parametrize("name", [name for name in errors.__all__ if name != "IMPOSSIBLE"])
def test_every_exception_is_of_the_family(name):
    assert issubclass(getattr(errors, name), errors.UntocNetworkError)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((None,), "IO001 no id"),
        ((3,), "line 3: IO001 no id"),
        ((3, 4, 5), "line 3: IO001 no id (and 2 more)"),
    ],
)
def test_an_invalid_document_says_its_first_error_and_how_many_more(lines, text):
    assert str(errors.InvalidDocument(report(*lines))) == text


def test_warnings_are_not_the_first_error():
    warned = Report((*report(9), Finding(code="IO014", slug="x", severity=Severity.WARNING, message="null")))
    assert str(errors.InvalidDocument(warned)) == "line 9: IO001 no id"


def test_exceptions_pickle():
    invalid = pickle.loads(pickle.dumps(errors.InvalidDocument(report(3))))
    assert invalid.report == report(3)
    assert (
        str(pickle.loads(pickle.dumps(errors.UnknownRecord("no record has the id 'x'")))) == "no record has the id 'x'"
    )


def test_exceptions_are_what_callers_of_plain_python_expect():
    assert issubclass(errors.UnknownRecord, KeyError)
    assert issubclass(errors.ImpossibleValue, ValueError)
    assert str(errors.UnknownRecord("no record")) == "no record"
