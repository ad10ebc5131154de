"""The README does what it says."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from untoc_network.cli.main import main

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
        if "--no-index" not in line  # asks none
    ]
    assert found == []


def test_the_install_has_what_the_commands_need():
    first = block("sh")
    assert "'.[all]' ./packages/*" in first


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_commands_of_each_translation_run(monkeypatch, tmp_path, language):
    page = README.with_name(f"README.{language}.md").read_text(encoding="utf-8")
    commands = [line for line in page.splitlines() if line.startswith("untoc-network ")]
    (tmp_path / "examples").symlink_to(README.parent / "examples")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
            assert main(shlex.split(command)[1:]) == 0, f"{command}\n{told.getvalue()}"
    assert len(commands) == 7


def test_the_readmes_lead_to_each_other_and_to_files_that_are_there():
    for page in README.parent.glob("README*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (README.parent / target).exists(), f"{page.name}: {target}"
