"""Forms of a name that no view promises to mask: how many are masked all the same, as `SECURITY.md` tells."""

import re
from pathlib import Path

import pytest
from tests.builders import person

import untoc_network as un
from untoc_network.privacy import view
from untoc_network.text.personal_data_patterns import MASK

NAMES = (
    "Zoraida Quintanilla", "Ana Torres", "José Núñez Ávila", "María del Carmen Ruiz Soto", "João da Silva", "Søren Łukasik",
    "Li Wei", "Rosa Elena Paz Lima", "O'Brian Kelly", "Jean-Pierre Dubois", "Luz Castillo", "Fátima Al-Sayed",
    "Carlos Alberto Gómez Bolaños", "Marie Claire Toussaint", "Ximena Huamán Quispe", "Beatriz Ñáñez", "Omar Haddad",
    "Ana María Vélez de la Cruz", "Pedro Páramo", "Tomás Ixcot Tum",
)  # fmt: skip
FORMS = {
    "the given name": lambda words: words[0],
    "the last name": lambda words: words[-1],
    "an initial and the last name": lambda words: f"{words[0][0]}. {words[-1]}",
    "initials alone": lambda words: "".join(f"{word[0]}." for word in words if word[0].isupper()),
    "given and last name of more": lambda words: f"{words[0]} {words[-1]}",
    "given name and the next": lambda words: f"{words[0]} {words[1]}",
    "a letter too many": lambda words: " ".join((*words[:-1], f"{words[-1]}h")),
    "a letter too few": lambda words: " ".join((*words[:-1], words[-1][:-1])),
    "two letters exchanged": lambda words: " ".join((words[0][1] + words[0][0] + words[0][2:], *words[1:])),
    "in the plural": lambda words: f"los {words[-1]}s",
    "in another script": lambda words: " ".join(words).translate(str.maketrans("aeoAEOcp", "аеоАЕОср")),
    "with a word between": lambda words: " ".join((words[0], "alias", *words[1:])),
    "written backwards": lambda words: " ".join(words)[::-1],
    "as the start of an address": lambda words: f"{words[0][0]}{words[-1]}".lower() + "2020",
}


def masked_share(form):
    """How many of the names that have such a form of their own are masked in it, of a hundred."""
    names = [name for name in NAMES if form(name.split()) != name]
    masked = 0
    for name in names:
        said = un.Text(es=f"Lo dijo {form(name.split())} ayer.")
        talk = un.Event(id="talk", name=said, kind=un.EventKind.WORKSHOP)
        seen = view(un.Register(persons=(person(name=name),), events=(talk,)), "public", "2024-06-30").register
        masked += MASK in str(seen.events[0].name)
    return 100 * masked // len(names)


@pytest.fixture(scope="module")
def shares():
    return {what: masked_share(form) for what, form in FORMS.items()}


def test_what_is_not_promised_is_masked_to_the_share_that_is_told(shares):
    text = " ".join((Path(__file__).parents[2] / "SECURITY.md").read_text().split())
    told = {what: int(share) for share, what in re.findall(r"([0-9]+) (?:of 100 are masked )?with ([a-z ]+),", text)}
    assert {what: told.get(what, 0) for what in shares} == shares
