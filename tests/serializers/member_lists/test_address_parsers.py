"""Addresses in cells are read whole or not at all."""

import itertools
import re
import time

import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.serializers.member_lists import address_parsers
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS, choose_field_parser


def read(field, text):
    parsed = FIELD_PARSERS[field].parse(text, None)
    return list(parsed.values), parsed.is_complete


WHOLE = [
    "maría@example.org",
    "ñandu@example.org",
    "mari\u0301a@example.org",
    "œuvre@example.org",
    "oficial.información@example.org",
    "ana#1@example.org",
    "ana!x@example.org",
    "o'brien@example.org",
    "_ana-b+c@sub.example.org",
    "info@peña.example",
    "info@xn--pea-8ma.xn--q9jyb4c",
    "информ@пример.испытание",
    "A@EXAMPLE.ORG",
]


AROUND = [
    "{}",
    " {} ",
    "mailto:{}",
    "MAILTO:{}",
    "{}.",
    "<{}>",
    "({})",
    '"{}"',
    "'{}'",
    "\u2018{}\u2019",
    "\u200b{}",
    "\u2022 {};",
]


def test_an_email_address_in_any_letters_is_taken_whole(subtests):
    for address, around in itertools.product(WHOLE, AROUND):
        with subtests.test(address=address, around=around):
            assert read("email", around.format(address)) == ([address], True)


@pytest.mark.parametrize(
    "text",
    [
        "-a@example.org",
        ".a@example.org",
        "a.@example.org",
        "a..b@example.org",
        "a@b@example.org",
        "an\u200ba@example.org",
        "o\u2019brien@example.org",
        "a@example.org...",
        "a@example.org2",
        "a@example.испытание2",
        "a@example.orgTel",
        "a@-example.org",
        "a@exam_ple.org",
        "a@example",
        "a" * 65 + "@example.org",
        "é" * 33 + "@example.org",
        "a@" + ".".join(["e" * 60] * 5) + ".org",
        "ventas/info@example.org",
        "ana,perez@example.org",
        "ana&perez@example.org",
        "ana@sub.example,org",
        "ana@sub.example. org",
        "ana@sub.example .org",
        "ana. perez@example.org",
        "ana_ perez@example.org",
        "ana(punto)perez@example.org",
        "ana (punto) perez@example.org",
        "ana@sub.example(dot)org",
        "ana@sub.example dot org",
        'ana"x"perez@example.org',
        'ana@sub.example"org',
        "https://ana@example.org/x",
        "mailto:ana%40b@example.org",
        "ana @example.org",
        "ana@ example.org",
        "ana(punto)perez(at)example.org, ana",
        "https://social.example.org/@ana",
        "\u200b",
    ],
)
def test_of_what_may_be_part_of_another_address_none_is_made(text):
    assert read("email", text) == ([], False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a b@example.org", ["b@example.org"]),
        ("Oficina<a@example.org>", ["a@example.org"]),
        ("Correo: a@example.org", ["a@example.org"]),
        ("e-mail:a@example.org", ["a@example.org"]),
        ("Tel. 1 ; a@example.org (lunes)", ["a@example.org"]),
        ("Ana (a@example.org) lunes", ["a@example.org"]),
        ("x, a@example.org", ["a@example.org"]),
        ("a@example.org | x", ["a@example.org"]),
        ("mailto:a@example.org?subject=x", ["a@example.org"]),
        ('"Ana" <a@example.org>, "Bo" <b@example.org>', ["a@example.org", "b@example.org"]),
    ],
)
def test_an_address_beside_other_words_is_taken_and_the_cell_kept(text, found):
    parsed = FIELD_PARSERS["email"].parse(text, None)
    assert (list(parsed.values), parsed.is_complete, parsed.guess) == (found, False, "address-in-text")


@pytest.mark.parametrize(
    "text",
    ["info(at)example.org", "info [at] example [dot] org", "info{arroba}example.org", "INFO (AT) example (punto) org"],
)
def test_an_address_in_words_is_read_as_what_it_stands_for(text):
    parsed = FIELD_PARSERS["email"].parse(text, None)
    assert (parsed.values[0].casefold(), parsed.guess) == ("info@example.org", "signs-in-words")
    imported = un.import_bytes(f"Name;Email\nRefuge;{text}".encode())
    told = [one.message for one in imported.report if one.code == "IM010"]
    assert told == ["B2: words for the signs of an address are read as the signs"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("info @example.org", "remove the space from the address"),
        ("info@ example.org", "remove the space from the address"),
        ("info (a) example.org", "write the address with the sign @ in it"),
        ("(at) example.org", "write the address with the sign @ in it"),
        ("info at example.org", "write the address with the sign @ in it"),
        ("no tiene", "correct the cell, or name 'note' for its column in a mapping"),
    ],
)
def test_the_finding_names_what_is_wrong_with_an_address(text, hint):
    imported = un.import_bytes(f"Name;Email\nRefuge;{text}".encode())
    (finding,) = (one for one in imported.report if one.code == "IM008")
    assert finding.message == "expected an e-mail address in B2, column 'Email'; the content is kept in the notes"
    assert finding.hint == hint
    assert imported.register.organizations[0].contacts == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.example.org/notes/a,b.html", ["https://www.example.org/notes/a,b.html"]),
        ("https://d.example.org/D2;jsessionid=AB?df_id=1", ["https://d.example.org/D2;jsessionid=AB?df_id=1"]),
        ("https://example.org/a;https://example.org/b", ["https://example.org/a", "https://example.org/b"]),
        ("https://example.org/a,b;www.example.org", ["https://example.org/a,b", "https://www.example.org"]),
        ("https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/a).", ["https://example.org/a"]),
        ("https://example.org/w/A_(b)", ["https://example.org/w/A_(b)"]),
        ("\u201chttps://example.org/\u201d", ["https://example.org/"]),
        ('"https://example.org/"', ["https://example.org/"]),
        ("https://peña.example/niño?x=1#y", ["https://peña.example/niño?x=1#y"]),
        ("https://ana@example.org:8080/x", ["https://ana@example.org:8080/x"]),
        ("http://192.0.2.1/x", ["http://192.0.2.1/x"]),
        ("https://example.org y https://example.net", ["https://example.org", "https://example.net"]),
        (
            "https://web.archive.org/web/2020/https://example.org/",
            ["https://web.archive.org/web/2020/https://example.org/"],
        ),
        ("example.org, example.net", ["https://example.org", "https://example.net"]),
        ("example.org;example.net/x;", ["https://example.org", "https://example.net/x"]),
        ("peña.org", ["https://peña.org"]),
    ],
)
def test_a_web_address_is_taken_whole(text, found):
    assert read("website", text) == (found, True)


@pytest.mark.parametrize(
    "text",
    [
        "luz.ruizsol",
        "casa.abierta/x",
        "@mesalibre",
        "info@example.org",
        "xhttps://example.org",
        "https://example",
        "https://example.org/a...",
        "https://example.org/a|b",
        "https://example.org/a)b",
        "https://example.org/a,example.net",
        "https://example.org/a b.pdf",
        "https://example.org/mi casa/x",
        "https://example.org -x",
        "https://www.example. org",
        "www. example.org/x",
        "casa,example.org",
        "Casa.de la mujer",
        "ver example.org",
    ],
)
def test_of_what_may_be_no_web_address_none_is_made(text):
    assert read("website", text) == ([], False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Web:https://example.org", ["https://example.org"]),
        ("[x](https://example.org/)", ["https://example.org/"]),
        ("https://example.org/a y mucho más", ["https://example.org/a"]),
        ("ver https://example.org/", ["https://example.org/"]),
        ("Pág. www.example.org", ["https://www.example.org"]),
    ],
)
def test_a_web_address_beside_other_words_is_taken_and_the_cell_kept(text, found):
    assert read("website", text) == (found, False)


@pytest.mark.parametrize(
    "handle", ["luz.ruizsol", "casa.abierta", "luz.pe", "juan.co", "no.tiene", "@mesalibre", "mesalibre"]
)
def test_a_handle_is_no_web_address(handle):
    parsed = FIELD_PARSERS["social"].parse(handle, None)
    assert (parsed.values, parsed.is_complete, parsed.remedy) == ((), False, "write-address-of-page")


def test_the_page_of_a_service_is_a_web_address():
    assert read("social", "example.org/luz; https://example.net/paz") == (
        ["https://example.org/luz", "https://example.net/paz"],
        True,
    )


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("(+507) 6000-0000", ["(+507) 6000-0000"], True),
        ("(6000-0000).", ["6000-0000"], True),
        ("tel:+50760000000", ["+50760000000"], True),
        ("+507 6000-0000 +507 6000-0001", ["+507 6000-0000", "+507 6000-0001"], True),
        ("6000-0000 y 6000-0001", ["6000-0000", "6000-0001"], True),
        ("6000-0000 6000-0001", [], False),
        ("0511/123456", [], False),
        ("6000-0000/01", ["6000-0000"], False),
        ("A6000-0000", [], False),
        ("(507 6000-0000", [], False),
        ("1 2 3 4", [], False),
        ("6000-0000 ext. 12", ["6000-0000 ext. 12"], True),
    ],
)
def test_a_telephone_number_is_taken_whole(text, found, whole):
    assert read("phone", text) == (found, whole)


LETTERS = st.sampled_from("abzñéüøłßдя名0")
WORDS = st.text(LETTERS, min_size=1, max_size=8).filter(lambda word: not word.isdigit())
HOSTS = st.builds("{}.{}".format, WORDS, st.sampled_from(["example.org", "example.net", "peña.org"]))
EMAILS = st.builds(
    "{}@{}".format, st.builds("{}{}{}".format, WORDS, st.sampled_from([".", "-", "_", "+", "'"]), WORDS), HOSTS
)
PATHS = st.text(st.sampled_from("abñ0,;-_=&~:"), max_size=10).map(lambda text: f"/x{text}y")
LINKS = st.builds("{}{}{}".format, st.sampled_from(["https://", "http://", "HTTPS://"]), HOSTS, PATHS)
PHONES = st.from_regex(r"\+[1-9][0-9]{2} [0-9]{4}-[0-9]{4}", fullmatch=True).filter(str.isascii)
SEPARATORS = st.sampled_from(["; ", ", ", ";", ",", "\n", " | ", "|", " y ", " and ", " et ", " & ", " / "])
KINDS = {"email": EMAILS, "website": LINKS, "phone": PHONES}


@pytest.mark.parametrize("field", KINDS)
@given(data=st.data())
def test_addresses_joined_by_a_separator_are_exactly_those(field, data):
    joined = data.draw(st.lists(KINDS[field], min_size=1, max_size=4, unique=True))
    assert read(field, data.draw(SEPARATORS).join(joined)) == (joined, True)


WITHIN = re.compile(r"[^\W_]")
CELLS = st.lists(
    st.one_of(
        EMAILS,
        LINKS,
        PHONES,
        HOSTS,
        WORDS,
        st.sampled_from(
            [*" .,;:/|()<>[]@-_+'\"&", " y ", "mailto:", "https://", "www.", "(at)", "..", "\u200b", "\u2019"]
        ),
    ),
    max_size=8,
).map("".join)


@pytest.mark.unmeasured
@pytest.mark.parametrize("field", ["email", "website", "social", "phone"])
@given(text=CELLS)
def test_an_address_stands_whole_in_the_cell(field, text):
    for value in FIELD_PARSERS[field].parse(text, None).values:
        written = value if value in text else value.removeprefix("https://")
        places = [found.span() for found in re.finditer(re.escape(written), text)]
        assert any(
            not WITHIN.match(text[start - 1 : start]) and not WITHIN.match(text[end : end + 1]) for start, end in places
        )


@pytest.mark.parametrize(
    "between", ["\n", " \n ", " " * 40, "\n " * 40, " " * 40 + "y" + " " * 40, "\r\n" + " " * 40 + "&"]
)
def test_however_many_blanks_stand_between_two_numbers_they_are_two(between):
    text = f"+507 612-3456{between}+507  612-3457"
    assert read("phone", text) == (["+507 612-3456", "+507  612-3457"], True)


@pytest.mark.parametrize(
    ("text", "found", "guess"),
    [
        ("3001234567 - 3007654321", ["3001234567", "3007654321"], None),
        ("+57 1 2345678 \u2013 3001234567", ["+57 1 2345678", "3001234567"], None),
        ("300 - 123 - 4567", ["300 - 123 - 4567"], None),
        ("Tel: 600-0000", ["600-0000"], None),
        ("Tel.: (55) 1234-5678", ["(55) 1234-5678"], None),
        ("T: +44 20 7946 0000", ["+44 20 7946 0000"], None),
        ("+507 6000\u20130000", ["+507 6000\u20130000"], None),
        ("+ 507 600-0000", ["+ 507 600-0000"], None),
        ("3001234567.0", ["3001234567"], None),
        ("600-0000 x12", ["600-0000 x12"], None),
        ("600-0000 extensi\u00f3n 12", ["600-0000 extensi\u00f3n 12"], None),
        ("300 123 4567 (WhatsApp)", ["300 123 4567"], "words-beside-number"),
        ("WhatsApp: +57 300 1234567", ["+57 300 1234567"], None),
        ("Oficina: 600-0000; Celular: 6000-0000", ["600-0000", "6000-0000"], "words-beside-number"),
    ],
)
def test_telephone_numbers_as_people_write_them(text, found, guess):
    parsed = FIELD_PARSERS["phone"].parse(text, None)
    assert ([*parsed.values], parsed.is_complete, parsed.guess) == (found, True, guess)


@pytest.mark.parametrize(
    "text", ["2012-03-04", "02/03/2012", "5.73016E+11", "2345678 Ana", "Fax 600-0001", "Tel:", "WhatsApp", "12-34"]
)
def test_what_is_no_telephone_number(text):
    assert read("phone", text) == ([], False)


def test_a_number_that_a_spreadsheet_cut_is_told_as_such():
    assert FIELD_PARSERS["phone"].parse("5,73016E+11", None).remedy == "write-all-digits"


@pytest.mark.parametrize(
    ("header", "text", "found"),
    [
        ("Facebook", "@casaabierta", ["https://www.facebook.com/casaabierta"]),
        ("Facebook", "luz.ruizsol", ["https://www.facebook.com/luz.ruizsol"]),
        ("P\u00e1gina de Facebook", "/casaabierta", ["https://www.facebook.com/casaabierta"]),
        ("Twitter", "@casaabierta", ["https://twitter.com/casaabierta"]),
        ("X (Twitter)", "@casaabierta", ["https://twitter.com/casaabierta"]),
        ("Instagram", "@casa_abierta", ["https://www.instagram.com/casa_abierta"]),
        ("Instagram", "@uno y @dos", ["https://www.instagram.com/uno", "https://www.instagram.com/dos"]),
        ("Instagram", "@uno; @dos", ["https://www.instagram.com/uno", "https://www.instagram.com/dos"]),
        ("LinkedIn", "company/casa-abierta", ["https://www.linkedin.com/company/casa-abierta"]),
        ("YouTube", "@casa", ["https://www.youtube.com/@casa"]),
        ("TikTok", "@casa", ["https://www.tiktok.com/@casa"]),
    ],
)
def test_a_handle_under_the_name_of_a_service_is_its_page_as_a_guess(header, text, found):
    parsed = choose_field_parser("social", header).parse(text, None)
    assert ([*parsed.values], parsed.is_complete, parsed.guess) == (found, True, "account")


@pytest.mark.parametrize(
    ("header", "text"),
    [
        *(("Facebook", text) for text in ("no.tiene", "no tiene", "Casa Abierta", "Facebook", "CasaAbierta", ";", "-")),
        *(("Facebook", text) for text in ("casa_abierta", "@a b", "12345", "https://", "ana@example.org")),
        ("Redes sociales", "@casaabierta"),
        ("Facebook / Instagram", "@casaabierta"),
        ("LinkedIn", "@casa"),
        ("LinkedIn", "casa"),
        ("YouTube", "casa"),
        ("Twitter", "@nombre.con.punto"),
    ],
)
def test_where_no_handle_or_no_service_is_sure_no_address_is_made(header, text):
    assert choose_field_parser("social", header).parse(text, None).values == ()


def test_a_web_address_under_the_name_of_a_service_stays_as_it_is():
    parsed = choose_field_parser("social", "Facebook").parse("https://www.facebook.com/casa; @otra", None)
    assert (parsed.values, parsed.is_complete) == (("https://www.facebook.com/casa",), False)


def test_a_cell_as_long_as_can_be_takes_no_time(subtests):
    for field, letter in itertools.product(
        ["email", "website", "social", "phone", "identifier", "founded", "country", "kind", "at_risk"],
        ["\n", "a", "(", "-", "1 ", "@", "a\n", "T", ", ", "."],
    ):
        with subtests.test(field, letter=letter):
            text = f"a{letter * (10_000 // len(letter))}b"
            started = time.process_time()
            choose_field_parser(field, "Facebook").parse(text, None)
            assert time.process_time() - started < 1


@given(
    st.text(alphabet="@ab._/ ,;y-1", max_size=30), st.sampled_from(["Facebook", "Instagram", "X", "TikTok", "LinkedIn"])
)
def test_no_account_is_made_up(text, header):
    for url in choose_field_parser("social", header).parse(text, None).values:
        assert url.rpartition("/")[2].lstrip("@") in text


def test_a_host_in_brackets_is_read_without_them():
    assert read("website", "(example.org)") == (["https://example.org"], True)


# -- what is plain -----------------------------------------------------------------------------------------------------

LONG_WAY = {name: re.compile("(?!)") for name in ("_PLAIN_EMAIL", "_PLAIN_LINK", "_PLAIN_PHONE")}
NEARLY_PLAIN = {
    "email": st.from_regex(r"[ab1._-]{1,5}@[ab1.-]{1,6}\.(?:org|x|co\.pe|ORG)[ .;]?", fullmatch=True),
    "website": st.from_regex(r"https?://(?:www\.)?[ab1.-]{1,6}(?:\.org)?(?:/[ab1.-]{0,4}){0,2}[/.)]?", fullmatch=True),
    "phone": st.from_regex(r"\(?\+?[0-9](?:[ -]?[0-9]){5,16}\)?", fullmatch=True),
}


@pytest.mark.parametrize("field", NEARLY_PLAIN)
@given(st.data())
def test_what_is_plain_is_read_as_the_long_way_reads_it(field, data):
    text = data.draw(NEARLY_PLAIN[field])
    fields = [field, "social"] if field == "website" else [field]
    short = [FIELD_PARSERS[one].parse(text, None) for one in fields]
    with pytest.MonkeyPatch.context() as patch:
        for name, nothing in LONG_WAY.items():
            patch.setattr(address_parsers, name, nothing)
        assert [FIELD_PARSERS[one].parse(text, None) for one in fields] == short


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_PLAIN_EMAIL", "ana.ruiz@mail.example.org"),
        ("_PLAIN_LINK", "https://www.example.org/es/quienes-somos/"),
        ("_PLAIN_PHONE", "+51 1 234 5678"),
    ],
)
def test_most_cells_are_plain(name, text):
    assert getattr(address_parsers, name).fullmatch(text)
