"""Tables that are sound are read column by column, to what cell by cell comes to; all others are explained as ever.

    python -m pytest tests/serializers/codecs/test_sound_table.py --fuzz 60 --fuzz-seed 1

goes on for a minute.
"""

import random
import time

import pytest
from tests.fuzz.mutator import mutate
from tests.profiles import portion

import untoc_network as un
from untoc_network.diagnostics.findings import Finding, Severity, to_pointer
from untoc_network.serializers.codecs import csv_bundle
from untoc_network.serializers.codecs.csv_bundle import DESCRIPTOR, read_files, to_files
from untoc_network.serializers.codecs.sound_table import SoundTable
from untoc_network.serializers.fast.fast_json import RecordReader
from untoc_network.testing import invented_register

SEEDS = [dict(to_files(register)) for register in (un.example(), invented_register(3))]
LIMITS = (
    *(un.Limits(),) * 3,
    un.Limits(max_findings=2),
    un.Limits(max_values=300),
    un.Limits(max_values=150),
    un.Limits(max_columns=6),
)
INSERTED = ('"', ",", "\r\n", "\r", "'", "=1", "\\u{202e}", "TRUE", "1.0", "[]", "null", '"[1,2]"', ";", "é", "\ufeff", "\u2028", " ")  # fmt: skip


def change(data, others, dice):
    """A table that is nearly the same."""
    if dice.random() < 0.3:
        return mutate(data, others, dice)
    text = data.decode("utf-8", "surrogateescape")
    rows = text.split("\r\n")
    one, other = dice.randrange(len(rows)), dice.randrange(len(rows))
    match dice.randrange(5):
        case 0:
            at = dice.randint(0, len(text))
            text = text[:at] + dice.choice(INSERTED) + text[at:]
        case 1:
            rows[one] = rows[other]
            text = "\r\n".join(rows)
        case 2:
            rows[one] = rows[one].replace(",", dice.choice([",,", ",x,", ";"]))
            text = "\r\n".join(rows)
        case 3:
            text = text.replace("\r\n", "\n")
        case _:
            text = dice.choice(["\ufeff" + text, text + "\n", text.rstrip(), rows[0], ""])
    return text.encode("utf-8", "surrogateescape")


def bundles(seed):
    """Bundles without end: sound ones, and those with something else in a table or two."""
    dice = random.Random(seed)
    while True:
        files = dict(dice.choice(SEEDS))
        for _ in range(dice.choice((0, 1, 1, 2))):
            name = dice.choice(sorted(files.keys() - {DESCRIPTOR}))
            files[name] = change(files[name], tuple(files.values()), dice)
        yield dice, files


def finding_at(*path):
    where = un.Location(pointer=to_pointer(path))
    return Finding(code="X", slug="x", severity=Severity.ERROR, message="x", location=where)


def read_by_cells(files, limits):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SoundTable, "read", lambda *_: None)
        return read_files(files, file="b", limits=limits)


def test_both_ways_agree_on_mutated_bundles(request, record_property):
    seconds, seed = request.config.getoption("fuzz"), request.config.getoption("fuzz_seed")
    started = time.monotonic()
    for tried, (dice, files) in enumerate(bundles(seed), start=1):
        limits = dice.choice(LIMITS)
        register, report = read_files(files, file="b", limits=limits)
        assert (register, report) == (told := read_by_cells(files, limits))
        if register is not None:
            asked = [finding_at(), *(finding_at(name, 0, "name", "en") for name in ("organizations", "events"))]
            assert [*map(report.origin.locate, asked)] == [*map(told[1].origin.locate, asked)]
        if time.monotonic() - started > seconds if seconds else tried >= portion(150):
            break
    record_property("inputs", tried)


@pytest.fixture
def by_cells(monkeypatch):
    """The names of the tables that are read cell by cell."""
    names = []
    read = csv_bundle.Table.read

    def counted(table, *given):
        names.append(table.collection)
        read(table, *given)

    monkeypatch.setattr(csv_bundle.Table, "read", counted)
    return names


def test_of_a_sound_bundle_no_table_is_read_by_cells_until_a_place_is_asked_for(by_cells):
    for files in SEEDS:
        register, report = read_files(files)
        assert (report, by_cells) == (un.Report(), [])
        assert dict(to_files(register)) == files
    place = report.origin.locate(finding_at("organizations", 1, "kind")).location
    assert (place.line, place.file) == (3, "organizations.csv")
    assert set(by_cells) == {name.removesuffix(".csv") for name in files} - {DESCRIPTOR}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b",ngo,", b",ngos,"),
        (b"organization-1,", b"x,organization-1,"),
        (b"kind", b"kinds"),
        (b"name.es", b"name.en"),
        (b'""XA""', b'""XA'),
        (b"}]", b"},{}]"),
        (b"Organization 1", b'Organization "1'),
        (b"organization-1", b"\xff"),
        (b"\r\n", b"\r\n\r\n"),
        (b"\r\n", b"\r\n,,,,,,\r\n"),
    ],
)
def test_a_table_in_which_something_is_told_is_read_by_cells_and_no_other_is(old, new, by_cells):
    files = dict(SEEDS[1])
    files["organizations.csv"] = files["organizations.csv"].replace(old, new, 1)
    _, report = read_files(files)
    assert len(report)
    assert by_cells == ["organizations"]


def test_of_a_table_with_a_fault_the_faulty_row_alone_is_read_by_cells(monkeypatch):
    files = dict(to_files(invented_register(100)))
    files["organizations.csv"] = files["organizations.csv"].replace(b",ngo,", b",ngos,", 1)
    rows = []
    read = csv_bundle.Table._read_row
    monkeypatch.setattr(csv_bundle.Table, "_read_row", lambda self, *given: (rows.append(1), read(self, *given))[1])
    register, report = read_files(files, file="b")
    assert [(one.code, one.line) for one in report] == [("IO003", 2)]
    assert len(rows) == 1
    assert (register, report) == read_by_cells(files, un.Limits())


def test_where_a_limit_may_be_met_or_the_form_is_an_earlier_one_all_is_read_by_cells(by_cells):
    files = SEEDS[1]
    tables = {name.removesuffix(".csv") for name in files.keys() - {DESCRIPTOR}}
    assert SoundTable("sources", un.Limits(max_values=3), {}, RecordReader(un.Limits())).read(b"id\r\na\r\n") is None
    limits = un.Limits(max_depth=12)
    assert read_files(files, file="b", limits=limits) == read_by_cells(files, limits)
    assert {*by_cells} == tables
    by_cells.clear()
    earlier = files[DESCRIPTOR].replace(b'"schema_version": 1', b'"schema_version": 0')
    assert [one.code for one in read_files(files | {DESCRIPTOR: earlier})[1]] == ["IO011"]
    assert {*by_cells} == tables


def test_as_many_values_as_the_limit_allows_are_read_on_both_ways():
    files = SEEDS[1]
    named = {csv_bundle.PARTS[name]: (name, data) for name, data in files.items()}
    enough = csv_bundle._join_tables(named, "", un.Limits(), explain_all=True)[0].counter.values
    for most in (enough - 1, enough, enough + 20):
        read = read_files(files, file="b", limits=un.Limits(max_values=most))
        assert read == read_by_cells(files, un.Limits(max_values=most))
        assert read[1].ok == (most >= enough)


def test_a_table_of_a_header_alone_has_no_records():
    register, report = read_files({DESCRIPTOR: SEEDS[1][DESCRIPTOR], "persons.csv": b"id,name"})
    assert register.persons == ()
    assert {one.code for one in report} == {"IO021"}, "of the tables that are missing"
