"""NDJSON in two speeds: sound lines go the short way, the others alone are explained, and all is as if each had been."""

import pytest
from hypothesis import given, strategies as st
from tests.builders import finding
from tests.profiles import tries

import untoc_network as un
from untoc_network.model.register import TABLES
from untoc_network.serializers.codecs import ndjson_lines
from untoc_network.serializers.codecs.ndjson import dumps, reads
from untoc_network.testing import invented_register

FRAME = '{"schema_version":1}\n'
NGO = '{"collection":"organizations","record":{"id":"xa-ngo","kind":"ngo","name":{"en":"NGO"}}}\n'
STARTS = [
    dumps(invented_register(2)).decode(),
    FRAME + NGO.replace('"id"', '"countries":["XA"],"id"') + NGO.replace("xa-ngo", "xb-ngo").replace(":", ": "),
]
INSERTED = [*'",:{}[]\\ ', "null", "1.5", "\n", "\r\n", "\n\n", "\\u003a", '"id":"x",', '"knd":1,', "[]", "\ufeff", NGO]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from([*INSERTED, ""]), st.booleans()), max_size=3
)
LIMITS = st.builds(
    un.Limits,
    max_values=st.sampled_from([600_000, 600_000, 120, 60, 20]),
    max_depth=st.sampled_from([64, 64, 15, 3]),
    max_findings=st.sampled_from([10_000, 10_000, 1]),
    max_bytes=st.sampled_from([12_000_000, 12_000_000, 300]),
)


def explaining_all(call):
    """What a call gives where no line goes the short way."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ndjson_lines, "make_line_reader", lambda _: lambda _: None)
        return call()


def seen(text, limits):
    """All that is to be seen of a reading: the register, what was told, and places, asked for one by one and at once."""
    register, report = reads(text, file="r", limits=limits)
    origin = report.origin
    if origin is None:
        return register, tuple(report), None
    spots = [origin.locate(finding(pointer=pointer)) for pointer in pointers(register)]
    whole = origin.without_text()
    return register, tuple(report), spots, whole.positions, whole.kept, whole.unreadable, whole.lost


def pointers(register):
    yield from ("", "/title", "/organizations")
    for name in TABLES if register else ():
        for position in range(len(getattr(register, name))):
            yield from (f"/{name}/{position}", f"/{name}/{position}/name/en", f"/{name}/{position}/none")


def records_of(path, limits):
    lines = un.iter_records(path, limits=limits)
    return [(line.number, line.collection, line.record, tuple(line.report), line.report.origin) for line in lines]


@tries(600)
@given(start=st.sampled_from(STARTS), edits=EDITS, limits=LIMITS)
def test_whatever_is_changed_it_is_read_as_if_each_line_were_explained(tmp_path_factory, start, edits, limits):
    text = start
    for at, removed, inserted, begins_line in edits:
        here = int(at * len(text))
        if begins_line:
            here = text.rfind("\n", 0, here) + 1
        text = text[:here] + inserted + text[here + removed :]
    path = tmp_path_factory.getbasetemp() / "changed.ndjson"
    path.write_bytes(text.encode())
    assert seen(text, limits) == explaining_all(lambda: seen(text, limits))
    assert records_of(path, limits) == explaining_all(lambda: records_of(path, limits))


@pytest.fixture
def explained(monkeypatch):
    """The numbers of the lines that were explained."""
    numbers = []
    parse = ndjson_lines.parse_line
    monkeypatch.setattr(
        ndjson_lines, "parse_line", lambda number, *given: (numbers.append(number), parse(number, *given))[1]
    )
    return numbers


def test_faulty_lines_alone_are_explained(explained, tmp_path):
    register = invented_register(5)
    sound = dumps(register)
    assert reads(sound) == (register, un.Report(()))
    assert explained == [1]
    lines = sound.splitlines()
    lines[3], lines[7] = lines[3].replace(b'"id"', b'"ident"'), lines[7][:-1]
    path = tmp_path / "r.ndjson"
    path.write_bytes(b"\n".join(lines))
    for read in (lambda: un.read(path)[1], lambda: [one for line in un.iter_records(path) for one in line.report]):
        explained.clear()
        assert {one.line for one in read()} == {4, 8}
        assert explained == [1, 4, 8]


def test_of_a_later_finding_the_line_alone_is_explained(explained):
    member = '{"collection":"memberships","record":{"id":"m","network_id":"n","organization_id":"xa-ngo"}}\n'
    _, report = reads(FRAME + NGO + member, file="r")
    explained.clear()
    found = report.origin.locate(finding(pointer="/memberships/0/network_id"))
    assert (found.line, found.column, found.location.file) == (3, 61, "r")
    assert explained == [3]


@pytest.mark.parametrize(
    "line",
    [
        NGO,
        NGO.replace(":", ": ").replace(",", " , "),
        NGO.replace("\n", "\r\n"),
        '{"record":{"id":"xa-ngo","kind":"ngo","name":{"en":"NGO"}},"collection":"organizations"}',
    ],
)
def test_a_line_goes_the_short_way_however_it_is_laid_out(explained, line):
    assert [one.id for one in reads(FRAME + line)[0].organizations] == ["xa-ngo"]
    assert explained == [1]


@pytest.mark.parametrize("version", ["0", "2", "true"])
def test_of_another_version_all_lines_are_explained(explained, version):
    reads(f'{{"schema_version":{version}}}\n' + NGO + NGO)
    assert explained == [1, 2, 3]


def test_where_there_may_be_too_many_values_all_lines_are_explained(explained):
    enough = 2 + 1 + 2 + 1 + 2 + 2 + 2 + 1  # the frame, and of a line the envelope, the record, its name and wording
    for most in (enough - 1, enough):
        explained.clear()
        found = [one.code for one in reads(FRAME + NGO, limits=un.Limits(max_values=most))[1]]
        assert found == (["IO030"] if most < enough else [])
        assert explained == [1, 2]
    assert reads(FRAME + NGO, limits=un.Limits(max_values=len(FRAME + NGO) + 3))[0].organizations
    assert explained == [1, 2, 1]
