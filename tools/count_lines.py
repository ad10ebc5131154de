"""Count the lines of code, and of tables of data, in each room of the library and in its companions.

    python tools/count_lines.py              the files as they stand here
    python tools/count_lines.py v0.2.0       a revision; of two, both, and what differs
    python tools/count_lines.py main HEAD

A line of code has a token that is neither a comment nor part of a docstring: blank lines, comments and docstrings cost
nobody anything and are not counted. A line of data is a line of a table that is
installed with the code (`.csv`, `.json`, `.toml`, `.txt`).
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent.parent
DATA = {".csv", ".json", ".toml", ".txt"}
SPACING = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def code_lines(text: str) -> int:
    """How many lines of a module are code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SPACING:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        # also the string under an attribute or an alias, which is its documentation
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def room_of(path: PurePosixPath) -> str | None:
    """The room that a file belongs to: a folder of the library, the library itself, or a companion."""
    match path.parts:
        case "src", _, _:
            return "(top)"
        case "src", _, room, *_:
            return room
        case "packages", companion, "src", *_:
            return f"packages/{companion}"
    return None


def files_here() -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files as they stand in this folder."""
    for top in ("src", "packages"):
        for path in (HERE / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield PurePosixPath(path.relative_to(HERE).as_posix()), path.read_bytes()


def files_at(revision: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files of a revision."""
    command = ["git", "-C", str(HERE), "archive", "--format=tar", revision]
    packed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield PurePosixPath(member.name), stream.read()


def count(files: Iterator[tuple[PurePosixPath, bytes]]) -> tuple[Counter[str], Counter[str]]:
    """Lines of code and lines of data, each by room."""
    code: Counter[str] = Counter()
    data: Counter[str] = Counter()
    for path, content in files:
        room = room_of(path)
        if room is not None and path.suffix == ".py":
            code[room] += code_lines(content.decode())
        elif room is not None and path.suffix in DATA:
            data[room] += content.count(b"\n")
    return code, data


def main(revisions: list[str]) -> None:
    """Print a table: a row a room, a column a revision, and what differs where there are two."""
    counts = [count(files_at(revision)) for revision in revisions] or [count(files_here())]
    for title, tables in zip(("code", "data"), zip(*counts, strict=True), strict=True):
        rooms = sorted(set().union(*tables))
        rows = [(room, [table[room] for table in tables]) for room in rooms]
        for name, numbers in (*rows, (f"{title} in all", [table.total() for table in tables])):
            change = f"{numbers[1] - numbers[0]:+9,}" if len(numbers) == 2 else ""
            print(f"{name:32}{''.join(f'{number:9,}' for number in numbers)}{change}")
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
