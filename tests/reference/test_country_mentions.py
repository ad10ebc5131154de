"""Names of countries in free text: every name is found at its place, and what is no name is left alone."""

import doctest
import sys
import unicodedata

import attrs
import pytest
from hypothesis import example, given, strategies as st
from tests.profiles import some

import untoc_network as un
from untoc_network.reference import (
    ambiguous_names as homographs,
    country_mentions as naming,
    name_trie as meanings,
    packaged,
    row_types,
)
from untoc_network.reference.ambiguity_context import is_language_name
from untoc_network.reference.ambiguous_names import MentionLevel, load_ambiguities, load_parts, load_phrases_elsewhere
from untoc_network.reference.text_words import LONGEST_WORD, fold_word, split_words

NAMES = packaged().country_names
COUNTRIES = [country for country in packaged().table("countries") if country.code != "EU"]
LANGUAGES = ("en", "es", "fr", "pt")
CARRIERS = {
    "en": ("We heard of the case of ", ", and of what it cost the victims."),
    "es": ("Supimos del caso de ", ", y de lo que costó a las víctimas."),
    "fr": ("Nous avons entendu parler du cas de ", ", et de ce qu'il a coûté aux victimes."),
    "pt": ("Soubemos do caso de ", ", e do que custou às vítimas."),
}


def told(**values):
    return {
        "source": "https://example.org",
        "as_of": un.PartialDate("2026"),
        "certainty": un.Certainty.RECALLED,
    } | values


def all_names():
    for country in COUNTRIES:
        for language in LANGUAGES:
            formal = getattr(country, f"{language}_formal", None)
            for name in filter(None, (getattr(country, language), formal)):
                yield language, country.code, bare(name)
    for row in packaged().table("former_names"):
        yield "en", row.code, bare(row.name)
    for row in packaged().table("demonyms"):
        yield row.language, row.code, row.word
    for code, names in load_parts().items():
        for name in names:
            yield "fr" if code == "SV" else "en", code, name


def bare(name):
    return meanings._ARTICLE.sub("", name)


def without_accents(text):
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def capitalised(name):
    """What is a name even where the word in small letters is none."""
    first, _, last = name.rpartition(" ")
    return f"{first} {last[0].upper()}{last[1:]}".strip()


EVERY_NAME = sorted(set(all_names()))
BARRED = {fold_word(word) for word, doubt in load_ambiguities().items() if doubt.capital is MentionLevel.NO}


def found(text, **options):
    return [(named.words, *named.codes, named.sure) for named in NAMES.find(text, **options)]


def sure(text, **options):
    return [named.words for named in NAMES.find(text, **options) if named.sure]


@pytest.mark.unmeasured
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "written",
    [
        str,
        without_accents,
        str.upper,
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: name.replace(" ", "\n"),
        lambda name: name.replace("'", "’").replace("-", "‑"),
        lambda name: "\u00ad".join(name) if name.isalpha() else name,
    ],
    ids=["as it is", "without accents", "in capitals", "decomposed", "over lines", "typeset", "with soft hyphens"],
)
def test_every_name_of_every_table_is_found_at_its_place(language, written):
    for own, code, name in some(EVERY_NAME):
        before, after = CARRIERS[language]
        as_written = written(capitalised(name))
        another_word = written is without_accents and fold_word(name) in BARRED
        if own != language or another_word:
            continue
        text = f"{before}{as_written}{after}"
        for asked in (language, None):
            (named,) = NAMES.find(text, language=asked)
            assert (named.start, named.words) == (len(before), as_written), text
            assert text[named.start : named.end] == named.words
            assert code in named.codes


def test_possessives_articles_and_compounds_leave_the_name_as_it_is():
    for _, code, name in EVERY_NAME:
        for text in (
            f"under {capitalised(name)}'s law",
            f"the pro-{capitalised(name)} side",
            f"ate «{capitalised(name)}»",
        ):
            (named,) = NAMES.find(text)
            assert named.words == capitalised(name)
            assert code in named.codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guinea-Bissau, Papua New Guinea, Equatorial Guinea and Guinea", ["GW", "PG", "GQ", "GN"]),
        (
            "South Sudan and Sudan; Sudán del Sur y Sudán; Sudão do Sul; Soudan du Sud",
            ["SS", "SD", "SS", "SD", "SS", "SS"],
        ),
        ("the Democratic Republic of the Congo", ["CD"]),
        ("the Democratic Republic of Congo, the Republic of the Congo", ["CD", "CG"]),
        ("Congo", ["CD+CG"]),
        ("both Koreas? No: Korea. Corea del Norte. Korean. surcoreano", ["KP+KR", "KP", "KP+KR", "KR"]),
        ("the Dominican Republic and Dominica; the Dominican coast", ["DO", "DM", "DM+DO"]),
        ("Northern Ireland and Ireland; a Northern Irish NGO", ["GB", "IE", "GB"]),
        ("in New Mexico, on the Gulf of Mexico, in American Samoa and the Indian Ocean", []),
        (
            "Mexico's courts, l'Équateur, d'Haïti, da Bolívia, al Perú, l’État d’Haïti",
            ["MX", "EC", "HT", "BO", "PE", "HT"],
        ),
        ("St. Lucia, Trinidad & Tobago, Bolivia (Plurinational State of)", ["LC", "TT", "BO"]),
        (
            "USA, U.S.A., U.S., UK, U.K., EE. UU., EE.UU., EEUU, EUA, DRC, UAE",
            [*["US"] * 3, *["GB"] * 2, *["US"] * 4, "CD", "AE"],
        ),
        ("usa la red; tell us; MX, BRA, 076 and mex are codes, not names", []),
        ("Papua\nNew   Guinea; Costa-Rica; Papua, New Guinea; Costa. Rica; Sri. Lanka", ["PG", "CR", "PG"]),
        ("le cas du Salvador; the savior: el salvador; El Salvador; Salvador", ["SV", "SV"]),
        ("the European Union, a European NGO, Europeans, americano, Latin American", []),
        ("Mexicox, xMexico, Mexico2, Mexican-ness, mexicanidad", ["MX"]),
        ("\ufeffMe\u200bxico\u200f, \u202bM\u00e9xico\u202c, \uff2d\uff25\uff38\uff29\uff23\uff2f", ["MX"] * 3),
        ("TÜRKİYE, Türkiye, Turkiye, Turquía", ["TR"] * 4),
    ],
)
def test_the_longest_name_is_found_and_nothing_else(text, expected):
    assert ["+".join(named.codes) for named in NAMES.find(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "turkey, guinea pig, Guinea fowl, niger, mali, chad, togo, chili, the polish, a grenade, pole, bajan, gana",
            [],
        ),
        ("in Turkey, in Guinea, in Niger, in Mali, in Chad, in Togo, a Polish judge, à la Grenade", [True] * 8),
        (
            "Turkey signed. Chad signed. Jordan signed. Mali signed. Grenade attacks. Polish it. Catar vinos",
            [True] * 4 + [False] * 3,
        ),
        (
            "Michael Jordan, Chad Smith, Mr Jordan, Mr. Jordan, J. Jordan, don Israel, Ms Georgia, Cuba Gooding",
            [False] * 8,
        ),
        ("the French Government, an Irish Judge, Anatole France, Mr. French, Ana Portugal", [True] * 2 + [False] * 3),
        ("In Jordan; In Chad, The Jordan border, Para Israel", [True] * 4),
        ("JORDAN and CHAD; IN JORDAN; JORDAN CAMPS; chad; jordan", [True, True, True, False, False]),
        ("IN TURKEY, IN FRANCE, Turkey", [False, True, True]),
        ("tell US now; TELL US NOW; US NGOs; UK NGOS", [True, False, True, True]),
        ("la china, China, unas honduras, Honduras, el ecuador, Ecuador, la cuba, Cuba", [False, True] * 4),
        ("Mauricio, Maurice, Dominique, Santa Lucía, Indiana, indios", [False] * 6),
        (
            "Los jefes irán. Irán los jefes. en Irán, Iran, irã, Irã, ira, Ira, IRA, irá, Irá",
            [False, True, True, True, True],
        ),
        ("Os chefes irão. no Irão, Helvetica, helvética, danés, a Dane, danes", [True, False, True, True, True]),
        ("Iémen, Roménia, Benín, São Tomé-et-Príncipe, Papúa Nueva Guinea", [True] * 5),
        ("Grenade attacks rose", [False]),
        ("who speaks some French, a French judge", [False, True]),
        ("Germán, Gales, galés, gales, tú ganes, ganês", [True, True, True]),
        ("Brásil", [False]),
        ("Etats-Unis d'Amérique, ETATS-UNIS D'AMÉRIQUE", [True] * 2),
        ("French police, policía francesa, la police française, Chinese and Russian gangs", [True] * 5),
        ("in English, French and Spanish; the Russian version; en español; versão em português", [False] * 6),
        ("available in Arabic, Chinese and English; French-speaking; speaks Portuguese", [False] * 4),
    ],
)
def test_homographs_are_sure_possible_or_left_out(text, expected):
    assert [named.sure for named in NAMES.find(text)] == expected, found(text)


def test_phrases_that_hold_a_name_and_name_no_country_are_passed_over(subtests):
    for phrase in load_phrases_elsewhere():
        with subtests.test(phrase):
            assert found(f"at the {phrase} and in Chile") == [("Chile", "CL", True)]


def test_every_homograph_is_a_name_in_the_tables_and_stands_in_the_table_once():
    known = {plain_words(name) for _, _, name in EVERY_NAME}
    assert {plain_words(word) for word in load_ambiguities()} <= known
    assert len(load_ambiguities()) == sum(len(row["words"]) for row in homographs._load_toml_tables()["homographs"])


def plain_words(text):
    return " ".join(split_words(text).folded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_names_names_nothing(language):
    before, after = CARRIERS[language]
    assert found(f"{before}todo{after}" * 20) == []


def test_a_language_limits_whose_words_count():
    assert found("Grenade! La Suisse; Switzerland; suizo", language="en") == [("Switzerland", "CH", True)]
    assert found("La Suisse; Switzerland; suizo", language="es") == [("suizo", "CH", True)]
    assert found("the Ivory Coast", language="fr") == [("Ivory Coast", "CI", True)]
    with pytest.raises(un.ImpossibleValue, match=r"^names of countries are known in en, es, fr, pt, not in 'de'$"):
        NAMES.find("", language="de")


def test_a_state_may_speak_of_itself():
    text = "South Sudan and Korea, and Sudan"
    assert found(text, excepting={"SS", "KR"}) == [("Korea", "KP", True), ("Sudan", "SD", True)]


def test_a_place_says_what_kind_of_name_it_has_and_how_sure_the_row_is():
    text = "France, Brazil, Brasil, Burma, Scotland, Swede, Türkiye"
    kinds = [(named.words, named.how.value, named.certainty.value) for named in NAMES.find(text)]
    assert kinds == [
        ("France", "official-name", "seen"),
        ("Brazil", "official-name", "seen"),
        ("Brasil", "official-name", "seen"),
        ("Burma", "common-name", "recalled"),
        ("Scotland", "part", "recalled"),
        ("Swede", "demonym", "recalled"),
        ("Türkiye", "official-name", "recalled"),
    ]


def test_names_come_from_the_tables_that_are_given():
    facts = packaged().replacing(demonyms=[row_types.Demonym(code="XA", language="en", word="Xanadian", **told())])
    facts = facts.adding(former_names=[row_types.FormerName(code="XB", name="Xebec", **told())])
    assert [named.codes for named in facts.country_names.find("Xanadians, Xanadian, Xebec, Mexican, Mexico")] == [
        ("XA",),
        ("XB",),
        ("MX",),
    ]
    assert facts.country_names is facts.country_names


def test_every_country_has_its_demonyms_in_four_languages_but_two():
    have = {(row.code, row.language) for row in packaged().table("demonyms")}
    lacking = {(country.code, language) for country in COUNTRIES for language in LANGUAGES} - have
    assert lacking == {("US", "en"), ("VA", "en")}
    assert {code for code, _ in have} == {country.code for country in COUNTRIES}
    assert {row.certainty.value for row in packaged().table("demonyms")} == {"recalled"}


PIECES = st.one_of(
    st.text(max_size=4),
    st.sampled_from([name for _, _, name in EVERY_NAME]),
    st.sampled_from(
        [
            "Mr.",
            "J.",
            "in",
            "The",
            "and",
            " ",
            "\n\n",
            "(",
            ")",
            "\u0301",
            "\u200f",
            "\ud800",
            "\x00",
            "New",
            "Republic of",
        ]
    ),
)


@given(st.lists(PIECES, max_size=12).map(" ".join), st.sampled_from([None, *LANGUAGES]))
@example("(Guinea) (Bissau", None)
def test_places_do_not_overlap_and_slice_back_to_their_words(text, language):
    end = 0
    for named in NAMES.find(text, language=language):
        assert end <= named.start < named.end
        assert text[named.start : named.end] == named.words
        assert named.codes
        end = named.end


HOSTILE = {
    "one word": "a" * 200_000,
    "a name over and over": "Republic of " * 20_000,
    "marks": "e" + "\u0301\u0323" * 100_000,
    "marks alone": "\u0301" * 200_000,
    "nothing to see": "\u200f" * 200_000,
    "marks and letters": "e\u0301" * 100_000,
    "surrogates": "\ud800\udfff" * 50_000 + " ",
    "NUL": "\x00" * 200_000,
    "blanks": "Papua" + " " * 200_000 + "New" + " " * 200_000 + "Guinea",
    "languages": "English and " * 20_000,
    "direction": "\u202e\u200f" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_gone_through(text):
    assert [named.words for named in NAMES.find(f"{text} . Chile. {text}") if named.words == "Chile"] == ["Chile"]


def calls(work):
    """How many functions, of Python and of C, are called."""
    number = 0

    def count(_frame, event, _arg):
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize(
    "text",
    [
        "We heard of Papua New Guinea, of Mr. Jordan and of the Republic of nowhere. ",
        "Republic of the ",
        "English and ",
        "JORDAN ",
        "é" * 50 + " ",
    ],
)
def test_work_grows_with_the_text_and_no_faster(text):
    small, large = (calls(lambda whole=text * times: list(NAMES.find(whole))) for times in (200, 800))
    assert large <= 4.1 * small


def test_a_word_too_long_for_a_name_is_not_folded():
    assert fold_word("é" * LONGEST_WORD) == "e" * LONGEST_WORD
    assert fold_word("é" * (LONGEST_WORD + 1)) == ""


def test_only_languages_of_documents_are_languages():
    assert not is_language_name(split_words("in Danish"), 1)


def test_what_is_found_is_a_value():
    (named,) = NAMES.find("in Chile")
    assert attrs.evolve(named) == named
    assert repr(NAMES) == "CountryNames()"
    assert naming.NameKind is meanings.NameKind


def test_the_example_runs():
    assert doctest.testmod(naming) == (0, 2)
