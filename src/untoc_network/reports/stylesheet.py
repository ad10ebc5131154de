"""The one style of all pages and pictures: its colours, which pictures have too, and what every page begins with."""

from __future__ import annotations

from importlib import resources

__all__ = ["load_picture_colours", "load_stylesheet"]


def load_stylesheet(*own: str) -> str:
    """The style of a page: that of all pages, and then the files of its `own`, by their names in this folder."""
    return "".join(_read(name) for name in ("colours.css", "style.css", *own))


def load_picture_colours(selector: str) -> str:
    """The colours for a picture that can stand alone or in a page of others, as variables of what is selected."""
    return _read("colours.css").replace(":root", selector)


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
