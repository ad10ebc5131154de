"""Words that are the name of a country and something else too: when such a word names the country, as a table.

`turkey` in small letters is a bird, `Turkey` a country, `Mr Jordan` a person, `in French` a language, `New Mexico` no
country at all. What cannot be told from the words next to it is possible, not sure.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import IntEnum

import attrs

__all__ = ["ALSO", "ELSEWHERE", "PARTS", "Ambiguity", "MentionLevel", "load_ambiguities"]


class MentionLevel(IntEnum):
    """Whether words name a country."""

    NO = 0
    POSSIBLE = 1
    SURE = 2


NO, POSSIBLE, SURE = MentionLevel


@attrs.frozen(kw_only=True)
class Ambiguity:
    """How sure a homograph is in small letters, and with a capital: there, anywhere and in four circumstances.

    It opens a sentence; it stands after a capitalised word, a title or an initial; it stands before a capitalised
    word; it is shouted, all in capitals beside another such word. Where several hold, the least sure counts.
    """

    small: MentionLevel = SURE
    capital: MentionLevel = SURE
    opening: MentionLevel = SURE
    after_a_name: MentionLevel = SURE
    before_a_name: MentionLevel = SURE
    shouted: MentionLevel = SURE


_TABLE: tuple[tuple[Ambiguity, str], ...] = (
    # Another word, so common that a capital at the start of a sentence says nothing.
    (
        Ambiguity(small=NO, opening=POSSIBLE, after_a_name=POSSIBLE, before_a_name=POSSIBLE, shouted=POSSIBLE),
        """
        polish, pole, poles, dane, danes, swede, swedes, scot, scots, bajan, grenade, granada, antigua, gales, gana,
        catar, camaroes, irán, irão, bénin""",
    ),
    # In small letters another word; with a capital the country, unless it is a surname, or a given name.
    (
        Ambiguity(small=NO, after_a_name=POSSIBLE, shouted=POSSIBLE),
        "turkey, guinea, mali, niger, togo, chili, welsh, wales",
    ),
    (Ambiguity(small=NO, after_a_name=POSSIBLE, before_a_name=POSSIBLE, shouted=POSSIBLE), "chad, finn"),
    (Ambiguity(small=NO), "el salvador, le salvador, au salvador, du salvador"),
    # A surname, or a given name; hardly anybody writes the country in small letters.
    (
        Ambiguity(small=POSSIBLE, after_a_name=POSSIBLE),
        """
        france, francia, ireland, england, scotland, escocia, holland, poland, portugal, espana, palau, german, lao""",
    ),
    (
        Ambiguity(small=POSSIBLE, after_a_name=POSSIBLE, before_a_name=POSSIBLE),
        "jordan, georgia, israel, cuba, kenya, kenia, italia, irlanda, jordana, georgiana",
    ),
    # A demonym that is a surname too; it is the demonym in small letters.
    (
        Ambiguity(after_a_name=POSSIBLE),
        "aleman, russo, turco, griego, jordano, frances, ingles, espanol, english, french, irish",
    ),
    # In small letters perhaps another word: porcelain, a barrel, the equator, a hat.
    (
        Ambiguity(small=POSSIBLE),
        """
        china, chinas, chile, chine, india, peru, iran, malta, honduras, barbados, ecuador, equador, equateur, corea,
        coreia, tonga, costa rica, paises bajos, pays bas, holy see, cabo verde, danish, checa, checas, checo""",
    ),
    # As often a person, a place elsewhere, a people within a country or a region as the country.
    (
        Ambiguity(small=POSSIBLE, capital=POSSIBLE),
        """
        mauricio, maurice, mauricia, dominique, santa lucia, indio, indios, indias, indiana, indianas, central african,
        central africans, centroafricano, centroafricana, centroafricanos, centroafricanas, centro africano,
        centro africana, centro africanos, centro africanas, granadino, granadina, granadinos, granadinas, helvetica""",
    ),
    # An abbreviation that is a word where everything is in capitals.
    (Ambiguity(shouted=POSSIBLE), "us, eau"),
    # Another word where it stands without its accents, or with others; the next line is the name.
    (Ambiguity(small=NO, capital=NO), "ira, ganes, malines, germán"),
    (Ambiguity(), "irã, ganês, malinês, galés, galês, danés, helvética, perú, malí, níger"),
)
"""The homographs, as they are spelled with these accents, or else without any, under what is done with them."""


@functools.cache
def load_ambiguities() -> Mapping[str, Ambiguity]:
    """The homographs with what is done with each."""
    return {word.strip(): doubt for doubt, words in _TABLE for word in words.split(",")}


ALSO: Mapping[str, str] = {"CD": "Congo"}
"""Names that the tables give to one country and that usage gives to another as well."""

PARTS: Mapping[str, str] = {
    "GB": """
        England, Scotland, Wales, Northern Ireland, Inglaterra, Escocia, Gales, País de Gales, Irlanda del Norte,
        Escócia, Irlanda do Norte, Angleterre, Écosse, Pays de Galles, Irlande du Nord""",
    "FR": "French Guiana, Guayana Francesa, Guiana Francesa, Guyane française",
    "SV": "Au Salvador, Le Salvador, Du Salvador",
}
"""Names of countries within a country, and names that need their article."""

ELSEWHERE = """
    New Mexico, Nuevo México, Novo México, Nouveau-Mexique, Gulf of Mexico, Golfo de México, Golfo do México,
    Golfe du Mexique, New England, Nueva Inglaterra, Nova Inglaterra, Nouvelle-Angleterre, New Britain, New Ireland,
    New South Wales, Nueva Gales del Sur, Nova Gales do Sul, Nouvelle-Galles du Sud, Prince of Wales, English Channel,
    New Guinea, Nueva Guinea, Nova Guiné, Nouvelle-Guinée, Gulf of Guinea, Golfo de Guinea, Golfo da Guiné,
    Golfe de Guinée, guinea pig, guinea pigs, guinea fowl, guinea fowls, guinea worm, guinea hen, guinea hens,
    American Samoa, Samoa Americana, Samoa américaines, South Georgia, Georgia del Sur, Geórgia do Sul,
    Géorgie du Sud, Indian Ocean, Océan Indien, West Indian, West Indians, American Indian, American Indians,
    Indian summer, Indian ink, India ink, British Columbia, Columbia Británica, Colúmbia Britânica,
    Colombie-Britannique, South China Sea, East China Sea, China Sea, bone china, Sea of Japan, Mar de China,
    Mar del Japón, Mar da China, Mar do Japão, Mer de Chine, Mer du Japon, Gulf of Oman, Golfo de Omán, Golfo de Omã,
    Golfe d'Oman, Gulf of Thailand, Niger Delta, Delta du Niger, Delta del Níger, Delta do Níger, Niger River,
    River Niger, Fleuve Niger, Río Níger, Rio Níger, Jordan River, River Jordan, Jordan Valley, Congo Basin,
    Congo River, River Congo, Bassin du Congo, Cuenca del Congo, Bacia do Congo, Fleuve Congo, Río Congo, Rio Congo,
    Lake Chad, Chad Basin, Lac Tchad, Lago Chad, Lago Chade, Lake Malawi, Lac Malawi, Lago Malawi, Order of Malta,
    Orden de Malta, Ordem de Malta, Ordre de Malte, Dominican Order, Dominican friar, Dominican friars,
    Dominican sisters, Panama Papers, Papeles de Panamá, Panama hat, Panama hats, Brazil nut, Brazil nuts,
    French fries, Danish pastry, Swiss army knife, Turkish bath, Turkish delight, Chinese wall, Chinese walls,
    Greek alphabet, Spanish flu, cold turkey, Indiana Jones
"""
"""Phrases that hold the name of a country and name none: seas, rivers, places elsewhere, things."""
