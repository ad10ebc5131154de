"""Comments of a YAML file go where the register that is written over it says less than it did, and stay else."""

import attrs
import pytest

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.serializers.comments_to_keep import says_less
from untoc_network.serializers.files import count_comments, write_register

DAY = "2026-11-25"
NAME, PHONE = "Zoraida Quintanilla", "2245-7781"
CITED = (un.Citation(source_id="minutes"),)
MEMBER = un.Person(
    id="member-1",
    name=NAME,
    contacts=(un.Contact(kind=un.ContactKind.PHONE, value=PHONE),),
    sources=CITED,
)
REFUGE = un.Organization(
    id="refuge",
    name=un.Text(en="Refuge"),
    kind=un.OrganizationKind.NGO,
    at_risk=True,
    notes=(un.Note(text="Kept by hand"),),
)
CLINIC = un.Organization(id="clinic", name=un.Text(en="Clinic"), kind=un.OrganizationKind.NGO)
REGISTER = un.Register(
    persons=(MEMBER,),
    organizations=(REFUGE, CLINIC),
    events=(un.Event(id="talk", name=un.Text(en=f"Talk by {NAME}"), kind=un.EventKind.WORKSHOP, sources=CITED),),
    sources=(un.Source(id="minutes", title=un.Text(en="Minutes"), kind=un.SourceKind.DOCUMENT),),
)


def changed(record, **values):
    return REGISTER.with_replaced(attrs.evolve(record, **values))[0]


def test_own_fields_say_something_too():
    def with_own(fields):
        return changed(CLINIC, extra=fields and {"coalition": fields})

    both, one, masked = with_own({"fee": 1, "by": NAME}), with_own({"fee": 2}), with_own({"fee": 1, "by": "[…]"})
    assert says_less(one, both)
    assert says_less(masked, both)
    assert says_less(with_own(None), one)
    assert not says_less(both, one)


def view(audience):
    return un.privacy.view(REGISTER, audience, DAY).register


LESS = {
    "erased": un.privacy.erase(REGISTER, "member-1", on=DAY).register,
    "erased on no day": un.privacy.erase(REGISTER, "member-1").register,
    "the public's view": view("public"),
    "the members' view": view("members"),
    "the view of those inside, of a person who agreed to nothing": view("internal"),
    "under pseudonyms": un.privacy.pseudonymise(REGISTER, bytes(range(16))),
    "a person taken out by hand": attrs.evolve(REGISTER, persons=()),
    "a body at risk taken out by hand": REGISTER.without("refuge")[0],
    "a body that is at risk no more": changed(REFUGE, at_risk=False),
    "a contact taken out": changed(MEMBER, contacts=()),
    "notes taken out": changed(REFUGE, notes=()),
    "a name masked in a text": changed(REGISTER["talk"], name=un.Text(en="Talk by […]")),
    "an erasure that came by another way": attrs.evolve(
        REGISTER, erasures=un.privacy.erase(REGISTER, "member-1").register.erasures
    ),
    "nothing at all": un.Register(),
}
NO_LESS = {
    "the same": REGISTER,
    "a title more": attrs.evolve(REGISTER, title=un.Text(en="Members")),
    "a body more": REGISTER.with_added(attrs.evolve(CLINIC, id="school"))[0],
    "a telephone corrected": changed(MEMBER, contacts=(attrs.evolve(MEMBER.contacts[0], value="2245-7782"),)),
    "a public record taken out": REGISTER.without("talk")[0],
    "a body of which all is public taken out": REGISTER.without("clinic")[0],
    "a body marked at risk": changed(CLINIC, at_risk=True),
    "a body merged into another": un.matching.merge_records(REGISTER, "clinic", "refuge").register,
}


@pytest.fixture(params=["r.yml", "r.d"])
def commented(request, tmp_path):
    path = tmp_path / request.param
    un.dump(REGISTER, path)
    for file in path.iterdir() if path.is_dir() else [path]:
        text = file.read_text().replace("kind: workshop", f"kind: workshop  # spoke: {NAME}")
        file.write_text(f"# kept by {NAME}, {PHONE}\n{text}# {NAME} hid here in May\n")
    return path


def read_all(path):
    return "".join(file.read_text() for file in sorted(path.iterdir())) if path.is_dir() else path.read_text()


@pytest.mark.parametrize("register", LESS.values(), ids=LESS)
def test_what_says_less(register):
    assert says_less(register, REGISTER)


@pytest.mark.parametrize("register", NO_LESS.values(), ids=NO_LESS)
def test_what_says_no_less(register):
    assert not says_less(register, REGISTER)


@pytest.mark.parametrize("case", ["erased", "the public's view", "a person taken out by hand"])
def test_no_comment_stays_where_the_register_says_less(commented, case):
    total = count_comments(commented)
    assert write_register(LESS[case], commented) == total > 2
    assert "#" not in read_all(commented)
    assert un.load(commented) == LESS[case]


@pytest.mark.parametrize("case", ["a title more", "a public record taken out"])
def test_comments_stay_where_the_register_says_no_less(commented, case):
    total = count_comments(commented)
    gone = write_register(NO_LESS[case], commented)
    assert read_all(commented).count("#") == total - gone
    assert gone == (3 if "talk" not in NO_LESS[case] and commented.is_dir() else 0), "those of a file that is gone"


def test_who_writes_can_keep_them_or_not(commented):
    total = count_comments(commented)
    assert write_register(REGISTER, commented, keep_comments=True) == 0
    assert write_register(REGISTER, commented, keep_comments=False) == total
    assert count_comments(commented) == 0
    assert write_register(REGISTER, commented) == 0


def test_in_the_file_of_what_is_no_register_none_stays(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(f"[{NAME}]  # {PHONE}\n")
    assert write_register(REGISTER, path) == 1
    assert "#" not in path.read_text()
    assert count_comments(tmp_path / "none.yaml") == count_comments(tmp_path / "none.d") == 0
    assert count_comments(tmp_path / "none.json") == 0


KEY = "STUDY_KEY"
NARROWING = {
    "erase": ["erase", "{read}", "member-1", "--on", DAY],
    "view": ["view", "{read}", "--audience", "internal", "--on", DAY],
    "pseudonyms": ["pseudonyms", "{read}", "--key-env", KEY],
}


@pytest.mark.parametrize("words", NARROWING.values(), ids=NARROWING)
@pytest.mark.parametrize("suffix", ["", ".d"])
def test_what_is_written_for_fewer_eyes_has_no_comment_and_tells_how_many_went(
    commented, words, suffix, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv(KEY, "0123456789abcdef")
    (tmp_path / "out").mkdir()
    total, output = count_comments(commented), tmp_path / "out" / f"made{suffix}"
    given = [word.format(read=commented) for word in words]
    assert main([*given, *(["-o", str(output)] if suffix else [])]) == 0
    out, err = capsys.readouterr()
    assert f"untoc-network: {total} comments were left out\n" in err
    written = read_all(output) if suffix else out
    assert "#" not in written
    assert NAME not in written
    assert NAME not in err


def test_a_file_that_is_written_over_is_told_with_its_comments(commented, tmp_path, capsys):
    total = count_comments(commented)
    source = tmp_path / "r.json"
    un.dump(REGISTER, source)
    assert main(["view", str(source), "--audience", "public", "--on", DAY, "-o", str(commented)]) == 0
    assert f"untoc-network: {total} comments were left out\n" in capsys.readouterr().err
    assert main(["view", "-", "--audience", "public"]) == 2
    assert main(["erase", str(source), "member-1", "--on", DAY, "-o", str(source)]) == 0
    assert "comment" not in capsys.readouterr().err
    assert main(["erase", str(commented), "talk", "-o", str(commented)]) == 2


def test_erased_in_place_one_comment_is_told_as_one(tmp_path, capsys):
    path = tmp_path / "r.yaml"
    un.dump(REGISTER, path)
    path.write_text(f"{path.read_text()}# {NAME}\n")
    assert main(["erase", str(path), "member-1", "--on", DAY, "-o", str(path)]) == 0
    assert "untoc-network: 1 comment was left out\n" in capsys.readouterr().err
    assert NAME not in path.read_text()


def test_a_merge_that_brings_an_erasure_leaves_the_comments_out(commented, tmp_path, capsys):
    base, theirs = tmp_path / "base.json", tmp_path / "theirs.json"
    un.dump(REGISTER, base)
    un.dump(LESS["erased"], theirs)
    total = count_comments(commented)
    assert main(["merge", str(base), str(commented), str(base), "-o", str(commented)]) == 0
    assert count_comments(commented) == total
    assert main(["merge", str(base), str(commented), str(theirs), "-o", str(commented)]) in (0, 1)
    assert f"{total} comments were left out" in capsys.readouterr().err
    assert NAME not in read_all(commented)


@pytest.mark.parametrize("words", [["migrate", "{read}", "-o", "{read}"], ["convert", "{read}", "{read}"]])
def test_where_nobody_is_kept_from_anything_comments_stay(commented, words, capsys):
    total = count_comments(commented)
    assert main([word.format(read=commented) for word in words]) == 0
    assert count_comments(commented) == total
    assert "left out" not in capsys.readouterr().err


def test_a_publication_in_yaml_has_no_comment(tmp_path):
    def publish():
        assert un.publishing.publish(
            un.Register(title=REFUGE.name), tmp_path / "out", audience="public", on=DAY, forms=["yaml"]
        ).ok
        (file,) = (tmp_path / "out").glob("*.yaml")
        assert "#" not in file.read_text()
        return file

    file = publish()
    written = file.read_text()
    file.write_text(f"{written}# {NAME}\n")
    with pytest.raises(un.UnwritableOutput, match="which would be lost: "):
        publish()
    file.write_text(written)
    publish()
