"""Comments of a YAML file stay with what they stood at when the file is written anew."""

import sys

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.serializers.codecs.yaml import dumps, reads
from untoc_network.serializers.codecs.yaml_comments import keep_comments

OLD = """\
# yaml-language-server: $schema=register.schema.json

organizations:   # who acts
  # the second
  - {id: xb-ngo, kind: ngo, name: {en: "B # no comment"}}   # checked
  # the first
  - id: xa-ngo
    name:
      en: |
        A # no comment
    # its kind
    kind: ngo  # for certain
    countries:
      - XB
      # doubtful
      - XA # since 1999
schema_version: 1
# the end
"""
NEW = """\
# yaml-language-server: $schema=register.schema.json
schema_version: 1
organizations:  # who acts
  # the first
  - id: xa-ngo
    countries:
      - XB
      # doubtful
      - XA  # since 1999
    # its kind
    kind: ngo  # for certain
    name:
      en: "A # no comment\\n"
  # the second
  - id: xb-ngo  # checked
    kind: ngo
    name:
      en: "B # no comment"
# the end
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_that_is_written_anew_keeps_its_comments(tmp_path, ends):
    path = tmp_path / "r.yaml"
    path.write_bytes(OLD.replace("\n", ends).encode())
    register = un.load(path)
    un.dump(register, path)
    assert path.read_text() == NEW
    assert un.load(path) == register
    un.dump(register, path)
    assert path.read_text() == NEW


def test_the_comment_of_what_is_gone_moves_to_what_it_was_part_of(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(NEW)
    register, _ = un.load(path).without("xa-ngo")
    un.dump(register, path)
    assert (
        path.read_text()
        == """\
# yaml-language-server: $schema=register.schema.json
schema_version: 1
# the first
# doubtful
# its kind
organizations:  # who acts  # since 1999  # for certain
  # the second
  - id: xb-ngo  # checked
    kind: ngo
    name:
      en: "B # no comment"
# the end
"""
    )
    un.dump(un.Register(), path)
    assert path.read_text().count("#") == NEW.count("#") - 2


def test_files_of_a_folder_keep_theirs(tmp_path):
    folder = tmp_path / "r.d"
    un.dump(un.Register(language="es"), folder)
    (folder / "register.yaml").write_text("schema_version: 1\nlanguage: es  # for now\n")
    un.dump(un.Register(language="fr"), folder)
    assert (folder / "register.yaml").read_text() == "schema_version: 1\nlanguage: fr  # for now\n"


@pytest.mark.parametrize("old", [b"", b"{", b"# [", b"\xff #", b"a: '#'\n", b"a: [ # x", b"{} # a", b"# a"])
def test_an_old_file_of_any_content_is_replaced(old):
    new = dumps(un.Register())
    kept = keep_comments(old, new)
    assert kept.replace(b"  # a", b"").replace(b"# a\n", b"") == new


def test_without_ruamel_no_comment_is_lost_in_silence(tmp_path, monkeypatch):
    path = tmp_path / "r.yaml"
    path.write_text("schema_version: 1  # x\n")
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    with pytest.raises(un.MissingExtra):
        un.dump(un.Register(), path)
    assert path.read_text() == "schema_version: 1  # x\n"


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=8))
@tries(15)
def test_comments_anywhere_stay_and_change_nothing(places):
    register = un.Register(organizations=un.example().organizations[:3], title=un.example().title)
    lines = dumps(register).decode().splitlines()
    for number, (at, alone) in enumerate(places):
        lines[at % len(lines)] += f"\n# c{number}" if alone else f" # c{number}"
    old = "\n".join(lines).encode()
    kept = keep_comments(old, dumps(register))
    assert all(kept.count(b"# c%d" % number) == 1 for number in range(len(places)))
    assert keep_comments(kept, dumps(register)) == kept
    assert reads(kept) == (register, un.Report(()))
