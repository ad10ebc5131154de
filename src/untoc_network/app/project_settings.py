"""What a project settles for itself: `untoc-network.toml`, or the table `[tool.untoc-network]` of `pyproject.toml`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from untoc_network.app.declared_extensions import read_extensions
from untoc_network.app.project_rules import load_project_rules, locate_project_rules
from untoc_network.diagnostics.code import to_message_text
from untoc_network.diagnostics.errors import UnknownLanguage, UnusableConfiguration
from untoc_network.diagnostics.findings import Severity
from untoc_network.i18n.language_words import words_in
from untoc_network.model.extension import Extension
from untoc_network.rules.catalogue import PRESETS
from untoc_network.rules.engine import RuleSet
from untoc_network.serializers.source.settings_file import check_size, read_settings
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.argument_checks import check_arguments

__all__ = ["NEVER", "Configuration", "find_configuration", "load_configuration"]

_OWN_FILE = "untoc-network.toml"
NEVER = "never"
"""What a project sets `fail-on` to where no finding is to make a check fail."""


@attrs.frozen(kw_only=True)
class Configuration:
    """The settings of a project; what it does not set has its usual value."""

    rules: str = "default"
    """The rule set: `default`, `strict`, `lenient`, `privacy` or `mechanism`."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = attrs.field(factory=dict)
    fail_on: str = Severity.ERROR.value
    baseline: str | None = None
    """The file of known findings, from the folder of the configuration."""
    lang: tuple[str, ...] = ()
    """The languages of messages and reports, the wanted one first; English is the last."""
    installed_rules: bool = False
    """Whether rules of installed packages run too."""
    rules_from: str | None = None
    """The Python file, or the module, with rules of the project; its code runs where the rules are asked for."""

    extensions: tuple[Extension, ...] = ()
    """Declarations of own fields, which every command that reads a register takes."""

    def known_rules(self) -> RuleSet:
        """All rules of the rule set, those of installed packages and of the project too where they are asked for.

        Those of the project run whatever the rule set selects. Raises `UnknownRule`, and `UnusableConfiguration` where
        the rules of the project cannot be loaded.
        """
        rules = RuleSet.named(self.rules)
        rules = rules.with_installed() if self.installed_rules else rules
        own = load_project_rules(self.rules_from) if self.rules_from else ()
        selected = (*rules.select, *(rule.code for rule in own)) if rules.select else ()
        return attrs.evolve(rules.with_rules(*own), select=selected)

    def ruleset(self) -> RuleSet:
        """The rules as configured. Raises `UnknownRule`, and `UnusableConfiguration` as `known_rules` does."""
        return self.known_rules().choosing(select=self.select, ignore=self.ignore).with_severities(self.severities)


@check_arguments
def find_configuration(folder: str | os.PathLike[str]) -> Configuration:
    """The configuration in a folder: its own file first, else that in `pyproject.toml`, else the usual one."""
    for name in (_OWN_FILE, "pyproject.toml"):
        path = Path(folder) / name
        if path.is_file() and (name == _OWN_FILE or _find_own_table(path) is not None):
            return load_configuration(path)
    return Configuration()


@check_arguments
def load_configuration(path: str | os.PathLike[str]) -> Configuration:
    """Read a configuration. Raises `UnusableConfiguration` for what is not TOML, for unknown keys and wrong values.

    Nothing that it names is run: rules of the project are loaded where they are asked for.
    """
    table = _find_own_table(Path(path))
    table = dict(table or {})
    declared = table.pop("extensions", None)
    values = {name.replace("-", "_"): _convert_setting(path, name, given) for name, given in table.items()}
    if declared is not None:
        values["extensions"] = read_extensions(path, declared)
    if values.get("baseline"):
        values["baseline"] = str(Path(path).parent / values["baseline"])
    if values.get("rules_from"):
        values["rules_from"] = locate_project_rules(Path(path), values["rules_from"])
    return Configuration(**values)


def _find_own_table(path: Path) -> dict[str, Any] | None:
    """The settings in a file: all of it, or its table of ours; None where the file of a project has none."""
    table: Any = read_settings(path)
    for name in ("tool", "untoc-network") if path.name == "pyproject.toml" else ():
        table = table.get(name)
        if table is None:
            return None
        if not isinstance(table, dict):
            raise UnusableConfiguration(
                f"{path}: [{'tool' if name == 'tool' else 'tool.untoc-network'}] is not a table"
            )
    check_size(path, table)
    return dict(table)


def _convert_setting(path: Any, name: str, given: Any) -> Any:
    if name not in _KEYS:
        known = (*_KEYS, "extensions")
        near = NearestNames(known).to(name)
        remedy = f"did you mean {near!r}?" if near else f"the keys are: {', '.join(known)}"
        raise UnusableConfiguration(f"{path}: there is no key {to_message_text(name)!r}; {remedy}")
    wanted, made = _KEYS[name]
    try:
        return made(given)
    except (ValueError, TypeError, AttributeError, UnknownLanguage):
        raise UnusableConfiguration(f"{path}: {name} must be {wanted}") from None


def _require_codes(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
        raise TypeError
    return tuple(code.upper() for code in given)


def _require_languages(given: Any) -> tuple[str, ...]:
    tags = (given,) if isinstance(given, str) else tuple(given)
    return tuple(words.language for words in words_in(*tags))


def _require_one_of(*choices: str) -> Callable[[Any], str]:
    def made(given: Any) -> str:
        return choices[choices.index(given)]

    return made


def _require_severities(given: Any) -> dict[str, Severity]:
    return {code.upper(): Severity(severity) for code, severity in given.items()}


def _require_text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given


def _require_bool(given: Any) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


_SEVERITIES = ", ".join(Severity)
_KEYS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "rules": (f"one of {', '.join(PRESETS)}", _require_one_of(*PRESETS)),
    "select": ('a list of codes such as ["EV", "SR003"]', _require_codes),
    "ignore": ('a list of codes such as ["EV", "SR003"]', _require_codes),
    "severities": (f"a table from codes to {_SEVERITIES}", _require_severities),
    "fail-on": (f"one of {_SEVERITIES}, {NEVER}", _require_one_of(*Severity, NEVER)),
    "baseline": ("the name of a file", _require_text),
    "lang": ('a language such as "es", or a list of them', _require_languages),
    "installed-rules": ("true or false", _require_bool),
    "rules-from": ("the name of a Python file or of a module", _require_text),
}
"""The keys, what each is to be, and what makes its value."""
