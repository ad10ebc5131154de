"""NDJSON: the frame, one record a line, findings in their lines, streams that never end."""

import io
import itertools
import sys

import pytest

import untoc_network as un
from untoc_network.serializers.codecs.ndjson import dumps, reads

FRAME = '{"schema_version":1}\n'
NGO = '{"collection":"organizations","record":{"id":"xa-ngo","kind":"ngo","name":{"en":"NGO"}}}\n'


def told(text):
    return [(found.code, found.line, found.column, found.pointer, found.message) for found in reads(text)[1]]


def misfit(problem):
    return f"the line is not part of a register: {problem}"


def test_the_frame_stands_first_and_each_record_in_a_line_of_its_own():
    register = un.Register(
        title=un.Text(en="Two Shores"),
        organizations=(un.Organization(id="xa-ngo", name=un.Text(en="NGO"), kind=un.OrganizationKind.NGO),),
        redirects=(un.Redirect(old_id="xb-ngo", new_id="xa-ngo"),),
    )
    assert dumps(register).decode() == (
        '{"schema_version":1,"title":{"en":"Two Shores"}}\n'
        + NGO
        + '{"collection":"redirects","record":{"new_id":"xa-ngo","old_id":"xb-ngo"}}\n'
    )
    assert reads(dumps(register)) == (register, un.Report(()))


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("", 1, "the line is blank"),
        (" \t\r", 1, "the line is blank"),
        ("[1]", 1, "expected an object"),
        ("5", 1, "expected an object"),
        ("null", 1, "expected an object"),
        ('{"schema_version":1}', 1, "no collection is named"),
        ('{"collection":1,"record":{"id":"a"}}', 1, "no collection is named"),
        ('{"collection":"ngos","record":{"id":"a"}}', 2, "there is no collection 'ngos'"),
        ('{"collection":"a@example.org","record":{"id":"a"}}', 2, "there is no collection '[13 characters]'"),
        ('{"collection":"organizations"}', 1, "no record is given"),
    ],
)
def test_a_line_that_is_no_record_is_a_finding_and_the_others_are_read(line, column, problem):
    text = f"{FRAME}{line}\n{NGO}"
    assert told(text) == [("IO020", 2, column, "", misfit(problem))]
    assert [one.id for one in reads(text)[0].organizations] == ["xa-ngo"]


def test_blank_lines_in_a_row_are_one_finding():
    assert [(code, line) for code, line, *_ in told(f"{FRAME}\n\n \n{NGO}\n\n")] == [("IO020", 2), ("IO020", 6)]


def test_further_keys_and_records_in_the_frame_are_findings():
    assert told(f'{FRAME}{NGO[:-2]},"note":"x"}}\n') == [
        ("IO020", 2, len(NGO), "", misfit("there is a key other than collection and record"))
    ]
    assert told('{"schema_version":1,"events":[{"id":"a"}]}') == [
        ("IO020", 1, 21, "", misfit("'events' is in the first line, but each record needs a line of its own"))
    ]


def test_without_a_frame_there_is_no_register():
    for text in ("", NGO, "\n" + FRAME):
        register, report = reads(text)
        assert register is None
        assert "IO001" in {found.code for found in report}
    assert told("{\n" + FRAME) == [("IO012", 1, 2, "", "the document is not JSON: the document ends too early")]


def test_a_truncated_line_is_one_finding_and_what_named_its_record_is_held_back():
    lost = NGO.replace("xa-ngo", "xb-ngo")[:-10]
    member = '{"collection":"memberships","record":{"id":"m","network_id":"n","organization_id":"xb-ngo"}}\n'
    register, report = reads(FRAME + member + NGO + lost)
    placed = report.merge(un.validate(register))
    assert [(found.code, found.line, found.pointer) for found in placed.errors] == [
        ("RF002", 2, "/memberships/0/network_id"),
        ("IO012", 4, ""),
    ]


def test_findings_have_the_place_in_the_file_and_the_pointer_of_the_whole():
    bad = NGO.replace('"ngo"', '"ngos"').replace("xa-ngo", "xb-ngo")
    _register, report = reads(
        FRAME + NGO + "\r\n" + bad + '{"collection":"organizations","record":null}\n', file="r.ndjson"
    )
    assert [(one.code, one.line, one.column, one.pointer, one.subject, one.location.file) for one in report] == [
        ("IO020", 3, 1, "", None, "r.ndjson"),
        ("IO003", 4, bad.index('"ngos"') + 1, "/organizations/1/kind", "xb-ngo", "r.ndjson"),
        ("IO004", 5, 40, "/organizations/2", None, "r.ndjson"),
    ]


def test_keys_that_stand_twice_are_found_outside_and_inside_of_the_record():
    doubled = NGO.replace('"kind":"ngo"', '"kind":"ngo","kind":"ngo"').replace("{", '{"collection":"organizations",', 1)
    assert [(code, pointer) for code, _, _, pointer, _ in told(FRAME + doubled)] == [
        ("IO007", ""),
        ("IO007", "/organizations/0/kind"),
    ]


def streamed(path, **limits):
    lines = un.bulk.iter_records(path, limits=un.Limits(**limits))
    return [
        (line.number, line.collection, getattr(line.record, "id", line.record), [found.code for found in line.report])
        for line in lines
    ]


def test_records_are_read_one_by_one(tmp_path):
    path = tmp_path / "r.ndjson"
    path.write_text(
        FRAME
        + NGO
        + "{\n"
        + NGO.replace('"ngo"', '"ngos"')
        + '{"collection":"redirects","record":{"new_id":"a","old_id":"b"}}'
    )
    redirect = un.Redirect(old_id="b", new_id="a")
    assert streamed(path) == [
        (1, None, un.Register(), []),
        (2, "organizations", "xa-ngo", []),
        (3, None, None, ["IO012"]),
        (4, "organizations", None, ["IO003"]),
        (5, "redirects", redirect, []),
    ]
    (found,) = list(un.bulk.iter_records(path))[3].report
    assert (found.line, found.pointer, found.location.file) == (4, "/organizations/1/kind", str(path))


def test_a_line_longer_than_the_limit_is_a_finding_and_the_next_is_read(tmp_path):
    path = tmp_path / "r.ndjson"
    path.write_text(FRAME + "x" * 1000 + "\n" + NGO)
    assert streamed(path, max_bytes=len(NGO)) == [
        (1, None, un.Register(), []),
        (2, None, None, ["IO010"]),
        (3, "organizations", "xa-ngo", []),
    ]


class Endless(io.RawIOBase):
    """Lines without end."""

    def __init__(self):
        self.lines = itertools.chain([FRAME.encode()], itertools.repeat(NGO.encode()))
        self.taken = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        line = next(self.lines)
        self.taken += 1
        buffer[: len(line)] = line
        return len(line)


def test_a_stream_without_end_is_read_as_far_as_it_is_asked_for(monkeypatch):
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    lines = list(itertools.islice(un.bulk.iter_records("-"), 100))
    assert lines[-1].record.id == "xa-ngo"
    assert endless.taken < 300


def test_what_cannot_be_opened_is_unreadable(tmp_path):
    with pytest.raises(un.UnreadableInput, match=r"none\.ndjson: no such file or directory$"):
        next(un.bulk.iter_records(tmp_path / "none.ndjson"))
