"""`lots draw` and `lots verify`: results, exit codes, files written whole, records from anywhere."""

import json

import pytest

import untoc_network_lots as lots
from untoc_network.cli.main import main

ON = ("--on", "2005-12-31")


@pytest.fixture
def told(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        code = main(["lots", *arguments])
        return code, capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("draw") / "draw.json"
    main(["lots", "draw", "--seed", "a rehearsal", *ON, "-o", str(path)])
    return path


def test_a_draw_is_written_and_verifies(told, record):
    code, out = told("verify", str(record))
    digest = json.loads(record.read_bytes())["digest"]
    assert (code, out.err) == (0, "")
    assert out.out.splitlines()[-1].endswith(f"lots computed again, every rule checked; digest {digest}")
    assert told("verify", str(record), "--digest", digest)[0] == 0


def test_what_was_written_is_counted(told, tmp_path):
    path = tmp_path / "draw.json"
    code, out = told("draw", "--seed", "s", *ON, "-o", str(path), "--format", "json")
    said = json.loads(out.out)
    assert (code, said["file"], said["digest"]) == (0, str(path), json.loads(path.read_bytes())["digest"])
    assert said["reviews"] == len(json.loads(path.read_bytes())["reviews"])


def test_a_draw_is_listed_by_review_group(told):
    code, out = told(
        "draw", "--contribution", "chair=one", "--contribution", "observer=two", *ON, "--review-group", "2"
    )
    lines = out.out.splitlines()
    assert code == 0
    assert {line[0] for line in lines[:-2]} == {"2"}
    assert lines[-2].endswith("0 undecided")
    assert lines[-1].startswith("digest ")
    assert len(told("draw", "--seed", "s", *ON)[1].out.splitlines()) > len(lines)


def test_the_record_itself_goes_to_the_output_as_json(told):
    _, out = told("draw", "--seed", "s", *ON, "--format", "json")
    assert lots.verify(json.loads(out.out)).ok


def test_limits_given_on_the_command_line_stand_in_the_record_with_their_source(told):
    arguments = ("--least", "0", "--most", "6", "--most-reviewers", "5", "--source", "https://example.org/terms")
    _, out = told("draw", "--seed", "s", *ON, *arguments, "--ungrouped", "left-out", "--format", "json")
    terms = json.loads(out.out)["inputs"]["terms"]
    assert terms["least_reviews"]["value"] == 0
    assert terms["most_reviews"]["source"] == "https://example.org/terms"
    assert (terms["max_reviewers"]["value"], terms["ungrouped"]["value"]) == (5, "left-out")


def test_limits_of_another_mechanism_are_kept_where_they_are_asked_for(told):
    kept = json.loads(told("draw", "--seed", "s", *ON, "--analogies", "--format", "json")[1].out)["inputs"]["terms"]
    assert (kept["most_reviews"]["value"], kept["most_reviews"]["certainty"]) == (3, "recalled")
    assert (
        "most_reviews" not in json.loads(told("draw", "--seed", "s", *ON, "--format", "json")[1].out)["inputs"]["terms"]
    )


def test_an_impossible_draw_ends_with_one_and_says_why(told):
    code, out = told("draw", "--seed", "s", *ON, "--most-reviewers", "1")
    assert (code, out.out) == (1, "")
    assert out.err.startswith("untoc-network: no draw can keep all of these at once: ")
    assert out.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--contribution", "chair"), "'chair': a contribution is written NAME=SECRET"),
        ((), "missing: --seed or --contribution"),
    ],
)
def test_wrong_usage_ends_with_two(told, capsys, arguments, problem):
    with pytest.raises(SystemExit) as ended:
        told("draw", *arguments)
    assert ended.value.code == 2
    assert problem in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--contribution", "a=1", "--contribution", "a=2"), "untoc-network: a contributes twice\n"),
        (("--seed", "s", "--least", "-1"), "untoc-network: 'least_reviews' with -1 is not a limit; limits are "),
        (("--seed", "s", "-o", "/nowhere/draw.json"), "untoc-network: /nowhere: no such file or directory\n"),
    ],
)
def test_a_bad_call_ends_with_two_and_one_line(told, arguments, problem):
    code, out = told("draw", *ON, *arguments)
    assert (code, out.out) == (2, "")
    assert out.err.startswith(problem)


def test_a_changed_record_ends_with_one_and_the_place_in_the_file(told, record, tmp_path):
    text = record.read_text()
    at = text.index('"purpose": "reviewer"')
    drawn = text.rindex('"drawn": ["', 0, at) + len('"drawn": ["')
    changed = tmp_path / "changed.json"
    changed.write_text(text[:drawn] + ("XX" if text[drawn : drawn + 2] != "XX" else "YY") + text[drawn + 2 :])
    code, out = told("verify", str(changed))
    assert code == 1
    line = text.count("\n", 0, drawn) + 1
    assert f"{line}:" in out.out
    assert "LT023" in out.out
    code, out = told("verify", str(changed), "--format", "json")
    (finding,) = json.loads(out.out)["findings"]
    assert (code, finding["line"], finding["file"]) == (1, line, str(changed))
    code, out = told("verify", str(record), "--digest", "00")
    assert code == 1
    assert "the digest is not the published one, 00" in out.out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "IO007"),
        (b"no json", "IO007"),
        (b"[]", "LT020"),
        (b"null", "LT020"),
        (b"{}", "LT020"),
        (b'{"format": NaN}', "IO008"),
        (b'{"format": null}', "IO014"),
        (b'{"format": "x", "format": "y"}', "IO009"),
        (b"[" * 5_000, "IO010"),
        (b'{"a":' * 5_000, "IO010"),
        (b"\xff\xfe", "IO006"),
        (b'{"format": "untoc-network/draw/1", "seed": [], "inputs": 1, "marks": {}, "tickets": "x"}', "LT020"),
    ],
)
def test_what_is_no_record_ends_with_two_and_a_finding(told, tmp_path, content, code):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    ended, out = told("verify", str(path))
    assert ended == 2
    assert out.err == ""
    assert "Traceback" not in out.out
    assert code in out.out or "IO0" in out.out
    assert told("verify", str(path), "--format", "json")[0] == 2


def test_a_file_that_is_not_there_ends_with_two(told):
    code, out = told("verify", "/nowhere.json")
    assert (code, out.out, out.err) == (2, "", "untoc-network: /nowhere.json: no such file or directory\n")


def test_a_record_that_is_too_large_is_refused(tmp_path):
    from untoc_network.serializers.source.limits import Limits
    from untoc_network_lots.lot_record_io import read_draw

    path = tmp_path / "large.json"
    path.write_bytes(b" " * 100)
    document, report = read_draw(path, limits=Limits(max_bytes=10))
    assert document is None
    assert not report.ok


def test_a_record_comes_from_standard_input(told, record, monkeypatch):
    class Input:
        buffer = record.open("rb")

    monkeypatch.setattr("sys.stdin", Input)
    code, out = told("verify", "-")
    Input.buffer.close()
    assert code == 0
    assert "0 errors" in out.out
