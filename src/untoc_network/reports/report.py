"""A report in any of the formats, by name."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Protocol

from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language import Words, interface_in, translated
from untoc_network.reports.run_summary import Checked
from untoc_network.values.argument_checks import refuses_by_name

__all__ = ["FORMATS", "Renderer", "render_report"]


class Renderer(Protocol):
    """What every format is: a function from a report to pieces of text, which in a row are the whole."""

    def __call__(self, report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
        """The report in this format, with these words around the findings."""


FORMATS = MappingProxyType(
    {
        "text": ("text", "render_plain_text"),
        "json": ("json", "render_json"),
        "sarif": ("sarif", "render_sarif"),
        "junit": ("junit", "render_junit"),
        "github": ("github", "render_github"),
        "markdown": ("markdown", "render_markdown"),
        "html": ("html", "render_html"),
    }
)
"""Each format, as `--format` takes it, with the module and the name of its renderer, which is loaded when asked for."""


@refuses_by_name
def render_report(
    report: Report, form: str = "text", *, checked: Checked | None = None, languages: Sequence[str | Words] = ("en",)
) -> Iterator[str]:
    """The report in one of the formats: text, json, sarif, junit, github, markdown or html.

    Gives the text in pieces, so that a report of any length needs little memory: join them, or hand them to
    `file.writelines`. Files are to be written in UTF-8. `checked` says what was looked at, where that is known.
    What it says is in the first of the `languages` that has it: tags such as `es` or `pt-BR`, or words of your own.
    Raises `UnsupportedFormat` for another name of a format, `UnknownLanguage` for a language that is not spoken.
    """
    if form not in FORMATS:
        raise UnsupportedFormat(f"{form!r} is none of the formats of a report: {', '.join(FORMATS)}")
    module, name = FORMATS[form]
    renderer: Renderer = getattr(importlib.import_module(f"{__package__}.{module}"), name)
    return renderer(translated(report, *languages), checked=checked, words=interface_in(*languages))
