"""What pages say around what the register says, in each language: a file of words for each."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

from untoc_network.diagnostics.templates import fill_template
from untoc_network.i18n.language_words import Words

__all__ = ["load_site_words", "say"]


@functools.cache
def load_site_words(language: str) -> Mapping[str, str]:
    """The words of a language by their keys."""
    text = resources.files(__package__).joinpath(f"words/{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def say(key: str, words: Words, /, **values: str | int) -> str:
    """A text of the pages, filled."""
    return fill_template(load_site_words(words.language)[key], values, labels=words.labels, language=words.language)
