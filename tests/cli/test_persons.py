"""`view`, `retention`, `erase`, `pseudonyms` on the command line."""

import io
import json
import sys

import attrs
import pytest

import untoc_network as un
from untoc_network.app.merge_undo_io import write_undo
from untoc_network.cli.main import main
from untoc_network.testing import invented_register

DAY = "2024-06-30"
OVER = un.Consent(
    purpose=un.Purpose.ATTRIBUTION,
    audience=un.Audience.PUBLIC,
    basis=un.ConsentBasis.FORM,
    expires=un.PartialDate("2023"),
)


@pytest.fixture
def source(tmp_path):
    register = invented_register(2)
    first, second = register.persons
    un.dump(attrs.evolve(register, persons=(attrs.evolve(first, consents=(OVER,)), second)), tmp_path / "r.json")
    return str(tmp_path / "r.json")


def test_a_view_goes_to_a_file_and_what_was_left_out_to_another(source, tmp_path, capsys):
    out, left = tmp_path / "public.yaml", tmp_path / "left.json"
    assert main(["view", source, "--audience", "public", "--on", DAY, "-o", str(out), "--redactions", str(left)]) == 0
    assert [person.id for person in un.load(out).persons] == ["person-1"]
    assert {one["reason"] for one in json.loads(left.read_text())["redactions"]} == {"no-consent", "names-withheld"}
    assert capsys.readouterr() == (
        "",
        "untoc-network: 8 records; left out: 1 about who is withheld, 1 without consent\n",
    )


def test_a_view_goes_to_standard_output_as_json(source, capsys):
    assert main(["view", source, "--audience", "internal"]) == 0
    assert len(un.loads(capsys.readouterr().out).organizations) == 2


def test_what_is_overdue_is_listed(source, capsys):
    assert main(["retention", source, "--on", DAY]) == 1
    assert capsys.readouterr().out.split()[4:] == ["person-0", "consents-over", "2023"]
    assert main(["retention", source, "--on", DAY, "--format", "json", "--keep", "2years"]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {"id": "person-0", "field": "", "reason": "consents-over", "since": "2023"}
    ]
    assert main(["retention", source, "--on", "2022-01-01"]) == 0
    assert capsys.readouterr().out == "nothing is overdue\n"
    with pytest.raises(SystemExit):
        main(["retention", source, "--keep", "soon"])
    assert "like 24months" in capsys.readouterr().err


def test_a_person_is_erased(source, capsys):
    assert main(["erase", source, "person-0", "--on", DAY, "-o", source]) == 0
    assert capsys.readouterr().err == "untoc-network: erased; person-0 stands in the place; 2 places changed\n"
    assert un.load(source)["person-0"].consents == ()
    assert main(["erase", source, "nobody", "-o", source]) == 2
    assert main(["erase", source, "person-1", "-o", "/nowhere/at/all.json"]) == 2


def test_what_may_be_an_erased_person_is_told_with_its_place(tmp_path, capsys):
    source = str(tmp_path / "r.json")
    ana, rosa = (
        un.Person(id="p1", name="Ana Ejemplo"),
        un.Person(id="p2", name="Rosa", notes=(un.Note(text="Ejemplo"),)),
    )
    un.dump(un.Register(title=un.Text(en="La Sra. Ejemplo"), persons=(ana, rosa)), source)
    assert main(["erase", source, "p1", "--on", DAY, "-o", source]) == 0
    assert capsys.readouterr().err == (
        "untoc-network: erased; p1 stands in the place; 1 place changed\n"
        "untoc-network: to check, for it may be the person: p2 notes[0].text\n"
        "untoc-network: to check, for it may be the person: the register title.en\n"
    )


def test_what_is_held_of_a_person_is_told_in_three_forms(source, tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    register = un.load(source)
    undo = str(tmp_path / "undo.json")
    write_undo(un.matching.Undo(before=un.Register(persons=register.persons[:1]), after=un.Register()), undo)
    assert main(["holdings", source, "person-0", "--undo", undo]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "In the person's own record:"
    assert f"  {undo} (before) person-0 name: {register['person-0'].name}" in lines
    assert main(["holdings", source, "person-0", "--format", "json", "-o", str(tmp_path / "held.json")]) == 0
    held = json.loads((tmp_path / "held.json").read_text())
    assert held["person"] == "person-0"
    assert {one["how"] for one in held["held"]} >= {"own", "reference"}
    assert main(["holdings", source, "person-0", "--format", "html", "-o", str(tmp_path / "held.html")]) == 0
    page = (tmp_path / "held.html").read_text()
    assert "<h1>What is held of person-0</h1>" in page
    assert "<script" not in page
    assert main(["holdings", source, "nobody"]) == 2
    assert "no person has this id" in capsys.readouterr().err


def test_the_key_comes_from_a_file_the_environment_or_standard_input(source, tmp_path, capsys, monkeypatch):
    key = "k" * 32
    (tmp_path / "key.txt").write_text(f"{key}\n")
    monkeypatch.setenv("STUDY_KEY", key)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(key.encode())))
    outs = []
    for arguments in (["--key-file", str(tmp_path / "key.txt")], ["--key-env", "STUDY_KEY"], ["--key-file", "-"]):
        assert main(["pseudonyms", source, *arguments]) == 0
        outs.append(capsys.readouterr().out)
    assert len(set(outs)) == 1
    assert un.privacy.pseudonym("person-0", key.encode()) in un.loads(outs[0])
    assert main(["pseudonyms", source, "--key-env", "NO_SUCH"]) == 2
    assert "no variable of that name" in capsys.readouterr().err
    monkeypatch.setenv("STUDY_KEY", "short")
    assert main(["pseudonyms", source, "--key-env", "STUDY_KEY"]) == 2
    assert "short" not in capsys.readouterr().err


def test_what_cannot_be_written_is_told_in_a_line(source, tmp_path, capsys):
    assert main(["view", source, "--audience", "public", "-o", str(tmp_path / "no" / "where.json")]) == 2
    assert (
        main(["view", source, "--audience", "public", "-o", str(tmp_path / "x.json"), "--redactions", str(tmp_path)])
        == 2
    )
    assert "is a directory" in capsys.readouterr().err
