"""The README does what it says."""

import contextlib
import io
import re
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def block(language):
    return re.search(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[1]


def test_the_ten_lines_print_what_stands_below_them(monkeypatch):
    monkeypatch.chdir(README.parent)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(block("python"), {})
    assert printed.getvalue() == block("text")
    assert len([line for line in block("python").splitlines() if line]) <= 10
