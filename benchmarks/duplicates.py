"""`python -m benchmarks.duplicates`: how well duplicates are found, and how the work grows with the register.

The organizations of a list are spoilt on purpose, as lists spoil them: a slip of the pen, an acronym alone, another
order of the words, the name in another language, another page of the same website, a city left out. The spoilt copies
are added, and every pair of a record and its copy is to be found. All other pairs count as mistakes, also those that
were duplicates in the list before, so that the precision told is a lower bound. The second half of the list, which
has no copies, only adds to what can be mistaken.

    python -m benchmarks.duplicates --list /path/to/ngos_sample.csv
"""

from __future__ import annotations

import argparse
import json
import random
import string
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs

import untoc_network as un
from untoc_network.text.folding import fold

SEED = 7
"""Another seed than the weights were tried on."""
THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
SIZES = (10_000, 100_000)
LIMIT = 1.5
MAPPING = un.member_lists.SheetMapping(
    columns={
        "source_id": "ignore",
        "name": "name",
        "other_names": "alias",
        "iso2": "country",
        "city": "city",
        "established": "founded",
        "types": "ignore",
        "langs": "ignore",
        "admin1": "ignore",
    }
)


# -- what is to be found -----------------------------------------------------------------------------------------------


def with_pages(organizations: tuple[un.Organization, ...], chance: random.Random) -> Iterator[un.Organization]:
    """The organizations, every second one with an invented website."""
    for organization in organizations:
        link = un.Link(kind=un.LinkKind.WEBSITE, url=f"https://www.{organization.id}.example.org/")
        yield attrs.evolve(organization, links=(link,) if chance.random() < 0.5 else ())


def slip(text: str, chance: random.Random) -> str:
    """The text with one letter doubled, left out, exchanged with the next or written wrong."""
    at = chance.randrange(max(len(text) - 1, 1))
    here, after, rest = text[at], text[at + 1 : at + 2], text[at + 2 :]
    wrong = chance.choice(string.ascii_lowercase)
    return text[:at] + chance.choice([here + here + after, after, after + here, wrong + after]) + rest


def named(organization: un.Organization, name: str) -> un.Organization:
    """The organization under that name alone."""
    return attrs.evolve(organization, name=un.Text(und=name), aliases=())


def with_slips(organization: un.Organization, chance: random.Random) -> un.Organization | None:
    """With one slip, or two in a long name."""
    name = str(organization.name)
    spoilt = slip(name, chance)
    return named(organization, slip(spoilt, chance) if len(name) > 30 else spoilt)


def by_acronym(organization: un.Organization, chance: random.Random) -> un.Organization | None:
    """Under its acronym alone, or the capitals that begin the words of its name where there are four or more."""
    acronyms = [alias.name for alias in organization.aliases if alias.name.isupper() and " " not in alias.name]
    capitals = "".join(word[0] for word in str(organization.name).split() if word[0].isupper())
    known = acronyms or ([capitals] if len(capitals) > 3 else [])
    return named(organization, chance.choice(known)) if known else None


def in_other_order(organization: un.Organization, chance: random.Random) -> un.Organization | None:
    """With its words in another order."""
    words = str(organization.name).split()
    turned = words[-1:] + words[:-1] if len(words) < 4 else chance.sample(words, len(words))
    return None if turned == words else named(organization, " ".join(turned))


def in_other_language(organization: un.Organization, chance: random.Random) -> un.Organization | None:
    """Under one of its other full names, where it has any."""
    full = [alias.name for alias in organization.aliases if len(alias.name.split()) > 1]
    return named(organization, chance.choice(full)) if full else None


def with_other_page(organization: un.Organization, chance: random.Random) -> un.Organization | None:
    """With another page of its website, and with a word of a longer name left out."""
    if not organization.links:
        return None
    words = str(organization.name).split()
    page = un.Link(kind=un.LinkKind.WEBSITE, url=f"http://{organization.id}.example.org/contact?lang=es")
    gone = chance.randrange(len(words)) if len(words) > 3 else len(words)
    fewer = " ".join(words[:gone] + words[gone + 1 :])
    return attrs.evolve(named(organization, fewer), links=(page,))


def without_accents(organization: un.Organization, chance: random.Random) -> un.Organization | None:
    """In capitals without accents, a blank lost, and an acronym in brackets behind it."""
    name = fold(str(organization.name)).upper()
    words = name.split()
    gone = chance.randrange(len(words))
    return named(organization, " ".join(words[: gone + 1]) + " ".join(words[gone + 1 :]))


WAYS: Mapping[str, Callable[[un.Organization, random.Random], un.Organization | None]] = {
    "slip": with_slips,
    "acronym": by_acronym,
    "order": in_other_order,
    "language": in_other_language,
    "page": with_other_page,
    "accents": without_accents,
}


def spoilt(register: un.Register) -> tuple[un.Register, dict[tuple[str, str], str]]:
    """The register with copies of half of its organizations, and in which way each copy is spoilt."""
    chance = random.Random(SEED)  # noqa: S311
    organizations = tuple(with_pages(register.organizations, chance))
    ways = tuple(WAYS.items())
    copies, truth = [], {}
    for number, organization in enumerate(chance.sample(organizations, len(organizations) // 2)):
        for way, spoil in (*ways[number % len(ways) :], *ways[: number % len(ways)]):
            copy = spoil(organization, chance)
            if copy is None:
                continue
            seat = copy.seat
            if seat is not None and chance.random() < 0.3:
                seat = attrs.evolve(seat, city=None)
            founded = copy.founded if chance.random() < 0.5 else None
            links = copy.links if way == "page" else ()
            copy = attrs.evolve(copy, id=f"copy-{number}", seat=seat, founded=founded, links=links, identifiers=())
            copies.append(copy)
            truth[tuple(sorted((copy.id, organization.id)))] = way
            break
    return attrs.evolve(register, organizations=(*organizations, *copies)), truth


def quality(register: un.Register, *, similar: bool) -> dict[str, object]:
    """Precision and recall by threshold, and recall by the way of spoiling."""
    register, truth = spoilt(register)
    pairs = un.matching.duplicates(register, min_score=0, similar=similar)
    scores = {(pair.first, pair.second): pair.score for pair in pairs}
    rows = []
    for threshold in THRESHOLDS:
        told = {pair for pair, score in scores.items() if score >= threshold}
        right = len(told & truth.keys())
        rows.append(
            {
                "min_score": threshold,
                "pairs": len(told),
                "precision": right / len(told) if told else 1.0,
                "recall": right / len(truth),
            }
        )
    ways = Counter(truth.values())
    found = Counter(way for pair, way in truth.items() if scores.get(pair, 0) >= 0.5)
    return {
        "organizations": len(register.organizations),
        "true_pairs": len(truth),
        "by_threshold": rows,
        "recall_at_0.5_by_way": {way: found[way] / ways[way] for way in WAYS},
        "copies_by_way": dict(ways),
    }


# -- what it costs -----------------------------------------------------------------------------------------------------


def grown(register: un.Register, size: int) -> un.Register:
    """A register of that many organizations, named as those of the list are: their words, and new ones now and then.

    Every twentieth is a spoilt copy of the one before. So the words spread as in the list, however large it grows.
    """
    chance = random.Random(SEED)  # noqa: S311
    originals = register.organizations
    made: list[un.Organization] = []
    while len(made) < size:
        one, other = chance.choice(originals), chance.choice(originals)
        words = str(one.name).split()
        borrowed = str(other.name).split()
        words[chance.randrange(len(words))] = chance.choice(borrowed)
        words[chance.randrange(len(words))] = invented(chance)
        organization = attrs.evolve(one, id=f"grown-{len(made)}", name=un.Text(und=" ".join(words)), aliases=())
        made.append(organization)
        if len(made) % 20 == 19:
            copy = with_slips(organization, chance)
            assert copy is not None
            made.append(attrs.evolve(copy, id=f"grown-{len(made)}"))
    return un.Register(organizations=tuple(made[:size]))


def invented(chance: random.Random) -> str:
    """A word of three syllables, as the names of places and founders are."""
    return "".join(chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(3)).capitalize()


def cost(register: un.Register, size: int) -> dict[str, float]:
    """CPU seconds, in all and for each 10,000 organizations, and how many pairs were found; the better of two runs."""
    large = grown(register, size)
    times = []
    for _ in range(2):
        start = time.process_time()
        pairs = un.matching.duplicates(large)
        times.append(time.process_time() - start)
    copies = {(f"grown-{at}", f"grown-{at + 1}") for at in range(18, size - 1, 20)}
    found = {tuple(sorted((pair.first, pair.second))) for pair in pairs}
    return {
        "organizations": size,
        "cpu_seconds": min(times),
        "seconds_per_10000": min(times) / size * 10_000,
        "pairs": len(pairs),
        "recall_of_copies": sum(tuple(sorted(pair)) in found for pair in copies) / len(copies),
    }


def invented_cost(size: int) -> float:
    """CPU seconds for so many organizations with invented names, a twentieth of them spoilt copies."""
    chance = random.Random(SEED)  # noqa: S311
    words = [invented(chance) for _ in range(5_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]  # a few words are in many names, as in every list
    names = (" ".join(chance.choices(words, weights, k=4)) for _ in range(3_000))
    made = (
        un.Organization(id=f"invented-{number}", kind="ngo", name={"und": name}) for number, name in enumerate(names)
    )
    return cost(un.Register(organizations=tuple(made)), size)["cpu_seconds"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__)
    parser.add_argument("--list", required=True, metavar="CSV", help="the list of organizations: ngos_sample.csv")
    parser.add_argument("--only", choices=("quality", "cost"), help="measure only this")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args()
    imported = un.import_sheet(chosen.list, mapping=MAPPING)
    assert imported.register is not None, "the list can be imported"
    figures: dict[str, object] = defaultdict(dict)
    if chosen.only != "cost":
        for label, similar in (("with similar names", True), ("exact evidence only", False)):
            figures[label] = measured = quality(imported.register, similar=similar)
            show_quality(label, measured)
    if chosen.only != "quality":
        rows = [cost(imported.register, size) for size in SIZES]
        for row in rows:
            print("  ".join(f"{name} {value:,.3f}" for name, value in row.items()))
        growth = rows[-1]["seconds_per_10000"] / rows[0]["seconds_per_10000"]
        print(f"growth of seconds per 10,000 (must be at most {LIMIT}): {growth:.2f}")
        figures |= {"cost": rows, "growth": growth}
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def show_quality(label: str, measured: dict[str, object]) -> None:
    """Print precision and recall."""
    print(f"{label}: {measured['organizations']} organizations, {measured['true_pairs']} true pairs")
    print("min_score    pairs  precision  recall")
    for row in measured["by_threshold"]:  # type: ignore[attr-defined]
        print(f"{row['min_score']:>9}  {row['pairs']:>7,}  {row['precision']:>9.3f}  {row['recall']:>6.3f}")
    for way, recall in measured["recall_at_0.5_by_way"].items():  # type: ignore[attr-defined]
        print(f"  recall at 0.5, {way:<9} {recall:.3f}")
    print()


if __name__ == "__main__":
    main()
