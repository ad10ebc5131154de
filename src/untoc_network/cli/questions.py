"""Questions on the terminal: asked on standard error, answered on standard input, and never asked of a pipe."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence

from untoc_network.cli.output import measure_width
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UntocNetworkError, UnusableConfiguration
from untoc_network.i18n.language_words import Words
from untoc_network.i18n.told_texts import translate_text

__all__ = ["Questions"]


class Questions:
    """Questions on standard error, answers from the terminal; where there is none, nothing is asked."""

    def __init__(self, words: Words, *, asked: bool) -> None:
        self.words, self.asked = words, asked
        self.width = min(measure_width(sys.stderr) or 80, 80)

    def say(self, text: str, indent: str = "") -> None:
        """Lines for the keeper, as wide as there is room."""
        for line in textwrap.wrap(text, self.width, subsequent_indent=indent, break_on_hyphens=False):
            print(line, file=sys.stderr)

    def ask(
        self,
        key: str,
        *,
        choices: Sequence[str] | Mapping[str, str] = (),
        default: str | None = None,
        check: Callable[[str], object] = str,
        **told: str | int,
    ) -> str | None:
        """The answer; the default where there is none, which is told. One that cannot be is asked for again.

        A question mark has the question explained. What each choice is stands beside it, or is known of it.
        """
        if not self.asked:
            return default
        said = choices if isinstance(choices, Mapping) else {}
        choices = tuple(choices)
        self._put_question(key, choices, said, told)
        while True:
            answer = self._read_line(default)
            if not answer:
                return default
            if not answer.strip("¿?"):
                self._explain(key)
                self._put_question(key, choices, said, told)
                continue
            if choices and answer.isdecimal() and 0 < int(answer) <= len(choices):
                answer = choices[int(answer) - 1]
            try:
                if choices and answer not in choices:
                    raise UnusableConfiguration(", ".join(choices))
                check(answer)
            except UntocNetworkError as problem:
                self.say(self.words.ui("start-again", problem=translate_text(str(problem), self.words)))
            else:
                return answer

    def _put_question(
        self, key: str, choices: Sequence[str], said: Mapping[str, str], told: Mapping[str, str | int]
    ) -> None:
        self.say("")
        print(file=sys.stderr)
        self.say(self.words.ui(key, **told))
        for number, choice in enumerate(choices, start=1):
            beside = said.get(choice) or self.words.interface.get(f"{key}-{choice}") or self.words.label(choice)
            self.say(escape_unprintable(f"  {number}  {choice}: {beside}"), "     ")

    def _explain(self, key: str) -> None:
        """What a question is for, where there are words for it, and how any is answered."""
        for name in filter(self.words.interface.__contains__, (f"{key}-why", "start-how")):
            self.say(self.words.ui(name))

    def _read_line(self, default: str | None) -> str:
        print(f"[{escape_unprintable(default or '')}] > ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise UnusableConfiguration(self.words.ui("start-ended"))
        return line.strip()
