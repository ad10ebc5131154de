"""Every value of who is withheld, planted in every field of every class, and looked for in all that is handed out.

`ROWS` has the forms in which the values are promised not to come out: whoever adds a form adds a row.
"""

import html
import io
import itertools
import json
import tempfile
import unicodedata
import zipfile
from enum import Enum
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from tests.measuring import count_example
from tests.profiles import portion

import untoc_network as un
from untoc_network.app.publishing import PUBLICATION_FORMS, publish
from untoc_network.interop.registry import FORMS, export
from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.privacy.register_texts import iterate_texts
from untoc_network.statistics import stats
from untoc_network.text.folding import fold_to_words
from untoc_network.text.slugs import make_slug
from untoc_network.values.dates import Instant
from untoc_network.values.fields import fields_of, nested_class
from untoc_network.values.ids_and_codes import CountryCode, Key, LanguageTag, Url

NO_RULES = un.RuleSet(rules=())
DAY = "2026-11-24"
AGREED = tuple(
    un.Consent(purpose=purpose, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM)
    for purpose in (un.Purpose.PUBLICATION, un.Purpose.CONTACT)
)
PERSON = un.Person(
    id="withheld-person",
    name="Zoraida Quintanílla Brönte",
    other_names=("欧阳明轩", "Zora Umbral"),
    contacts=(
        un.Contact(kind=un.ContactKind.PHONE, value="+503 2245-7781"),
        un.Contact(kind=un.ContactKind.EMAIL, value="zq.umbral@correo.example"),
        un.Contact(kind=un.ContactKind.MESSAGING, value="@zqumbral77"),
        un.Contact(kind=un.ContactKind.POST, value="Pasaje Umbrío 14, Colonia Tamarindal"),
    ),
    notes=(un.Note(text="DUI: 04455667-8"),),
)
SHELTER = un.Organization(
    id="withheld-body",
    name=un.Text(en="Refuge Quetzalia", es="Refugio Quetzalia"),
    aliases=(un.Alias(name="RQZX", kind=un.AliasKind.ACRONYM),),
    kind=un.OrganizationKind.NGO,
    at_risk=True,
    seat=un.Place(country="XA", city="Tamarindópolis", venue="Casa Ambarina", address="Calle Saúco 33"),
    links=(
        un.Link(kind=un.LinkKind.WEBSITE, url="https://www.quetzalia-refugio.example/quienes"),
        un.Link(kind=un.LinkKind.SOCIAL, url="https://facebook.com/refugioqz"),
    ),
    identifiers=(un.Identifier(scheme=un.IdentifierScheme.OTHER, value="XA-REG:7712093"),),
)
NAME, BODY = PERSON.name, "Refugio Quetzalia"


def entities(text):
    return "".join(f"&#{ord(letter)};" for letter in text)


ROWS = {
    "name": NAME,
    "in capitals": NAME.upper(),
    "without accents": "zoraida quintanilla bronte",
    "with two letters for one": "Zoraida Quintanilla Broente",
    "in composed signs": unicodedata.normalize("NFD", NAME),
    "in wide letters": "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in NAME),
    "family name first": "Quintanílla Brönte, Zoraida",
    "family name first, no comma": "Quintanílla Brönte Zoraida",
    "last name first": "Brönte Zoraida Quintanílla",
    "run together": "ZoraidaQuintanillaBronte",
    "run together, small": "zoraidaquintanillabronte",
    "as a tag": "#VivaZoraidaQuintanillaBronte2024",
    "with other signs": "Zoraida / Quintanílla | Brönte",
    "letter by letter": "Z o r a i d a Q u i n t a n i l l a B r ö n t e",
    "with unseen signs": "Zorai\u200bda Quinta\u00adnílla\u2060 Brönte",
    "by underscores": "zoraida_quintanilla_bronte",
    "percent-encoded": quote(NAME),
    "percent-encoded twice": quote(quote(NAME)),
    "in entities": entities(NAME),
    "another name": "Zora Umbral",
    "without word boundaries": "今天与欧阳明轩会面",
    "telephone": "+503 2245-7781",
    "telephone as in its country": "2245 7781",
    "telephone as a link": "tel:0050322457781",
    "e-mail": "zq.umbral@correo.example",
    "handle": "@zqumbral77",
    "handle in an address": "t.me/zqumbral77",
    "street": "Pasaje Umbrio 14",
    "number of a document": "04455667-8",
    "body": BODY,
    "body in capitals": BODY.upper(),
    "body run together": "refugioquetzalia",
    "acronym": "RQZX",
    "address": "calle sauco 33",
    "town": "Tamarindópolis",
    "venue": "Casa Ambarina",
    "page": "https://quetzalia-refugio.example",
    "host in an e-mail": "hola@quetzalia-refugio.example",
    "page on a host for all": "www.facebook.com/refugioqz/",
    "handle of the page": "@refugioqz",
    "identifier": "XA-REG:7712093",
    "identifier alone": "7712093",
}
IN_OUTPUT = [
    "zoraidaquintanilla", "quintanillabrontezoraida", "brontezoraida", "zoraumbral", "22457781", "zqumbral",
    "umbrio14", "044556678", "quetzalia", "rqzx", "sauco33", "tamarindopolis", "ambarina", "refugioqz", "7712093",
    "zoraidaquintanillabroente",
]  # fmt: skip
"""The letters of every value, of which none is in any output."""


def filled(cls, planting, at):
    """An object of a class with something in every field, and the next that is planted in every text, address, key."""
    values = {shape.name: _value(cls, shape, planting, at) for shape in fields_of(cls)}
    return cls(**{name: value for name, value in values.items() if value is not None})


def _value(cls, shape, planting, at):
    if shape.name == "consents":
        return AGREED
    if cls is un.Period and shape.name != "start":
        return None
    inner = nested_class(shape)
    planted = next(planting)
    if shape.name == "address" or (cls is un.Place and at[0] is un.Organization):
        planted = f"no {shape.name}"  # an address is withheld itself, and a town where somebody sits is told openly
    if shape.name in NAMES and at[0] in (un.Person, un.Organization, un.Network) and len(at) <= 1 + (cls is un.Alias):
        planted = "nobody"
    if (cls, shape.name) == (un.Contact, "value"):
        return "office@xa.example"  # a contact that is agreed to is told openly
    if inner is not None:
        value = None if inner in at else filled(inner, planting, (*at, inner))
    elif shape.name == "id":
        return next(f"the-{name.replace('_', '-')}" for name, one in COLLECTIONS.items() if one is cls)
    elif shape.type in REFERENTS:
        value = f"the-{REFERENTS[shape.type][0].replace('_', '-')}"
    elif isinstance(shape.type, type) and issubclass(shape.type, Enum):
        value = next(iter(shape.type)) if shape.type is not un.Audience else un.Audience.PUBLIC
    else:
        value = _PLAIN[shape.type](planted, shape.name)
    return (value,) if shape.many and value is not None else value


_PLAIN = {
    str: lambda planted, name: {"field": "name", "rule": "RF001"}.get(name, f"said of {planted} there"),
    un.Text: lambda planted, _: un.Text(en=f"said of {planted} there"),
    un.Extra: lambda planted, _: un.Extra({"own": {"said": [{"deep": f"said of {planted} there"}], "name": planted}}),
    Url: lambda planted, _: (
        f"https://xa.example/{planted if planted.isascii() and ' ' not in planted else quote(planted)}"
    ),
    Key: lambda planted, _: make_slug(planted)[:90],
    LanguageTag: lambda *_: "en",
    CountryCode: lambda *_: "XA",
    un.PartialDate: lambda *_: un.PartialDate("2024-05-01"),
    Instant: lambda *_: Instant("2024-05-01T09:00:00+00:00"),
    bool: lambda *_: False,
    int: lambda *_: 1,
}


NAMES = ("name", "other_names", "aliases")
"""A name of somebody who is shown stays as it is, whatever it holds; that it does is told."""


def register_with(*planted):
    """A register with a record of each class, each text of which has the next of what is planted, and the withheld."""
    planting = itertools.cycle(planted)
    records = {name: (filled(cls, planting, (cls,)),) for name, cls in COLLECTIONS.items()}
    records["persons"] += (PERSON,)
    records["organizations"] += (SHELTER,)
    redirects = tuple(un.Redirect(old_id=make_slug(one)[:90], new_id="the-events") for one in dict.fromkeys(planted))
    return un.Register(title=un.Text(en=f"said of {next(planting)} there"), redirects=redirects, **records)


def letters_of(data):
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            return " ".join(letters_of(bundle.read(name)) for name in bundle.namelist())
    text = unquote(unquote(html.unescape(data.decode())))
    return "".join(fold_to_words(text.replace("\r\n ", "").replace("\\n", " ")))


def outputs(register, audience):
    """Everything that is handed out of a register, as letters, by what it is."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        done = publish(register, target, audience=audience, on=DAY, forms=tuple(PUBLICATION_FORMS), rules=NO_RULES)
        assert done.ok
        for path in sorted(target.rglob("*")):
            if path.is_file():
                yield path.name, letters_of(path.read_bytes())
    yield "statistics", letters_of(json.dumps(stats(register, on=DAY, audience=audience).to_dict()).encode())
    if audience == "public":
        for form in FORMS:
            yield form, letters_of(export(register, form, on=DAY).data)


def test_there_are_fifty_kinds_of_places():
    texts = {(type(said.holder), said.shape.name) for said in iterate_texts(register_with("nobody at all"))}
    planted = {
        (type(one.holder), one.shape.name) for one in iterate_texts(register_with(NAME)) if "zorai" in one.text.lower()
    }
    assert len(texts & planted) >= 50


def test_nothing_is_found_where_nothing_is_planted():
    seen = un.privacy.view(register_with("nobody at all"), "public", DAY)
    assert (seen.to_check, seen.exposed) == ((), ())
    masked = {one.shape.name for one in iterate_texts(seen.register) if "[…]" in one.text}
    assert masked == {"reason"}  # why a finding is accepted is for those who keep the register


def turned(by):
    """The forms, begun with another one: so that in many rounds each stands in every field."""
    return [*ROWS.values()][by:] + [*ROWS.values()][:by]


@pytest.mark.parametrize("audience", ["public", "members"])
def test_no_value_that_is_planted_comes_out(audience):
    for by in range(portion(8) // 2):
        count_example(4)
        out = outputs(register_with(*turned(by)), audience)
        assert {(name, value) for name, text in out for value in IN_OUTPUT if value in text} == set()


@pytest.mark.unmeasured
def test_no_value_that_is_planted_stands_in_the_view():
    """The same at every place, in a moment: what no text of the view has, no output has."""
    for by in range(portion(len(ROWS))):
        count_example(len(ROWS))
        seen = un.privacy.view(register_with(*turned(by)), "public", DAY)
        left = [
            (one.record_id, one.path, value)
            for one in iterate_texts(seen.register)
            for value in IN_OUTPUT
            if value in letters_of(one.text.encode())
        ]
        assert left == []
        assert seen.exposed == ()


@pytest.mark.unmeasured
def test_every_value_of_a_person_that_is_planted_is_erased_or_told():
    of_person = [*ROWS.values()][: [*ROWS].index("body")]
    for by in range(portion(len(of_person))):
        count_example(len(of_person))
        done = un.privacy.erase(register_with(*of_person[by:], *of_person[:by]), PERSON.id)
        left = {
            (one.record_id, one.path)
            for one in iterate_texts(done.register)
            if one.record_id != SHELTER.id and any(value in letters_of(one.text.encode()) for value in IN_OUTPUT[:8])
        }
        assert left <= set(done.to_check)
