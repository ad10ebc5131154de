"""Lists that nobody wrote, with the answer to each column and row: real headers, invented cells.

`invented_lists(seed, number)` makes lists as people keep them: the headers of a real list, put in the style of a database,
a program, a bilingual office; titles, groups, sections, totals and sources between the rows; any delimiter, encoding or a
workbook. Organizations, persons and addresses are invented, and `fitting_list` fills the headers of one real list.
The same seed gives the same lists.
"""

import csv
import io
import random
import zlib
from dataclasses import dataclass, replace
from functools import cache

import openpyxl
from tests.serializers.member_lists.header_lists import NOTHING, RealColumn, real_lists, words_of

GIVEN_NAMES = ("Ana", "Luz", "Sol", "Iris", "Noa", "Gael", "Yago", "Teo", "Inés", "Zoé")
FAMILY_NAMES = ("Ejemplo", "Muestra Inventada", "Exemplo", "Amostra", "Exemple", "Spécimen", "Sample", "Invented")
BODIES = {
    "en": ("Open House", "Free Table", "River Network", "Light Foundation", "Bridge Centre"),
    "es": ("Casa Abierta", "Mesa Libre", "Red del Río", "Fundación Luz", "Asociación Ñandú"),
    "pt": ("Casa Aberta", "Mesa Livre", "Rede do Rio", "Fundação Luz", "Associação São João"),
    "fr": ("Maison ouverte", "Table libre", "Réseau du fleuve", "Fondation Lumière", "Forêt d'été"),
}
COUNTRIES = {
    "en": ("Peru", "Brazil", "France", "Mexico"),
    "es": ("Perú", "Brasil", "Francia", "México"),
    "pt": ("Peru", "Brasil", "França", "México"),
    "fr": ("Pérou", "Brésil", "France", "Mexique"),
}
KINDS = {"en": "NGO", "es": "ONG", "pt": "ONG", "fr": "ONG"}
POSTS = {"en": "Director", "es": "Directora", "pt": "Diretora", "fr": "Directrice"}
YES = {"en": "Yes", "es": "Sí", "pt": "Sim", "fr": "Oui"}
THEMES = {"en": "corruption", "es": "corrupción", "pt": "corrupção", "fr": "corruption"}
LANGUAGES = {"en": "English", "es": "español", "pt": "português", "fr": "français"}
OTHER_WORDS = {"en": "some words", "es": "algunas palabras", "pt": "algumas palavras", "fr": "quelques mots"}
TITLES = {
    "en": "List of members 2024",
    "es": "Directorio de miembros 2024",
    "pt": "Lista de membros 2024",
    "fr": "Liste des membres 2024",
}
SOURCES = {
    "en": "Source: own register",
    "es": "Fuente: registro propio",
    "pt": "Fonte: cadastro próprio",
    "fr": "Source : notre fichier",
}
GROUPS = {
    "en": ("Organization", "Contact"),
    "es": ("Organización", "Contacto"),
    "pt": ("Organização", "Contato"),
    "fr": ("Organisation", "Contact"),
}
PREFIXES = {
    "en": ("org", "organization"),
    "es": ("org", "entidad"),
    "pt": ("org", "entidade"),
    "fr": ("org", "structure"),
}
ARTICLES = {"en": "The", "es": "El", "pt": "O", "fr": "Le"}
STYLES = ("found", "snake", "camel", "upper", "lower", "prefix", "plural", "article", "number", "tag", "bilingual")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman", "cp850")
DELIMITERS = (",", ";", "\t", "|")
DATE_WORDS = {
    "date",
    "time",
    "timestamp",
    "data",
    "fecha",
    "hora",
    "marca",
    "carimbo",
    "horodateur",
    "desde",
    "hasta",
    "since",
    "le",
}
NUMBER_WORDS = {
    "id",
    "no",
    "nº",
    "n°",
    "codigo",
    "código",
    "code",
    "number",
    "numero",
    "número",
    "latitude",
    "longitude",
    "lat",
    "lng",
    "orden",
    "ordem",
}
PAPER_WORDS = {"cpf", "dni", "cedula", "cédula", "nic", "passaporte", "pasaporte", "ssn"}
ADDRESS_WORDS = {"address", "adresse", "direccion", "dirección", "domicilio", "endereço", "rua", "rue", "street"}
POSTCODE_WORDS = {"zip", "cp", "cep", "postal", "postcode", "npa", "codepostal", "adrs_codepostal"}


@dataclass(frozen=True)
class InventedRow:
    """What a row of a list holds: `header`, `member`, or junk by its name; of a member whose it is."""

    number: int
    what: str
    body: str | None = None
    person: tuple[str, str] | None = None


@dataclass(frozen=True)
class InventedList:
    """A list as bytes, and what is in it."""

    name: str
    of: str
    language: str
    style: str
    file: str
    data: bytes
    columns: tuple[RealColumn, ...]
    rows: tuple[InventedRow, ...]
    cells: dict[tuple[int, int], str]
    written: str

    @property
    def bodies(self):
        return {row.body for row in self.rows if row.body}

    @property
    def persons(self):
        return {row.person for row in self.rows if row.person}


# -- lists -----------------------------------------------------------------------------------------------------------


def invented_lists(seed, number, half="tuned"):
    """As many lists as asked for, made of the headers of one half."""
    rng = random.Random(seed)
    bases = [real for real in real_lists(half) if real.of != "none"]
    return (_invent(rng, rng.choice(bases), half, at) for at in range(number))


def fitting_list(real, rows=4):
    """The header row of a real list as it was found, with invented cells that fit; without rows the headers alone."""
    rng = random.Random(zlib.crc32(real.name.encode()))
    return _write(rng, real, real.columns, rows=rows, style="found", written="utf-8 ,", junk=False, name=real.name)


def _invent(rng, base, half, at):
    style = rng.choice(STYLES)
    needed = ("name", "person.name", "person.email")
    kept = [column for column in base.columns if column.fields[0] in needed or rng.random() < 0.7]
    rng.shuffle(kept)
    columns = {}
    for number, column in enumerate(kept, start=1):
        header = _change_style(rng, _swap(rng, base, column, half), column, base, style, number, half)
        columns.setdefault(" ".join(words_of(header)).casefold(), replace(column, header=header))
    written = rng.choice(["xlsx", *(f"{rng.choice(ENCODINGS)} {rng.choice(DELIMITERS)}" for _ in range(7))])
    columns = tuple(columns.values())
    return _write(
        rng, base, columns, rows=rng.randint(3, 8), style=style, written=written, junk=True, name=f"{half}-{at}"
    )


def _write(rng, base, columns, *, rows, style, written, junk, name):
    language = base.language[:2]
    lines = [*_above(rng, base, columns, language)] if junk else []
    lines.append(("header", None, None, [column.header for column in columns]))
    lines += _members(rng, base, columns, language, rows, junk)
    if junk and rng.random() < 0.3:
        lines.append(
            ("total", None, None, ["TOTAL", "", *[""] * (len(columns) - 3), str(rows)][: max(len(columns), 2)])
        )
    if junk and rng.random() < 0.3:
        lines += [("blank", None, None, []), ("source", None, None, [SOURCES[language]])]
    table = [texts for *_, texts in lines]
    if written == "xlsx":
        data, file = _to_workbook(table, rng.random() if junk else 1), f"{name}.xlsx"
    else:
        (data, written), file = _to_csv(table, written), f"{name}.csv"
    return InventedList(
        name=name,
        of=base.of,
        language=base.language,
        style=style,
        file=file,
        data=data,
        columns=columns,
        rows=tuple(InventedRow(number, what, body, person) for number, (what, body, person, _) in enumerate(lines, 1)),
        cells={
            (row, at): text for row, texts in enumerate(table, 1) for at, text in enumerate(texts, 1) if text.strip()
        },
        written=written,
    )


def _to_csv(table, written):
    encoding, delimiter = written.split(" ", 1)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    try:
        return out.getvalue().encode(encoding), written
    except UnicodeEncodeError:
        return out.getvalue().encode(), f"utf-8 {delimiter}"


def _to_workbook(table, beside):
    """A workbook, now and then with a cover before the list, or with an older list on a sheet that is hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    if beside < 0.2:
        book.create_sheet("Info", 0).append(["Office of the network"])
    elif beside < 0.35:
        old = book.create_sheet("Old", 0)
        old.append(["Name", "Country"])
        old.append(["Closed House", "Peru"])
        old.sheet_state = "hidden"
    book.active = sheet
    for texts in table:
        sheet.append([text or None for text in texts])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- headers ---------------------------------------------------------------------------------------------------------


@cache
def _headers_by_meaning(half):
    """The headers of a half by language, what the lists are of, field and part of a name."""
    found = {}
    for real in real_lists(half):
        for column in real.columns:
            if column.recognisable and len(real.language) == 2 and len(words_of(column.header)) < 5:
                found.setdefault((real.language, real.of, column.fields[0], column.part), []).append(column.header)
    return found


def _swap(rng, base, column, half):
    """The header of a column, or one that another list of this language and kind has for the same."""
    same = _headers_by_meaning(half).get((base.language, base.of, column.fields[0], column.part))
    return rng.choice(same) if column.recognisable and same and rng.random() < 0.3 else column.header


def _change_style(rng, header, column, base, style, number, half):
    language, words = base.language[:2], [word for word in words_of(header) if word != "/"]
    lower = [word.lower() for word in words]
    plain = all(word.isalpha() for word in lower) and len(words) < 5
    ours = {
        "snake": "_".join(lower),
        "camel": lower[0] + "".join(word.capitalize() for word in lower[1:]),
        "upper": " ".join(words).upper(),
        "lower": " ".join(lower),
        "number": f"{number}. {header.strip()}",
    }
    if style in ours:
        return ours[style]
    if plain and style == "plural" and len(words) == 1 and language != "fr":
        return header.strip() + ("s" if lower[0][-1] in "aeiou" else "es" if language != "en" else "s")
    if plain and style == "article":
        return f"{ARTICLES[language]} {' '.join(lower)}"
    if style == "tag":
        return f"{header.strip()} ({language.upper()})"
    if plain and style == "prefix" and base.of == "organizations" and not column.personal:
        return "_".join((rng.choice(PREFIXES[language]), *lower))
    if style == "bilingual":
        other = rng.choice([tag for tag in ("en", "es", "pt", "fr") if tag != language])
        same = _headers_by_meaning(half).get((other, base.of, column.fields[0], column.part))
        return f"{header.strip()} / {rng.choice(same)}" if column.recognisable and same else header
    return header


# -- rows ------------------------------------------------------------------------------------------------------------


def _above(rng, base, columns, language):
    """A title and a row of groups above the headers, each now and then."""
    if rng.random() < 0.25:
        yield "title", None, None, [TITLES[language]]
        if rng.random() < 0.5:
            yield "blank", None, None, []
    if base.of in ("organizations", "contacts") and rng.random() < 0.15:
        body, contact = GROUPS[language]
        groups = [contact if column.fields[0].startswith("person") else body for column in columns]
        firsts = [group if at == 0 or group != groups[at - 1] else "" for at, group in enumerate(groups)]
        yield "group", None, None, firsts


def _members(rng, base, columns, language, rows, junk):
    sections = junk and base.of == "organizations" and len(columns) > 2 and rng.random() < 0.15
    body, lines = None, []
    for at in range(rows):
        if sections and at % 3 == 0:
            lines.append(("section", None, None, [rng.choice(COUNTRIES[language]).upper()]))
        if junk and rng.random() < 0.05:
            lines.append(("blank", None, None, []))
        if junk and at and rng.random() < 0.02:
            lines.append(("repeated", None, None, [column.header for column in columns]))
        if body is None or base.of != "contacts" or rng.random() < 0.5:
            body = f"{rng.choice(BODIES[language])} {at + 1}"
        person = rng.choice(GIVEN_NAMES), f"{rng.choice(FAMILY_NAMES)} {'ABCDEFGHIJKLM'[at]}."
        texts = [_cell(rng, column, language, body, person, at + 1, empty=junk) for column in columns]
        has_body = any(column.fields[0] == "name" for column in columns)
        has_person = any(column.part for column in columns)
        lines.append(("member", body if has_body else None, person if has_person else None, texts))
    return lines


def _cell(rng, column, language, body, person, number, *, empty):
    """A cell that fits; now and then an empty one, but never where the name stands."""
    field = next((one for one in column.fields if one not in (NOTHING, "key")), NOTHING)
    if column.part or field == "name":
        given, family = person
        return {"given": given, "family": family, "full": f"{given} {family}"}.get(column.part, body)
    if empty and rng.random() < 0.15:
        return ""
    fits = _fitting(language, body, person, number)
    if field in fits and not (column.fields[0] == NOTHING and field in ("name", "alias")):
        return fits[field]
    words = {word.casefold() for word in words_of(column.header)}
    if field == "address" or words & (ADDRESS_WORDS | POSTCODE_WORDS):
        return f"{10000 + number}" if words & POSTCODE_WORDS else f"Street {number}"
    if words & PAPER_WORDS:
        return f"{40000000 + number}"
    if words & DATE_WORDS:
        return f"2024-03-{number:02} 10:{number:02}:00"
    return str(number) if words & NUMBER_WORDS or "key" in column.fields else f"{OTHER_WORDS[language]} {number}"


def _fitting(language, body, person, number):
    slug = "".join(letter for letter in body.casefold() if letter.isascii() and letter.isalnum())
    own = "".join(letter for letter in "".join(person).casefold() if letter.isascii() and letter.isalpha())
    country = COUNTRIES[language][number % 4]
    return {
        "name.en": body,
        "acronym": "".join(word[0] for word in body.split()[:2]).upper() + str(number),
        "alias": f"{body.split()[0]} {number}",
        "kind": KINDS[language],
        "country": country,
        "city": "Lima",
        "regions": OTHER_WORDS[language],
        "parent": f"{BODIES[language][0]} 1",
        "themes": THEMES[language],
        "languages": LANGUAGES[language],
        "expertise": OTHER_WORDS[language],
        "founded": str(1980 + number),
        "dissolved": "",
        "website": f"https://{slug}.example.org",
        "social": f"https://social.example.org/{slug}",
        "identifier": f"{20100000 + number}",
        "email": f"info@{slug}.example.org",
        "phone": f"+51 1 600-00{number:02}",
        "post": f"P. O. Box {number}",
        "person.post": POSTS[language],
        "person2.post": POSTS[language],
        "person.email": f"{own}@example.org",
        "person.phone": f"+51 9 600-00{number:02}",
        "person2.phone": f"+51 9 700-00{number:02}",
        "person.gender": "F",
        "person.consent.contact": YES[language],
        "person.consent.publication": YES[language],
        "member.since": f"2015-03-{number:02}",
        "member.until": "",
        "member.active": YES[language],
        "member.class": "full",
    }
