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


def test_no_page_tells_to_install_from_an_index_what_none_has():
    root = README.parent
    made = (root / ".gitignore").read_text(encoding="utf-8").splitlines()  # what a build of the docs leaves
    pages = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("packages/*/*.md"), *root.glob(".ci/*")]
    told = re.compile(r"(?:pip|uv|pipx)\S* (?:install|add|run)\b[^\n`]*?(?<![./\w-])untoc[-_]network\b")
    found = [
        f"{page.relative_to(root)}: {line}"
        for page in pages
        if page.name != "CHANGELOG.md" and str(page.relative_to(root)) not in made
        for line in told.findall(page.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_install_has_what_the_commands_need():
    first = block("sh")
    assert "'.[all]' ./packages/*" in first
