"""Functions that are written as code once, of the names of fields, and show that code in tracebacks."""

from __future__ import annotations

import linecache
from collections.abc import Iterable
from typing import Any

__all__ = ["compile_functions"]


def compile_functions(lines: Iterable[str], names: dict[str, Any], title: str) -> dict[str, Any]:
    """Run lines of Python that define functions, in these names, which then hold the functions too.

    The lines must be made of the names of the model's fields alone, never of what somebody gives. Tracebacks and
    debuggers find the code under the title, which tells the one from the other.
    """
    source = "".join(f"{line}\n" for line in lines)
    file = f"<untoc_network: {title}>"
    code = compile(source, file, "exec")
    # Without a time of change, the entry stays where files on disk are looked at anew.
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    exec(code, names)  # noqa: S102 - made of the names of the model's fields
    return names
