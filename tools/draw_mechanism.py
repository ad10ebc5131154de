"""The Review Mechanism in one picture: its three parts, their steps, and where non-governmental stakeholders take part.

All of it comes from the tables of the library: the steps that lead on, who takes them and until when from the
procedures, the ways to take part from the kinds of entry points. Whatever is only recalled, derived or partly seen
says so, as it does everywhere. `tools/draw_pictures.py` writes it.
"""

import html
import textwrap
from collections.abc import Iterator

import attrs

from untoc_network.engagement import ENTRY_POINT_SPECS
from untoc_network.engagement.translatable_message import MessageFormatter
from untoc_network.i18n.told_texts import format_basis
from untoc_network.model.convention import EntryPointKind
from untoc_network.process import COUNTRY_REVIEW, DIALOGUE, GENERAL_REVIEW, Procedure
from untoc_network.reference import packaged
from untoc_network.reports.procedure_text import get_title, tell_time_limit

PARTS = {
    EntryPointKind.GENERAL_REVIEW: GENERAL_REVIEW,
    EntryPointKind.COUNTRY_REVIEW: COUNTRY_REVIEW,
    EntryPointKind.CONSTRUCTIVE_DIALOGUE: DIALOGUE,
}
STATES_AND_BODIES_OF_STATES = ("observer-14", "observer-15", "observer-16-1", "observer-16-2")
"""Ways to take part that are for no non-governmental stakeholder."""
WORDS = {
    "en": (
        "The Review Mechanism",
        "Where non-governmental stakeholders take part",
        "Country reviews: {groups} groups of parties, {phases} phases, {first} to {last} by the plan ({sure})",
        "Who decides: {}",
        "Rests on: {}",
    ),
    "es": (
        "El Mecanismo de Examen",
        "Dónde participan las partes interesadas no gubernamentales",
        "Exámenes de país: {groups} grupos de partes, {phases} fases, de {first} a {last} según el plan ({sure})",
        "Quién decide: {}",
        "Se basa en: {}",
    ),
    "pt": (
        "O Mecanismo de Revisão",
        "Onde participam as partes interessadas não governamentais",
        "Revisões de países: {groups} grupos de partes, {phases} fases, de {first} a {last} segundo o plano ({sure})",
        "Quem decide: {}",
        "Baseia-se em: {}",
    ),
}
WIDTH, BOX, LINE, LETTERS, BOLD = 330, 310, 17, 42, 36
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1c2024 }
.title { font-size: 19px; font-weight: 700 }
.part { font-size: 16px; font-weight: 700 }
.name { font-weight: 600 }
.said { fill: #4a525a }
.step { fill: #f5f6f8; stroke: #9aa3ad }
.way { fill: #e4f3ea; stroke: #2f7d55; stroke-width: 1.5 }
.open { font-weight: 600; fill: #1f5c3d }
.on { stroke: #6b7580; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ec }
  .said { fill: #b4bcc4 }
  .step { fill: #1b2128; stroke: #56606b }
  .way { fill: #12291d; stroke: #57b384 }
  .open { fill: #8fd8b1 }
  .on { stroke: #8a949e }
}
"""


@attrs.frozen
class Card:
    """One box: lines under each other, each with its class."""

    kind: str
    lines: tuple[tuple[str, str], ...]

    def draw(self, x: int, y: int) -> str:
        """The box with its words, its upper left corner there."""
        rows = (
            f'<text class="{look}" x="{x + 10}" y="{y + 21 + LINE * row}">{html.escape(line)}</text>'
            for row, (look, line) in enumerate(self.lines)
        )
        box = f'<rect class="{self.kind}" x="{x}" y="{y}" width="{BOX}" height="{self.tall}" rx="6"/>'
        return "".join((box, *rows))

    @property
    def tall(self) -> int:
        """How high the box is."""
        return 14 + LINE * len(self.lines)


def draw_mechanism(language: str = "en") -> str:
    """The picture as SVG, which follows light and dark."""
    title, take_part, plan, *told = WORDS[language]
    teller = MessageFormatter((language,))
    height, drawn = 0, [f'<text class="title" x="10" y="28">{html.escape(title)}</text>']
    drawn.append(f'<text class="said" x="10" y="50">{html.escape(tell_plan(plan, teller))}</text>')
    for place, (part, procedure) in enumerate(PARTS.items()):
        x, y = 10 + place * WIDTH, 96
        drawn.append(f'<text class="part" x="{x}" y="84">{html.escape(get_title(procedure, teller))}</text>')
        steps = list(list_steps(procedure, teller))
        for number, card in enumerate(steps):
            drawn.append(card.draw(x, y))
            y += card.tall
            if number < len(steps) - 1:
                drawn.append(f'<path class="on" d="M{x + 18} {y} v12"/>')
            y += 12
        for line in _wrap(take_part, BOLD):
            y += LINE
            drawn.append(f'<text class="open" x="{x}" y="{y + 4}">{html.escape(line)}</text>')
        y += 14
        for card in list_ways_in(part, teller, *told):
            drawn.append(card.draw(x, y))
            y += card.tall + 8
        height = max(height, y + 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(PARTS) * WIDTH} {height}" role="img" '
        f'lang="{language}" aria-labelledby="mechanism"><title id="mechanism">{html.escape(title)}</title>'
        f"<style>{STYLE}</style>\n{chr(10).join(drawn)}\n</svg>\n"
    )


def tell_plan(plan: str, teller: MessageFormatter) -> str:
    """Groups, phases and years, as the table of nominal phases has them, with how sure that is."""
    rows = packaged().table("nominal_phases")
    return plan.format(
        groups=len({row.group for row in rows}),
        phases=len({row.phase for row in rows}),
        first=min(str(row.starts) for row in rows),
        last=max(str(row.ends) for row in rows),
        sure=", ".join(sorted({teller.label(row.certainty) for row in rows})),
    )


def list_steps(procedure: Procedure, teller: MessageFormatter) -> Iterator[Card]:
    """The steps that lead from one state to the next, in order: what, by whom, until when."""
    for transition in procedure.transitions:
        if transition.target is not None:
            limit = tell_time_limit(transition, packaged(), teller)
            free = None if transition.required else teller.of("procedure.optional")
            said = _wrap("; ".join(filter(None, (teller.label(transition.actor), limit, free))))
            names = _wrap(_begin(teller.label(transition.step)), BOLD)
            yield Card("step", (*(("name", line) for line in names), *(("said", line) for line in said)))


def list_ways_in(part: EntryPointKind, teller: MessageFormatter, decides: str, rests: str) -> Iterator[Card]:
    """How non-governmental stakeholders take part there, who decides on it, and what it rests on."""
    told = teller.words.engagement
    for spec in ENTRY_POINT_SPECS:
        if spec.part is part and spec.name not in STATES_AND_BODIES_OF_STATES:
            basis = spec.rests_on(packaged())
            names = _wrap(told[f"{spec.name}.about"], BOLD)
            said = _wrap(decides.format(told[f"decides.{spec.decides or 'unknown'}"]))
            said += _wrap(rests.format(format_basis(basis, teller.words))) if basis else []
            yield Card("way", (*(("name", line) for line in names), *(("said", line) for line in said)))


def _wrap(text: str, letters: int = LETTERS) -> list[str]:
    return textwrap.wrap(text, letters, break_on_hyphens=False)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
