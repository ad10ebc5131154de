"""Everything that reads what a stranger may have written: what each is given to begin with, and what must hold of it."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

import untoc_network as un
import untoc_network_lots as lots
from tests.fuzz.mutator import pack, unpack
from untoc_network.app.baseline import Baseline, load_baseline
from untoc_network.app.merge_undo_io import load_undo, write_undo
from untoc_network.app.project_settings import load_configuration
from untoc_network.app.publishing.publication_index import read_index
from untoc_network.bulk import check
from untoc_network.serializers.member_lists.column_mapping import load_mapping
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.testing import invented_register
from untoc_network_lots.lot_record_io import read_draw

ROOT = Path(__file__).parent.parent.parent
DAY = "2024-06-30"


class Reader(NamedTuple):
    """What reads, the documents that the mutator starts from, and where the bytes are a bundle, whether in a folder."""

    reads: Callable[[bytes], Any]
    seeds: Callable[[], tuple[bytes, ...]]


def lost(register, report):
    """What must hold of every answer: it is one, it can be told, and what was read is written and read again alike."""
    assert register is not None or len(report)
    json.dumps(report.to_dict())
    told = "".join(un.render_report(report))
    assert not any(sign in told for sign in "\x1b\u202e\x00")
    if register is not None:
        try:
            written = un.dumps(register)
        except un.InvalidDocument:
            assert not report.ok, "what was read without an error can be written"
        else:
            assert un.loads(written) == register


def _as_json(data):
    """What was read from JSON, and that no text of it is lost where nothing was told."""
    register, report = un.reads(data)
    lost(register, report)
    if register is not None and not len(report):
        assert {*texts_in(json.loads(data))} <= {*texts_in(json.loads(un.dumps(register)))}


def texts_in(value):
    """Every text and number in a document, keys aside."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)
    elif value not in ("", None):
        yield value


def _register_form(name):
    form, known = REGISTER_FORMATS[name], small_registers if name.startswith("yaml") else registers
    if form.files is None:
        return Reader(
            lambda data: lost(*form.reads(data)), lambda: tuple(b"".join(form.pieces(one)) for one in known())
        )
    return Reader(
        lambda data: lost(*form.reads(unpack(data))), lambda: tuple(pack(dict(form.files(one))) for one in known())
    )


def registers():
    return (un.example(), invented_register(3), everything())


def small_registers():
    """What is read in a moment also where a reader is slow."""
    return (invented_register(1), everything())


def everything():
    """A small register with parts that the others lack, suppressions and remembered things among them."""
    listed = un.import_bytes(
        b"Name;Country;Contact;Email\nCasa;XA;Ana Ejemplo;ana@example.org\nMesa;XB;Berta;b@example.org\n", file="l.csv"
    ).register
    erased = un.privacy.erase(listed, listed.persons[0].id, on=DAY).register
    document = json.loads(un.dumps(erased))
    document["suppressions"] = [{"code": "OR001", "record_id": "casa", "reason": "known"}]
    register, _ = un.reads(json.dumps(document))
    return register or erased


def _imported(data):
    done = un.import_bytes(data)
    lost(done.register, done.report)


def _list_csv():
    return (
        "Name;Country;City;Email;Phone;Member since;Contact\nCasa Ñ;Panamá;Town;a@example.org;+507 6000-0000;2001-05;Ana\n"
        '\'Ndrangheta Watch;XB;"A; B";b@example.org, c@example.org;;01/02/2003;\n'.encode(),
        "Nombre,País,Correo,Sitio web\nMesa,Perú,m@example.org,https://example.org\n".encode("utf-16"),
        b"name\tname.en\tcountry\nCasa\tHouse\tXA\n",
    )


def _list_xlsx():
    book = openpyxl.Workbook()
    for row in (
        ("Name", "Country", "Email", "Since"),
        ("Casa", "XA", "a@example.org", 2001),
        ("Mesa", "XB", "=1+1", True),
    ):
        book.active.append(row)
    book.active["A2"].hyperlink = "https://example.org"
    book.create_sheet("Other").append(("x",))
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "l.xlsx")
        return ((Path(folder) / "l.xlsx").read_bytes(),)


def _from_path(loads, name="given"):
    """A reader of a path: what it raises is ours, and one line."""

    def reads(data):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            try:
                loads(path)
            except un.UntocNetworkError as problem:
                assert "\n" not in str(problem) or isinstance(problem, un.InvalidDocument)
                assert not any(sign in str(problem) for sign in "\x1b\x00\u202e")

    return reads


def _other_tool(name):
    def reads(data):
        lost(*un.exchange.read_data(data, name))
        again = un.exchange.import_data(data, name, existing=invented_register(1))
        lost(again.register, again.report)

    return reads


def _calendar():
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Feed", "BEGIN:VTIMEZONE", "TZID:Own", "BEGIN:STANDARD",
        "DTSTART:19700101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:-0530", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT",
        "UID:a@example.org", "SUMMARY;LANGUAGE=es:Reunión\\, anual", "DTSTART;TZID=Europe/Vienna:20220506T100000",
        "DTEND;TZID=Own:20220506T113015", "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,-1FR", "EXDATE:20220513T100000Z",
        "CATEGORIES:workshop,firearms", "STATUS:CONFIRMED", "LOCATION:Hall 1\\; east", "URL:https://example.org", "SEQUENCE:2",
        "GEO:1.5;2.5", "ATTENDEE;CN=Ana:mailto:a@example.org", "END:VEVENT", "BEGIN:VEVENT", "UID:a@example.org",
        "RECURRENCE-ID:20220513T100000Z", "DTSTART;VALUE=DATE:20220514", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return (
        "".join(f"{line}\r\n" for line in lines).encode(),
        un.exchange.export(un.example(), "calendar", on=DAY).data,
    )


def _popolo():
    own = {
        "organizations": [
            {"id": "o", "name": "O", "classification": "ngo", "other_names": [{"name": "P", "note": "es"}], "parent_id": "q"}
        ],
        "persons": [{"id": "p", "name": "P", "memberships": [{"organization_id": "o", "role": "chair"}], "email": "a@example.org"}],
        "events": [{"id": "e", "name": "E", "start_date": "2022-05"}],
        "areas": [{"id": "a", "name": "XA"}],
    }  # fmt: skip
    return (json.dumps(own).encode(), un.exchange.export(un.example(), "popolo", on=DAY).data)


def _mapping():
    return (
        b'dates = "dmy"\nlanguage = "es"\nnetwork = "n"\nheader_row = 3\nlist = "office"\n\n[columns]\n"Nombre" = "name"\n'
        b'"Pa\\u00eds" = "country"\n',
    )


def _settings():
    return (
        b'rules = "strict"\nselect = ["OR001"]\nignore = ["SR001", "EV"]\nbaseline = "b.json"\nlang = ["es", "fr"]\n'
        b"installed-rules = false\n\n[severities]\nSR002 = \"error\"\n",
        b'[tool.untoc-network]\nrules = "default"\n',
    )  # fmt: skip


def _baseline():
    report = un.validate(un.example(), on=DAY, rules=un.RuleSet.named("strict"))
    return (json.dumps({"baseline": 1, "known": dict(Baseline.of(report).known)}).encode(),)


def _undo():
    bodies = tuple(un.Organization(id=name, name=un.Text(en=name), kind=un.OrganizationKind.NGO) for name in ("a", "b"))
    merged = un.matching.merge_records(un.Register(organizations=bodies), "a", "b")
    with tempfile.TemporaryDirectory() as folder:
        write_undo(merged.undo, Path(folder) / "u.json")
        return ((Path(folder) / "u.json").read_bytes(),)


def _draw():
    states = tuple((f"X{letter}", "north" if letter < "E" else "south") for letter in "ABCDEFGH")
    people = tuple(
        lots.Participant(code=code, instruments=("TIP", "UNTOC"), regional_group=group, review_group=1)
        for code, group in states
    )
    record = lots.draw(lots.Inputs(participants=people, terms=lots.Terms.usual()), seed=lots.seed_of({"one": "secret"}))
    return (json.dumps(record.to_dict()).encode(),)


def _verified(path):
    document, report = read_draw(path)
    assert document is not None or len(report)
    if document is not None:
        json.dumps(lots.verify(document).to_dict())


def _stream(path):
    found = list(check(path, on=DAY))
    json.dumps([one.to_dict() for one in found])


READERS = {
    **{name: _register_form(name) for name in REGISTER_FORMATS},
    "json": Reader(_as_json, _register_form("json").seeds),
    "calendar": Reader(_other_tool("calendar"), _calendar),
    "popolo": Reader(_other_tool("popolo"), _popolo),
    "list csv": Reader(_imported, _list_csv),
    "list xlsx": Reader(_imported, _list_xlsx),
    "mapping": Reader(_from_path(load_mapping), _mapping),
    "settings": Reader(_from_path(lambda path: load_configuration(path).ruleset(), "pyproject.toml"), _settings),
    "baseline": Reader(_from_path(load_baseline), _baseline),
    "undo of a merge": Reader(_from_path(load_undo), _undo),
    "record of a draw": Reader(_from_path(_verified), _draw),
    "stream of records": Reader(_from_path(_stream, "r.ndjson"), _register_form("ndjson").seeds),
    "index of a publication": Reader(
        read_index, lambda: (b'{"form": "untoc-network-publication/1", "files": [{"file": "a"}]}',)
    ),
}
