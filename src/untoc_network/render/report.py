"""A report in any of the formats, by name."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Protocol

from untoc_network.errors import UnsupportedFormat
from untoc_network.findings import Report
from untoc_network.render.checked import Checked
from untoc_network.render.github import render_github
from untoc_network.render.html import render_html
from untoc_network.render.json import render_json
from untoc_network.render.junit import render_junit
from untoc_network.render.markdown import render_markdown
from untoc_network.render.sarif import render_sarif
from untoc_network.render.text import render_plain_text

__all__ = ["FORMATS", "Renderer", "render_report"]


class Renderer(Protocol):
    """What every format is: a function from a report to pieces of text, which in a row are the whole."""

    def __call__(self, report: Report, *, checked: Checked | None = None) -> Iterator[str]:
        """The report in this format."""


FORMATS: MappingProxyType[str, Renderer] = MappingProxyType(
    {
        "text": render_plain_text,
        "json": render_json,
        "sarif": render_sarif,
        "junit": render_junit,
        "github": render_github,
        "markdown": render_markdown,
        "html": render_html,
    }
)
"""Each format by its name, as `--format` takes it."""


def render_report(report: Report, form: str = "text", *, checked: Checked | None = None) -> Iterator[str]:
    """The report in one of the formats: text, json, sarif, junit, github, markdown or html.

    Gives the text in pieces, so that a report of any length needs little memory: join them, or hand them to
    `file.writelines`. Files are to be written in UTF-8. `checked` says what was looked at, where that is known.
    Raises `UnsupportedFormat` for another name.
    """
    if form not in FORMATS:
        raise UnsupportedFormat(f"{form!r} is none of the formats of a report: {', '.join(FORMATS)}")
    return FORMATS[form](report, checked=checked)
