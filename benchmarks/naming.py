"""`python -m benchmarks.naming`: finding the names of countries against one compiled regular expression a name."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from untoc_network.reference import Reference
from untoc_network.reference.country_mentions import CountryMention, CountryNames

CHARACTERS = 1_000_000
ROUNDS = 3
PROSE = {
    "en": "The network asked the authorities to share what they know of routes, prices and victims, and to protect"
    " those who speak. Civil society offered training, shelters and data; most recommendations were left unanswered.",
    "es": "La red pidió a las autoridades que compartan lo que saben de rutas, precios y víctimas, y que protejan a"
    " quienes hablan. La sociedad civil ofreció formación, refugios y datos; casi nada obtuvo respuesta.",
    "pt": "A rede pediu às autoridades que partilhem o que sabem de rotas, preços e vítimas, e que protejam quem fala."
    " A sociedade civil ofereceu formação, abrigos e dados; quase nada teve resposta.",
    "fr": "Le réseau a demandé aux autorités de partager ce qu'elles savent des routes, des prix et des victimes, et de"
    " protéger ceux qui parlent. La société civile a offert des formations, des refuges et des données.",
}
EVERY = 2
"""So many sentences stand between two planted names."""
T = TypeVar("T")


def names_by_language(facts: Reference) -> dict[str, list[str]]:
    """Short names and demonyms in each language."""
    countries = [country for country in facts.table("countries") if country.code != "EU"]
    return {
        language: [
            *(getattr(country, language).partition(" (")[0] for country in countries),
            *(row.word for row in facts.table("demonyms") if row.language == language),
        ]
        for language in PROSE
    }


def prose(names: dict[str, list[str]], chance: random.Random) -> tuple[str, list[tuple[int, int]]]:
    """A text of the wanted length in four languages, and where names were planted in it."""
    parts: list[str] = []
    planted: list[tuple[int, int]] = []
    length = number = 0
    while length < CHARACTERS:
        language = chance.choice(sorted(PROSE))
        sentence = f"{PROSE[language]} "
        if number % EVERY == 0:
            name = chance.choice(names[language])
            planted.append((length + len(sentence) + 1, length + len(sentence) + 1 + len(name)))
            sentence += f"({name}). "
        parts.append(sentence)
        length += len(sentence)
        number += 1
    return "".join(parts), planted


def one_expression_a_name(names: dict[str, list[str]]) -> list[re.Pattern[str]]:
    """What the naive way compiles: each name, whole words, folded as the text will be: that is its fastest form."""
    different = dict.fromkeys(folded(name) for known in names.values() for name in known)
    return [re.compile(rf"\b{re.escape(name)}\b") for name in different]


def folded(text: str) -> str:
    """The text in small letters without accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )


def scanned_by_each(expressions: list[re.Pattern[str]], text: str) -> int:
    """How many places the naive way finds; the text is folded once for all of them."""
    plain = folded(text)
    return sum(1 for expression in expressions for _ in expression.finditer(plain))


def scanned(names: CountryNames, text: str) -> list[CountryMention]:
    """What this library finds."""
    return list(names.find(text))


def fastest(work: Callable[[], T], rounds: int) -> tuple[float, T]:
    """The least CPU seconds of some runs, and what the last gave."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def main() -> None:
    """Measure and print."""
    facts = Reference()
    names = names_by_language(facts)
    text, planted = prose(names, random.Random(0))  # noqa: S311
    expressions = one_expression_a_name(names)
    build, known = fastest(lambda: Reference().country_names, 1)
    ours, found = fastest(lambda: scanned(known, text), ROUNDS)
    theirs, places = fastest(lambda: scanned_by_each(expressions, text), 1)
    spans = {(named.start, named.end) for named in found}
    for label, value in {
        "characters": len(text),
        "names planted": len(planted),
        "planted names found at their place": sum(place in spans for place in planted),
        "places found": len(found),
        "compiled expressions": len(expressions),
        "places that they find": places,
        "seconds to build the matcher": build,
        "seconds to scan": ours,
        "seconds to scan with one expression a name": theirs,
        "ratio (must be under 0.2)": ours / theirs,
    }.items():
        print(f"{label:<45} {value:>14,.4f}" if isinstance(value, float) else f"{label:<45} {value:>14,}")


if __name__ == "__main__":
    main()
