"""A publication is whole or not there."""

import hashlib
import html.parser
import json
import os

import attrs
import pytest

import untoc_network as un
from untoc_network.app.publishing import PUBLICATION_FORMS, PublicationForm, publish
from untoc_network.app.publishing.publication_index import read_index
from untoc_network.cli.main import main
from untoc_network.diagnostics.errors import ImpossibleValue, UnsupportedFormat, UnwritableOutput
from untoc_network.testing import invented_register

DAY = "2024-06-30"
REGISTER = invented_register(3)


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_form_is_written_with_an_index_and_checksums(tmp_path):
    publication = publish(REGISTER, tmp_path / "out", audience="public", on=DAY, forms=PUBLICATION_FORMS)
    assert publication.ok
    files = files_in(tmp_path / "out")
    index = json.loads(files["index.json"])
    assert (index["audience"], index["on"], index["title"]) == ("public", DAY, {"en": "Invented members"})
    assert index["records"] == {
        "organizations": 3,
        "persons": 3,
        "networks": 1,
        "memberships": 3,
        "events": 1,
        "statements": 1,
        "sources": 1,
    }
    assert {one["form"] for one in index["files"]} == set(PUBLICATION_FORMS)
    assert index["files"] == [attrs.asdict(one) for one in publication.files]
    for one in index["files"]:
        data = files[one["file"]]
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size"], one["sha256"])
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    assert un.load(tmp_path / "out" / "register.json") == REGISTER
    assert un.load(tmp_path / "out" / "register.d") == REGISTER


def test_the_same_register_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        publish(REGISTER, tmp_path / name, audience="members", on=DAY, forms=PUBLICATION_FORMS)
    assert files_in(tmp_path / "a") == files_in(tmp_path / "b")


def test_the_page_names_every_file_and_escapes_what_the_register_says(tmp_path):
    titled = attrs.evolve(REGISTER, title=un.Text(es="<script>alert(1)</script> \u202e& co"))
    publish(titled, tmp_path / "out", audience="public", on=DAY)
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert '<h1 lang="es">&lt;script&gt;' in page
    assert "\u202e" not in page
    links = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attributes: links.extend(value for name, value in attributes if name == "href")
    parser.feed(page)
    assert set(links) == set(files_in(tmp_path / "out")) - {"index.html", "SHA256SUMS"}
    untitled = publish(attrs.evolve(REGISTER, title=None), tmp_path / "bare", audience="public", on=DAY)
    assert untitled.ok
    assert '<h1 lang="en">Register</h1>' in (tmp_path / "bare" / "index.html").read_text("utf-8")
    assert "title" not in json.loads((tmp_path / "bare" / "index.json").read_text())


def test_what_has_an_error_is_refused_with_the_findings_and_leaves_nothing(tmp_path):
    sourceless = attrs.evolve(REGISTER, networks=tuple(attrs.evolve(one, sources=()) for one in REGISTER.networks))
    refused = publish(sourceless, tmp_path / "out", audience="public", on=DAY)
    assert not refused.ok
    assert refused.files == ()
    assert [(found.code, found.subject) for found in refused.report.errors] == [("SR001", "network")]
    assert list(tmp_path.iterdir()) == []
    lenient = publish(sourceless, tmp_path / "out", audience="public", on=DAY, rules=un.RuleSet.default())
    assert lenient.ok


def test_a_publication_is_replaced_and_anything_else_is_not(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    publish(REGISTER, target, audience="public", on=DAY, forms=["csv-folder"])
    publish(REGISTER, target, audience="public", on=DAY, forms=["json"])
    assert set(files_in(target)) == {"index.json", "index.html", "SHA256SUMS", "register.json"}
    (target / "notes.txt").write_text("mine")
    before = files_in(target)
    with pytest.raises(UnwritableOutput, match=r"other files, which would be lost: notes\.txt"):
        publish(REGISTER, target, audience="public", on=DAY)
    assert files_in(target) == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "index", ["{", "[]", '{"form": "other", "files": []}', '{"form": "untoc-network publication 1"}']
)
def test_an_index_of_something_else_gives_no_leave(tmp_path, index):
    (tmp_path / "index.json").write_text(index)
    with pytest.raises(UnwritableOutput, match=r"index\.json"):
        publish(REGISTER, tmp_path, audience="public", on=DAY)


def test_where_writing_fails_the_folder_stays_as_it_was(tmp_path):
    target = tmp_path / "out"
    publish(REGISTER, target, audience="public", on=DAY)
    before = files_in(target)

    def half(register):
        yield "half.txt", b"half"
        raise OSError(28, "No space left on device")

    broken = PublicationForm(name="broken", title="Broken", files=half)
    with pytest.raises(UnwritableOutput, match=r"out: no space left on device$"):
        publish(REGISTER, target, audience="public", on=DAY, forms=["json", broken])
    assert files_in(target) == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_form_of_ones_own_is_one_object(tmp_path):
    own = PublicationForm(name="ids", title="Ids", files=lambda register: [("ids/all.txt", b"a\n")])
    publication = publish(REGISTER, tmp_path / "out", audience="public", on=DAY, forms=[own])
    assert [(one.file, one.form) for one in publication.files] == [("ids/all.txt", "ids")]


def test_a_bad_call_is_refused_before_anything_is_done(tmp_path):
    with pytest.raises(UnsupportedFormat, match="xml: the form is not one of json"):
        publish(REGISTER, tmp_path / "out", audience="public", on=DAY, forms=["xml"])
    with pytest.raises(ImpossibleValue):
        publish(REGISTER, tmp_path / "out", audience="public", on="2024")
    with pytest.raises(ImpossibleValue, match="one of public, members, internal"):
        publish(REGISTER, tmp_path / "out", audience="nobody", on=DAY)
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableOutput, match="expected a folder"):
        publish(REGISTER, tmp_path / "file", audience="public", on=DAY)
    with pytest.raises(UnwritableOutput, match="no such file"):
        publish(REGISTER, tmp_path / "no" / "where", audience="public", on=DAY)


def test_the_command_tells_what_it_did(tmp_path, capsys):
    source, target = str(tmp_path / "r.json"), str(tmp_path / "out")
    un.dump(REGISTER, source)
    left = tmp_path / "left.json"
    assert (
        main(["publish", source, target, "--audience", "public", "--forms", "json, yaml", "--redactions", str(left)])
        == 0
    )
    assert capsys.readouterr().err.endswith("untoc-network: 2 files written; nothing was left out\n")
    assert json.loads(left.read_text())["redactions"] == []
    un.dump(attrs.evolve(REGISTER, sources=()), source)
    assert main(["publish", source, target, "--audience", "public", "--on", DAY]) == 1
    told = capsys.readouterr().err
    assert "RF002" in told
    assert told.endswith("untoc-network: nothing was written; nothing was left out\n")
    assert main(["publish", source, str(tmp_path), "--audience", "public", "--rules", "privacy"]) == 2
    assert "the folder holds other files" in capsys.readouterr().err
    assert main(["publish", source, target, "--audience", "public", "--redactions", str(tmp_path)]) == 2
    assert "is a directory" in capsys.readouterr().err


def link_in_the_place_of_a_file(folder):
    (folder / "register.json").rename(folder.parent / "register.json")
    (folder / "register.json").symlink_to(folder.parent / "register.json")


def index_that_names_it(folder):
    index = json.loads((folder / "index.json").read_bytes())
    (folder / "notes.txt").write_text("mine")
    index["files"].append({"file": "notes.txt", "sha256": hashlib.sha256(b"mine").hexdigest()})
    (folder / "index.json").write_text(json.dumps(index))


CHANGES = {
    "a file": lambda folder: (folder / "notes.txt").write_text("mine"),
    "a hidden file": lambda folder: (folder / ".htaccess").write_text("mine"),
    "an empty folder": lambda folder: (folder / "empty").mkdir(),
    "a file in a folder of ours": lambda folder: (folder / "register.datapackage" / "mine.csv").write_text("mine"),
    "a link": lambda folder: (folder / "link").symlink_to(folder.parent),
    "a link in the place of a file": link_in_the_place_of_a_file,
    "a pipe": lambda folder: os.mkfifo(folder / "pipe"),
    "a changed file": lambda folder: (folder / "register.json").write_text("mine"),
    "a changed page": lambda folder: (folder / "index.html").write_text("mine"),
    "a changed index": lambda folder: (folder / "index.json").write_text("mine"),
    "an index that names it": index_that_names_it,
    "other checksums": lambda folder: (folder / "SHA256SUMS").write_bytes(b""),
    "checksums of bytes": lambda folder: (folder / "SHA256SUMS").write_bytes(b"\xff"),
    "no checksums": lambda folder: (folder / "SHA256SUMS").unlink(),
}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_what_was_published_is_removed_and_only_while_it_is_as_it_was(tmp_path, change):
    target = tmp_path / "out"
    publish(REGISTER, target, audience="public", on=DAY)
    change(target)
    before = files_in(target)
    with pytest.raises(UnwritableOutput, match=r"out: the folder holds other files, which would be lost: "):
        publish(REGISTER, target, audience="public", on=DAY)
    assert files_in(target) == before


def test_what_is_missing_of_a_publication_is_no_loss(tmp_path):
    target = tmp_path / "out"
    publish(REGISTER, target, audience="public", on=DAY)
    (target / "register.json").unlink()
    publish(REGISTER, target, audience="public", on=DAY)
    assert (target / "register.json").exists()


@pytest.mark.parametrize(
    "index",
    [b"[]", b"{", b'{"form": "x"}', b'{"form": "untoc-network publication 1", "files": [{"file": 1, "sha256": 2}]}'],
)
def test_what_is_no_index_names_no_files(index):
    assert read_index(index) == {}
