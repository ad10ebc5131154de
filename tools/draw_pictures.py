"""Draw the pictures of the docs that are made of the code: the model, the Mechanism, procedures, a graph.

    python -m tools.draw_pictures

They are kept in `docs/_static`, so that a page shows them in a copy of the repository too. A test holds each equal to
what this draws.
"""

import html
import re
from collections.abc import Mapping
from pathlib import Path

from tools.draw_mechanism import WORDS, draw_mechanism

from untoc_network import exchange
from untoc_network.i18n.language_words import words_in
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import COLLECTIONS, REFERENTS, TABLES
from untoc_network.process import PROCEDURES
from untoc_network.reports.procedure_diagram import render_procedure_svg
from untoc_network.serializers.files import example
from untoc_network.values.fields import fields_of, nested_class

FOLDER = Path(__file__).parent.parent / "docs" / "_static"
GROUPS = {
    "Who": ("organizations", "persons", "networks", "memberships"),
    "What they do": ("projects", "fundings", "events", "statements", "action_plans"),
    "The Mechanism": ("instruments", "parties", "general_reviews", "country_reviews", "constructive_dialogues"),
    "Taking part": ("accreditations", "contributions", "sources"),
}
MODEL_WORDS = {
    "en": (
        *GROUPS,
        "The records of a register",
        "Each kind of record with the kinds that it refers to by id, in four groups.",
    ),
    "es": (
        "Quiénes",
        "Qué hacen",
        "El Mecanismo",
        "La participación",
        "Las fichas de un registro",
        "Cada tipo de ficha con los tipos a los que remite por su identificador, en cuatro grupos.",
    ),
    "pt": (
        "Quem",
        "O que fazem",
        "O Mecanismo",
        "A participação",
        "As fichas de um registro",
        "Cada tipo de ficha com os tipos que menciona por id, em quatro grupos.",
    ),
}
"""What the picture of the model says beside the names of records: its groups, its title, what it shows."""
FLOW_WORDS = {
    "es": (
        "Los datos van en un solo sentido",
        "Los formatos leen bytes y hacen de ellos un Register; las reglas lo examinan y producen un Report; render lo "
        "convierte en texto o en JSON. Lo que los formatos no pudieron leer va al mismo Report. Los formatos también "
        "escriben un Register en bytes, siempre iguales.",
        "lo que no se pudo leer",
        "formatos",
        "reglas",
        "bytes",
        "archivo o flujo",
        "no cambia nunca",
        "hallazgos",
        "texto, JSON",
        "personas, programas",
        "siempre iguales",
    ),
    "pt": (
        "Os dados vão em um só sentido",
        "Os formatos leem bytes e fazem deles um Register; as regras o examinam e produzem um Report; render o "
        "transforma em texto ou em JSON. O que os formatos não conseguiram ler fica no mesmo Report. Os formatos "
        "também gravam um Register em bytes, sempre iguais.",
        "o que não foi lido",
        "formatos",
        "regras",
        "bytes",
        "arquivo ou fluxo",
        "nunca muda",
        "constatações",
        "texto, JSON",
        "pessoas, programas",
        "sempre iguais",
    ),
}
"""The words of `flow.svg`, which is drawn by hand, in the order in which they first stand there; names of code stay."""
NAMES_IN_CODE = {"Register", "Report", "render"}
WIDTH, BOX, LINE, GAP = 250, 230, 16, 12


def draw_all() -> dict[Path, str]:
    """Each picture with its place."""
    procedures = {
        FOLDER / "procedures" / f"{procedure.name}.svg": render_procedure_svg(procedure) for procedure in PROCEDURES
    }
    view = exchange.GraphView.ORGANIZATION_EVENT
    network = exchange.export(example(), "svg", on="2022-04-07", view=view).data.decode()
    mechanism = {_place("mechanism", language): draw_mechanism(language) for language in WORDS}
    model = {_place("model", language): draw_model(language) for language in MODEL_WORDS}
    flow = {_place("flow", language): translate_flow(said) for language, said in FLOW_WORDS.items()}
    return model | flow | mechanism | procedures | {FOLDER / "exchange" / "network.svg": network}


def _place(name: str, language: str) -> Path:
    """Where Sphinx looks for a picture in a language."""
    return FOLDER / (f"{name}.svg" if language == "en" else f"{name}.{language}.svg")


def translate_flow(said: tuple[str, ...]) -> str:
    """The picture of the flow with these words in the places of its own."""
    drawn = _place("flow", "en").read_text(encoding="utf-8")
    shown = re.compile(r"(?<=>)[^<>]*\w[^<>]*(?=</(?:text|title|desc)>)")
    own = dict.fromkeys(text for text in shown.findall(drawn) if text not in NAMES_IN_CODE)
    words = dict(zip(own, said, strict=True))
    return shown.sub(lambda found: words.get(found[0], found[0]), drawn)


def draw_model(language: str = "en") -> str:
    """The records of a register and what each refers to, as SVG that follows light and dark.

    In English records are called as their classes are, in another language as the lists that hold them.
    """
    called = {name: TABLES[name].__name__ for name in COLLECTIONS}
    for words in words_in(language) if language != "en" else ():
        called = {name: words.labels_and_collections[name] for name in COLLECTIONS}
    *groups, title, shows = MODEL_WORDS[language]
    height, columns = 0, []
    for place, (group, names) in enumerate(zip(groups, GROUPS.values(), strict=True)):
        x, y = 10 + place * WIDTH, 60
        parts = [f'<text class="group" x="{x}" y="40">{html.escape(group)}</text>']
        for name in names:
            lines = _wrap(_list_referents(name, called))
            own = called[name][:1].upper() + called[name][1:]
            tall = 34 + LINE * len(lines)
            parts.append(f'<rect class="box" x="{x}" y="{y}" width="{BOX}" height="{tall}" rx="6"/>')
            parts.append(f'<text class="name" x="{x + 10}" y="{y + 22}">{html.escape(own)}</text>')
            parts += (
                f'<text class="to" x="{x + 10}" y="{y + 22 + LINE * (row + 1)}">{html.escape(line)}</text>'
                for row, line in enumerate(lines)
            )
            y += tall + GAP
        height = max(height, y)
        columns.append("".join(parts))
    wide = 10 + len(GROUPS) * WIDTH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height}" role="img" aria-labelledby="t d">'
        f'<title id="t">{html.escape(title)}</title><desc id="d">{html.escape(shows)}</desc>'
        "<style>text{font:13px system-ui,sans-serif;fill:#1c2024}.group{font-weight:600;font-size:15px}"
        ".name{font-weight:600}.to{fill:#4a525a;white-space:pre}.box{fill:#f5f6f8;stroke:#9aa3ad}"
        "@media(prefers-color-scheme:dark){text{fill:#e6e9ec}.to{fill:#b4bcc4}.box{fill:#1b2128;stroke:#56606b}}"
        f"</style>{''.join(columns)}</svg>\n"
    )


def _list_referents(collection: str, called: Mapping[str, str]) -> list[str]:
    """What the records are called that one of a collection refers to, what all records have in common aside."""
    found: dict[str, None] = {}

    def gather(cls: type) -> None:
        for shape in fields_of(cls):
            targets = REFERENTS.get(shape.type, ()) if shape.name != "id" else ()
            if 0 < len(targets) < len(COLLECTIONS) - 1:
                found.update(dict.fromkeys(called[target] for target in targets))
            nested = nested_class(shape)
            if nested is not None and shape.name not in common:
                gather(nested)

    common = {shape.name for shape in fields_of(SourcedRecord)}
    gather(TABLES[collection])
    return sorted(found)


def _wrap(names: list[str]) -> list[str]:
    lines: list[str] = []
    for name in names:
        if lines and len(f"{lines[-1]}, {name}") <= 31:
            lines[-1] += f", {name}"
        else:
            lines.append(f"   {name}" if lines else f"→ {name}")
    return [f"{line}," for line in lines[:-1]] + lines[-1:]


if __name__ == "__main__":
    for place, picture in draw_all().items():
        place.write_text(picture, encoding="utf-8")
