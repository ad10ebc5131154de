"""`duplicates`, `diff`, `merge`, `merge-records`, `undo-merge` as people call them."""

import io
import json
import shlex
import sys

import attrs
import pytest

import untoc_network as un
from untoc_network.cli.main import main

ORGANIZATIONS = (
    un.Organization(
        id="one", name=un.Text(es="Refugio Ñandú"), kind=un.OrganizationKind.NGO, seat=un.Place(country="XA")
    ),
    un.Organization(
        id="two", name=un.Text(es="Refujio Nandú"), kind=un.OrganizationKind.NGO, seat=un.Place(country="XA")
    ),
)
PERSONS = tuple(un.Person(id=name, name="Ana Ejemplo") for name in ("p-1", "p-2"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    un.dump(un.Register(organizations=ORGANIZATIONS, persons=PERSONS), "a.json")
    changed = attrs.evolve(ORGANIZATIONS[0], founded=un.PartialDate("1999"))
    un.dump(un.Register(organizations=(changed, ORGANIZATIONS[1]), persons=PERSONS), "b.json")
    changed = attrs.evolve(ORGANIZATIONS[0], founded=un.PartialDate("2001"))
    un.dump(un.Register(organizations=(changed, ORGANIZATIONS[1]), persons=PERSONS), "c.json")
    return tmp_path


def test_duplicates_are_told_with_what_speaks_for_them(folder, capsys):
    assert main(["duplicates", "a.json"]) == 1
    assert capsys.readouterr().out == (
        "0.941  persons\n  p-1\n  p-2\n     +8.0  same name  (name)\n\n"
        "0.841  organizations\n  one  Refugio Ñandú\n  two  Refujio Nandú\n"
        "     +5.4  similar name  (name.es)\n     +1.0  same country  (seat.country)\n\n"
        "2 pairs to look at\n"
    )
    assert main(["duplicates", "--exact", "a.json"]) == 1
    assert capsys.readouterr().out.endswith("1 pair to look at\n")
    assert main(["duplicates", "--min-score", "1", "a.json"]) == 0
    assert capsys.readouterr().out == "0 pairs to look at\n"


def test_a_decision_that_two_are_not_one_is_written_and_the_pair_told_no_more(folder, capsys):
    decided = ["--distinct", "one", "two", "--distinct", "p-2", "p-1", "--on", "2026-01-02"]
    assert main(["duplicates", "a.json", *decided, "-o", "decided.json"]) == 0
    assert main(["duplicates", "decided.json"]) == 0
    assert capsys.readouterr().out == "0 pairs to look at\n"
    assert un.load("decided.json").distinct[0].on == "2026-01-02"
    assert main(["duplicates", "a.json", "--distinct", "one", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_duplicates_fit_a_narrow_terminal_and_a_program(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    main(["duplicates", "a.json"])
    assert max(map(len, capsys.readouterr().out.splitlines())) == 20
    main(["duplicates", "--format", "json", "a.json"])
    told = json.loads(capsys.readouterr().out)
    assert told["pairs"][0] == {
        "collection": "persons",
        "first": "p-1",
        "second": "p-2",
        "score": 0.941,
        "evidence": [{"kind": "same-name", "weight": 8.0, "fields": ["name", "name"]}],
    }


@pytest.mark.parametrize("score", ["2", "-1", "many", "nan"])
def test_a_score_is_a_number_from_0_to_1(folder, capsys, score):
    with pytest.raises(SystemExit) as ended:
        main(["duplicates", "--min-score", score, "a.json"])
    assert ended.value.code == 2
    assert "expected a number from 0 to 1, such as 0.8" in capsys.readouterr().err


def test_a_missing_extra_is_one_line(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    assert main(["duplicates", "a.json"]) == 2
    assert capsys.readouterr().err == (
        'untoc-network: to look for similar names, rapidfuzz is needed: pip install "untoc-network[match]", or look for'
        " exact evidence alone\n"
    )


def test_a_difference_is_told_as_text_json_or_markdown(folder, capsys):
    assert main(["diff", "a.json", "b.json"]) == 1
    assert capsys.readouterr().out == "organizations one\n  founded is now 1999\n\n1 field set\n"
    assert main(["diff", "--format", "json", "a.json", "b.json"]) == 1
    assert json.loads(capsys.readouterr().out)["edits"][0]["params"] == {"after": "1999"}
    assert main(["diff", "--format", "markdown", "a.json", "b.json"]) == 1
    assert capsys.readouterr().out.startswith("## 1 field set\n")
    assert main(["diff", "a.json", "a.json"]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_what_cannot_be_compared_is_a_bad_call(folder, capsys):
    (folder / "broken.json").write_text("{")
    for paths in (["a.json", "none.json"], ["broken.json", "a.json"]):
        assert main(["diff", *paths]) == 2
        assert capsys.readouterr().err.startswith("untoc-network: ")


def test_a_merge_is_written_and_conflicts_are_told(folder, capsys):
    assert main(["merge", "a.json", "a.json", "b.json", "-o", "d.json"]) == 0
    assert (folder / "d.json").read_bytes() == (folder / "b.json").read_bytes()
    assert capsys.readouterr() == ("", "")
    assert main(["merge", "a.json", "b.json", "c.json"]) == 1
    out, err = capsys.readouterr()
    assert un.loads(out) == un.load("b.json")
    assert "MG001 both sides changed 'founded': '1999' is kept, '2001' is not" in err
    assert (
        main(
            ["merge", "a.json", "b.json", "c.json", "--to", "yaml", "-o", "d", "--report", "r.json", "--format", "json"]
        )
        == 1
    )
    assert capsys.readouterr() == ("", "")
    assert un.load("d", form="yaml") == un.load("b.json")
    assert json.loads((folder / "r.json").read_text())["findings"][0]["code"] == "MG001"
    assert main(["merge", "a.json", "b.json", "c.json", "-o", str(folder / "no" / "d.json")]) == 2


def test_records_are_merged_and_parted_again(folder, capsys):
    assert (
        main(["merge-records", "b.json", "one", "two", "-o", "m.json", "--undo", "u.json", "--on", "2026-11-25"]) == 0
    )
    assert capsys.readouterr().err == "untoc-network: two was merged into one\n"
    assert un.load("m.json").redirects[0].since == "2026-11-25"
    assert main(["undo-merge", "m.json", "u.json", "-o", "n.json"]) == 0
    assert (folder / "n.json").read_bytes() == (folder / "b.json").read_bytes()
    assert capsys.readouterr().err == ""


def test_no_undo_is_written_unless_it_is_asked_for(folder, capsys):
    assert main(["merge-records", "b.json", "one", "two", "-o", "m.json"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.json", "b.json", "c.json", "m.json"]
    assert main(["merge-records", "b.json", "one", "p-1"]) == 2
    assert capsys.readouterr().err.endswith("'p-1' cannot be merged into 'one': they are one record, or of two kinds\n")


def test_what_is_left_to_do_after_merging_is_told(folder, capsys):
    one, two = (attrs.evolve(ORGANIZATIONS[at], founded=un.PartialDate(f"200{at}")) for at in (0, 1))
    memberships = [un.Membership(id=f"m-{at}", network_id="net", organization_id=at) for at in ("one", "two")]
    un.dump(un.Register(organizations=(one, two), memberships=tuple(memberships)), "e.json")
    assert main(["merge-records", "e.json", "one", "two", "--undo", "u.json"]) == 0
    out, err = capsys.readouterr()
    assert un.loads(out)["one"].founded == "2000"
    assert err == (
        "untoc-network: two was merged into one\n"
        "untoc-network: the two differ in founded: see its claims and notes\n"
        "untoc-network: m-one and m-two are now of one organization in one network; if they are one membership:"
        " untoc-network merge-records REGISTER m-one m-two -o REGISTER --undo u-m-two.json\n"
    )
    register = un.loads(out)
    moved = attrs.evolve(register["one"], founded=un.PartialDate("1990"), notes=())
    un.dump(register.with_replaced(moved)[0], "f.json")
    assert main(["undo-merge", "f.json", "u.json", "-o", "g.json"]) == 0
    assert un.load("g.json")["one"].founded == "1990"
    un.dump(register.with_replaced(attrs.evolve(register["one"], aliases=()))[0].without("m-two")[0], "f.json")
    assert main(["undo-merge", "f.json", "u.json"]) == 1
    assert "MG002 one side (ours) removed 'm-two', and the other changed it; it is kept" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "if they are one membership"),
        ("es", "si son una sola membresía"),
        ("pt", "se são uma só filiação"),
        ("fr", "s’il s’agit d’une seule adhésion"),
    ],
)
def test_the_call_that_is_told_for_two_memberships_leaves_none_that_overlap(folder, capsys, language, told):
    memberships = tuple(un.Membership(id=f"m-{at}", network_id="net", organization_id=at) for at in ("one", "two"))
    network = un.Network(id="net", name=un.Text(es="Red"), kind=un.NetworkKind.REGIONAL)
    un.dump(un.Register(organizations=ORGANIZATIONS, networks=(network,), memberships=memberships), "e.json")
    assert main(["merge-records", "e.json", "one", "two", "-o", "my list.json", "--lang", language]) == 0
    overlapping = un.validate(un.load("my list.json"), on="2026-01-02")
    assert [finding.code for finding in overlapping].count("NW002") == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert told in line
    assert main(shlex.split(line[line.index("merge-records") :])) == 0
    register = un.load("my list.json")
    assert [one.id for one in register.memberships] == ["m-one"]
    assert not [finding for finding in un.validate(register, on="2026-01-02") if finding.code == "NW002"]
    assert "m-two" in register.redirected


@pytest.mark.parametrize("content", ["{}", "[]", "{", '{"before": {"schema_version": 1}}', '{"before": 1, "after": 2}'])
def test_what_undoes_a_merge_is_read_strictly(folder, capsys, content):
    (folder / "u.json").write_text(content)
    assert main(["undo-merge", "a.json", "u.json"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["undo-merge", "a.json", "none.json"]) == 2


def test_a_register_comes_from_standard_input(folder, capsys, monkeypatch):
    data = io.TextIOWrapper(io.BytesIO((folder / "a.json").read_bytes()))
    monkeypatch.setattr(sys, "stdin", data)
    assert main(["duplicates", "-"]) == 1


@pytest.mark.parametrize("founded", ["2000", "2001"])
@pytest.mark.parametrize("undo", [True, False])
def test_where_the_value_of_a_withheld_own_field_is_after_merging_is_told(undo, founded, folder, capsys):
    one, two = (
        attrs.evolve(ORGANIZATIONS[at], founded=un.PartialDate(year), extra=un.Extra({"c": {"who": f"Zoé {at}"}}))
        for at, year in enumerate(("2000", founded))
    )
    un.dump(un.Register(organizations=(one, two)), "e.json")
    (folder / "untoc-network.toml").write_text(
        '[[extensions]]\nnamespace = "c"\nof = "organizations"\nsensitivity = "personal"\nfields = { who = "text" }\n'
    )
    assert main(["merge-records", "e.json", "one", "two", *(["--undo", "u.json"] if undo else [])]) == 0
    out, err = capsys.readouterr()
    where = "stands in u.json alone" if undo else "is lost unless the merge is done again with --undo"
    kept = "untoc-network: the two differ in founded: see its claims and notes\n" if founded != "2000" else ""
    assert err == (
        f"untoc-network: two was merged into one\n{kept}"
        f"untoc-network: warning: the two differ in extra.c.who: of each, one value is dropped, and {where}\n"
    )
    assert "Zoé 1" not in out
    assert ("Zoé 1" in (folder / "u.json").read_text("utf-8")) if undo else not (folder / "u.json").exists()
