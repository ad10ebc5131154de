"""Lists in any code page: those of the four languages by their letters, others by chardet, and what is said."""

import builtins

import pytest
from hypothesis import given, strategies as st
from tests.serializers.member_lists.header_lists import real_lists

import untoc_network as un
from untoc_network.serializers.member_lists.sheet_reading import UnreadableSheet
from untoc_network.serializers.member_lists.text_encoding import decode_list

WORDS = sorted(
    {column.header for real in real_lists("tuned") for column in real.columns if not column.header.isascii()}
    | {
        "Asociación Ñandú",
        "São João",
        "Forêt d'été",
        "l\u2019eau",
        "Women\u2019s House",
        "PERÚ",
        "Cœur",
        "N.º 1",
        "«Luz»",
    }
)
WESTERN = ("cp1252", "mac_roman", "cp850")


def codes(data, **more):
    mapping = un.member_lists.SheetMapping(**more)
    report = un.import_bytes(data, file="f", mapping=mapping).report
    return [
        f"{one.code} {one.message}" for one in report if one.code in ("IM001", "IM021") or one.location.line is None
    ]


@pytest.mark.parametrize("encoding", WESTERN)
@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=12, unique=True))
def test_lists_in_the_four_languages_are_read_in_their_code_page(encoding, words):
    text = "Nombre,País\nOrganización,São João\n" + "\n".join(words)
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    decoded = decode_list(data)
    assert (decoded.text, decoded.guess, decoded.doubt) == (text, encoding, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1))
def test_unicode_is_read_with_a_mark_and_without_one(encoding, words):
    text = "Name;Country;Contact\n" + "\n".join(words)
    decoded = decode_list(text.encode(encoding))
    assert (decoded.text, decoded.guess, decoded.doubt) == (text, None, None)


OTHER_ALPHABETS = [
    ("名前,国\n山田協会,日本\n", "cp932"),
    ("名称,国家\n人民网络组织,中国\n", "gb18030"),
    ("Название;Страна\nдом;Россия\n", "cp1251"),
    ("Nazwa;Kraj\nŁódź Ośrodek;Polska\n", "iso8859-2"),
    ("Ad\nİstanbul Şişli Değişim", "cp1254"),
]


@pytest.mark.parametrize(("text", "encoding"), OTHER_ALPHABETS)
def test_other_alphabets_are_a_doubt_with_an_example(text, encoding):
    pytest.importorskip("chardet")
    decoded = decode_list(text.encode(encoding))
    assert (decoded.text, decoded.guess, decoded.doubt) == (text, encoding, "other-letters")
    assert not text[decoded.at].isascii()


@pytest.mark.parametrize(("text", "encoding"), OTHER_ALPHABETS)
def test_without_chardet_the_doubt_stays(monkeypatch, text, encoding):
    real = builtins.__import__

    def without_chardet(name, *more):
        if name == "chardet":
            raise ImportError
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without_chardet)
    try:
        decoded = decode_list(text.encode(encoding))
    except UnreadableSheet as problem:
        assert problem.params == {"problem": "encoding", "remedy": "say-encoding"}
    else:
        assert (decoded.guess, decoded.doubt) == ("cp1252", "no-words")


def test_a_doubt_stands_at_a_cell_that_shows_it():
    data = "Name;Country\nLodz;XA\nŁódź Ośrodek;XA".encode("iso8859-2")
    told = "the letters of the file are read as iso8859-2, which may be wrong: the package chardet, which guesses encodings, takes them for that; see A3"
    assert codes(data) == [f"IM021 {told}"]


def test_what_was_saved_twice_is_told():
    data = "Name;Country\nCasa;XA\nRefugio Ñandú;XA".encode().decode("cp1252").encode()
    assert codes(data) == [
        "IM021 the letters of the file are read as utf-8, which may be wrong: some of them come of saving UTF-8 twice; see A3"
    ]


def test_another_western_code_page_is_told_as_a_guess():
    assert codes("Name;País\nRefugio Ñandú;XA".encode("mac_roman")) == [
        "IM010 f: the file is not UTF-8; it is read as mac_roman"
    ]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16-le", "shift_jis", "utf-8-sig"])
def test_an_encoding_that_is_stated_decides_and_nothing_is_guessed(encoding):
    assert codes("Name;Country\nдом;XA".encode(encoding), encoding=encoding) == []


@pytest.mark.parametrize("encoding", WESTERN)
@pytest.mark.parametrize("word", ["Réseau", "PÉROU", "École", "Ñandú", "SÃO"])
def test_one_letter_tells_the_code_page_or_leaves_the_likeliest(encoding, word):
    if encoding != "cp850" or word not in ("SÃO", "École"):  # which another code page makes as likely words of
        assert decode_list(word.encode(encoding)).text == word


def test_an_encoding_that_cannot_be_right_is_told():
    assert codes(b"Name;Country\n\xff;XA", encoding="utf-8") == [
        "IM001 the sheet cannot be read: the file is not of the encoding that was stated"
    ]


def test_what_chardet_says_counts_only_if_it_makes_words(monkeypatch):
    chardet = pytest.importorskip("chardet")
    data = b"Name;Country\n\xc4\xee\xec\xc4\xee\xec;XA\n"
    for said in (None, "no-such-page", "utf-8", "cp437"):
        monkeypatch.setattr(chardet, "detect", lambda _, said=said: {"encoding": said})
        assert decode_list(data).doubt == "no-words"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_one_clear_finding(data):
    try:
        decoded = decode_list(data)
    except UnreadableSheet as problem:
        assert problem.rule.code == "IM001"
    else:
        assert decoded.at <= len(decoded.text)
