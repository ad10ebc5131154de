"""Functions that are written as code once, of the names of fields, and show that code in tracebacks."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["FunctionsByClass", "compile_functions"]


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


class FunctionsByClass(dict[Any, Callable[..., Any]]):
    """Functions that are written for a class each, and compiled when first asked for or called by another's code.

    `write` gives the lines of the function for a class; they call the functions for other classes by what `refer`
    names them. A program compiles those of the classes that it meets, and no others.
    """

    def __init__(self, prefix: str, write: Callable[[Any], Iterable[str]], names: dict[str, Any]) -> None:
        super().__init__()
        self._prefix, self._write, self._names = prefix, write, names

    def __missing__(self, cls: Any) -> Callable[..., Any]:
        name = self.refer(cls)
        self[cls] = function = compile_functions(self._write(cls), self._names, name)[name]
        return function  # type: ignore[no-any-return]

    def refer(self, cls: Any) -> str:
        """The name of the function for a class, by which the code of others can call it."""
        name = f"{self._prefix}_{cls.__name__}"

        def compile_and_call(*given: Any) -> Any:
            return self[cls](*given)

        self._names.setdefault(name, compile_and_call)
        return name
