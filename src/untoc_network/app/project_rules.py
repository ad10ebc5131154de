"""Rules that a project keeps for itself: in a Python file beside its settings, or in a module that is installed.

Loading them runs their code. Nothing here does so on reading settings: only where the rules themselves are asked for.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import attrs

from untoc_network.diagnostics.code import to_message_text
from untoc_network.diagnostics.errors import UnusableConfiguration
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.rule import Rule

__all__ = ["FileRule", "load_project_rules", "locate_project_rules"]

_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)
_SUFFIX = ".py"


@attrs.frozen(kw_only=True)
class FileRule(Rule):
    """A rule from a file: another process, which cannot import it, loads the file again."""

    file: str = attrs.field(repr=False, eq=False)

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[str, str]]:
        """As its code in its file."""
        return _load_file_rule, (self.file, self.code)


def locate_project_rules(settings: Path, named: str) -> str:
    """What `rules-from` names: the whole path of a file, or the name of a module. Nothing is loaded.

    Raises `UnusableConfiguration` for a file that does not lie in the folder of the settings or below it, links
    followed, and for what is neither the name of a Python file nor of a module.
    """
    if not named.endswith(_SUFFIX):
        if _MODULE.fullmatch(named):
            return named
        raise UnusableConfiguration(f"{settings}: rules-from must be a Python file, such as rules.py, or a module")
    folder = settings.parent.resolve()
    file = (folder / named).resolve()
    if not file.is_relative_to(folder):
        raise UnusableConfiguration(
            f"{settings}: rules-from must name a file in the folder of the settings or below it"
        )
    if not file.is_file():
        raise UnusableConfiguration(f"{settings}: rules-from names {to_message_text(named)}, and there is no such file")
    return str(file)


def load_project_rules(named: str) -> tuple[Rule, ...]:
    """The rules that a file or a module holds, whose code runs. Raises `UnusableConfiguration` where it fails."""
    try:
        module = _run_file(named) if named.endswith(_SUFFIX) else importlib.import_module(named)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of anybody, which may do anything
        words = " ".join(f"{type(error).__name__}: {error}".split())
        raise UnusableConfiguration(f"the rules of {named} cannot be loaded: {to_message_text(words)}") from None
    ours = frozenset(map(id, catalogue()))  # a file may import a rule of the library
    found = {id(value): value for value in vars(module).values() if isinstance(value, Rule) and id(value) not in ours}
    if not found:
        raise UnusableConfiguration(f"{named} holds no rule")
    return tuple(_to_file_rule(rule, named) if named.endswith(_SUFFIX) else rule for rule in found.values())


def _run_file(file: str) -> ModuleType:
    """The file as a module under a name of its own, so that it takes the place of no other."""
    import hashlib  # which most projects, that keep no rules in files, need not load

    name = f"untoc_network_rules_{hashlib.sha256(file.encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where data classes look for the names in their annotations
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _to_file_rule(rule: Rule, file: str) -> FileRule:
    held = {field.name: getattr(rule, field.name) for field in attrs.fields(Rule)}
    return FileRule(**held, file=file)


@functools.cache
def _load_rules_once(file: str) -> tuple[Rule, ...]:
    return load_project_rules(file)


def _load_file_rule(file: str, code: str) -> Rule:
    return next(rule for rule in _load_rules_once(file) if rule.code == code)
