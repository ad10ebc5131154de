"""The templates of the pages: those of this package, of which a network can have its own in their place, one by one.

All that is put into a page is escaped; what a template names and is not there stops the build. Where there are own
templates, all are run in a sandbox, in which they can read what a page is made of and reach no other code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markupsafe import Markup

from untoc_network.diagnostics.code import escape_unprintable, flow
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.reports.stylesheet import load_stylesheet as _load_library_stylesheet

__all__ = ["is_web_address", "load_stylesheet", "make_environment", "render", "render_markdown"]


def make_environment(own: Path | None) -> Environment:
    """What renders the templates; `own` is a folder of some that stand in the place of those of their name."""
    if own is None:
        return _make_packaged_environment()
    loader = ChoiceLoader([FileSystemLoader(own), PackageLoader(__package__)])
    return _make_environment(ImmutableSandboxedEnvironment, loader)  # it takes half as long again


@functools.cache
def _make_packaged_environment() -> Environment:
    return _make_environment(Environment, PackageLoader(__package__))


def _make_environment(kind: type[Environment], loader: BaseLoader) -> Environment:
    made = kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_put_on_one_line,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters.update({name: _make_filter(method) for name, method in _FILTERS.items()})
    made.globals["is_web_address"] = is_web_address
    return made


_FILTERS = {"label": "label", "country": "country", "language": "name_language", "text": "text", "listed": "listed"}
"""The filters of the templates, by the methods of the `site` that they are rendered for."""


def _make_filter(method: str) -> Callable[[Context, Any], str]:
    @pass_context
    def put_into_words(context: Context, value: Any) -> str:
        told: str = getattr(context["site"], method)(value)
        return told

    return put_into_words


def is_web_address(address: str | None) -> bool:
    """Whether an address leads to the web: others can run code, or open programs, where they are followed."""
    return address is not None and address.lower().startswith(("https://", "http://"))


def _put_on_one_line(value: Any) -> Any:
    """A text of the register as it stands in a page: what cannot be seen, or turns the reading order, is escaped."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return escape_unprintable(flow(value))


def render(environment: Environment, name: str, values: dict[str, Any]) -> bytes:
    """A template with its values. Raises `UnusableConfiguration` where it cannot be used."""
    try:
        return environment.get_template(name).render(values).encode()
    except TemplateError as error:
        said = escape_unprintable(" ".join(f"{type(error).__name__}: {error.message}".split()))
        raise UnusableConfiguration(f"the template {name} cannot be used: {said}") from None


@functools.cache
def _make_markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def render_markdown(text: str) -> Markup:
    """A text of one's own: markup in it stays text, pictures are not fetched, headings begin below the page's."""
    reader = _make_markdown()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - what it holds was escaped


def load_stylesheet() -> str:
    """The one stylesheet of all pages: that of the library's own, and what a site has beside, without its accent."""
    own = ((Path(__file__).parent / name).read_text("utf-8") for name in ("style.css", "pictures.css"))
    return _load_library_stylesheet() + "".join(own)
