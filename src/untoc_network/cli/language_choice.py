"""The language of a call, chosen once: the option `--lang`, else the environment, else the settings of the folder.

It holds for all that the call tells: help, errors and notes are said in it where they are told. Only the command line
reads the environment; the library is given its languages.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path

TYPE_CHECKING = False  # as `typing` has it, which is not loaded for that
if TYPE_CHECKING:
    from untoc_network.i18n.language_words import Words

__all__ = [
    "VARIABLE",
    "find_language_option",
    "find_spoken_words",
    "get_asked_languages",
    "list_spoken_languages",
    "say",
    "speaking",
]

VARIABLE = "UNTOC_NETWORK_LANG"
"""The variable of the environment that asks for a language, as `--lang` does."""
_MOST_SEARCHED = 1_000_000
"""Bytes of the settings of a Python project in which ours are looked for."""
_ASKED: ContextVar[str] = ContextVar("untoc_network_language", default="")


@contextlib.contextmanager
def speaking(languages: str) -> Iterator[None]:
    """Speak these languages, the wanted one first, apart by commas; where there are none, those of the environment."""
    before = _ASKED.set(languages or os.environ.get(VARIABLE, ""))
    try:
        yield
    finally:
        _ASKED.reset(before)


def find_language_option(words: Sequence[str]) -> str:
    """The languages that the words of a call ask for; nothing where they ask for none."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        option, equals, value = word.partition("=")
        if option == "--lang":
            return value if equals else following
    return ""


def get_asked_languages() -> tuple[str, ...]:
    """The languages that the call or its environment asks for."""
    return tuple(name.strip() for name in _ASKED.get().split(",") if name.strip())


def list_spoken_languages() -> tuple[str, ...]:
    """The languages that were asked for, else those that the project in this folder settles."""
    asked = get_asked_languages()
    if asked or not _has_settings():
        return asked
    from untoc_network.app.project_settings import find_configuration

    return find_configuration(".").lang


def _has_settings() -> bool:
    """Whether there may be settings in this folder; what reads them is not loaded for nothing."""
    if Path("untoc-network.toml").exists():
        return True
    try:
        with Path("pyproject.toml").open("rb") as file:
            return b"tool.untoc-network" in file.read(_MOST_SEARCHED)
    except OSError:
        return False


def find_spoken_words() -> Words | None:
    """The words of the language of the call; None where that is English, or where what asks for it cannot be used."""
    from untoc_network.diagnostics.errors import UntocNetworkError

    try:
        languages = list_spoken_languages()
        if not languages:
            return None
        from untoc_network.i18n.language_words import choose_interface_words

        words = choose_interface_words(*languages)
    except UntocNetworkError:  # told where the languages are needed, in English
        return None
    return words if words.told else None


def say(text: str) -> str:
    """What is told in English, in the language of the call."""
    words = find_spoken_words()
    if words is None:
        return text
    from untoc_network.i18n.told_texts import translate_text

    return translate_text(text, words)
