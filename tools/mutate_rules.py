"""Change the rules one small thing at a time, and see whether a test notices.

    python tools/mutate_rules.py                      # all of rules/, some minutes
    python tools/mutate_rules.py areas/dialogues areas/reviewers  # these modules only
    python tools/mutate_rules.py --jobs 2 --tests tests/rules tests/serializers

What no test notices and `tests/rules/survivors.toml` does not list is printed in the form of that list, and the exit
code is 1. A mutant that changes nothing anyone could see belongs into the list with the reason; for any other, a test
is missing. Needs `fork`.

The tests are collected once. Each mutant is a fork of that process in which one function has another body, and only
the tests that reach the line run, the quickest first, up to the first that fails. Rules stand behind a decorator that
makes objects of them, which is why the functions are found among all objects of the process and not in their modules.
Texts for people (`message`, `hint`, docstrings, texts of several words) are left alone.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import os
import pickle
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from untoc_network.rules.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src" / "untoc_network" / "rules"
SURVIVORS = ROOT / "tests" / "rules" / "survivors.toml"

Key = tuple[str, str, str, str, int]
"""What names a mutant: module, function, what it was, what it is now, and which of several that read alike."""

COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mult: ast.Add}
NAMES = {
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "certainly_before": "certainly_after",
    "certainly_after": "certainly_before",
    "startswith": "endswith",
    "endswith": "startswith",
}
SEVERITIES = {"ERROR": "WARNING", "WARNING": "INFO", "INFO": "ERROR"}


@dataclass(frozen=True)
class Mutant:
    """One changed place, and the statement of the module that holds it, as changed."""

    key: Key
    line: int
    statement: ast.stmt
    codes: tuple[str, ...]
    """The rule whose function it is, or all rules of the module, for a function that helps them."""
    option: str | None = None
    """The option of the rule that is changed, where it is none of the function's body."""


# -- what is changed ---------------------------------------------------------------------------------------------------


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module of `rules/`. The tree is changed in place: a mutant holds until the next."""
    tree = ast.parse((RULES / f"{module}.py").read_text(encoding="utf-8"))
    alike: dict[tuple[str, ...], int] = {}
    of_the_module = tuple(code for statement in tree.body for code in _codes(statement))
    for owner, statement in _statements(tree.body):
        for was, now, line, option in _changes(statement):
            named = (module, owner, was, now)
            alike[named] = alike.get(named, -1) + 1
            yield Mutant(
                key=(*named, alike[named]),
                line=line,
                statement=statement,
                codes=_codes(statement) or of_the_module,
                option=option,
            )


def _codes(statement: ast.stmt) -> tuple[str, ...]:
    """The code of the rule that a function is made into."""
    calls = [one for one in getattr(statement, "decorator_list", ()) if isinstance(one, ast.Call) and one.args]
    return tuple(call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant))


def _statements(body: Iterable[ast.stmt], within: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """The functions, methods and tables of a module with their names."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef):
            yield f"{within}{statement.name}", statement
        elif isinstance(statement, ast.ClassDef):
            yield from _statements(statement.body, f"{statement.name}.")
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and not within and not _is_plain(statement):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            yield ast.unparse(target), statement


def _is_plain(statement: ast.Assign | ast.AnnAssign) -> bool:
    """Types, the list of public names, and what a rule rests on, which is words."""
    value = statement.value
    name = ast.unparse(statement.targets[0] if isinstance(statement, ast.Assign) else statement.target)
    made = ast.unparse(value.func) if isinstance(value, ast.Call) else ""
    return name == "__all__" or value is None or made in {"Basis", "TypeVar"} or isinstance(value, ast.Subscript)


def _changes(statement: ast.stmt) -> Iterator[tuple[str, str, int, str | None]]:
    """Change one place after the other, and put it back: was, now, line, option of the rule."""
    if isinstance(statement, ast.FunctionDef):
        for holder, name, place, option in [*_options(statement), *_places(statement.body, statement, "body")]:
            yield from _replaced(holder, name, place, option)
    else:
        for holder, name, place, option in list(_places([statement.value], statement, "value")):  # type: ignore[attr-defined]
            yield from _replaced(holder, name, place, option)


Place = tuple[ast.AST, str, int | None, str | None]


def _options(function: ast.FunctionDef) -> Iterator[Place]:
    """The options of a rule that are no words: how grave it is, whether it needs a day."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "rule":
            for keyword in decorator.keywords:
                if keyword.arg in {"severity", "needs_day", "requires_complete"}:
                    yield keyword, "value", None, keyword.arg


def _places(nodes: Iterable[ast.AST], holder: ast.AST, name: str) -> Iterator[Place]:
    """Every node below, outermost first, with where it hangs."""
    many = isinstance(getattr(holder, name), list)
    for position, node in enumerate(nodes):
        if many and position == 0 and name == "body" and _is_words(node):
            continue
        yield holder, name, position if many else None, None
        for field, value in ast.iter_fields(node):
            if field in {"annotation", "ctx", "op", "ops", "returns", "decorator_list", "args"} and not isinstance(
                node, ast.Call
            ):
                continue
            below = value if isinstance(value, list) else [value]
            if isinstance(value, list | ast.AST):
                yield from _places([one for one in below if isinstance(one, ast.AST)], node, field)


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _replaced(holder: ast.AST, name: str, place: int | None, option: str | None) -> Iterator[tuple[str, str, int, Any]]:
    held = getattr(holder, name)
    node = held if place is None else held[place]
    for new in _instead(node, holder):
        ast.copy_location(new, node)
        ast.fix_missing_locations(new)
        _put(holder, name, place, new)
        yield _shown(node).strip(), _shown(new).strip(), getattr(node, "lineno", 0) or node.iter.lineno, option  # type: ignore[attr-defined]
        _put(holder, name, place, node)


def _put(holder: ast.AST, name: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(holder, name, node)
    else:
        getattr(holder, name)[place] = node


def _shown(node: ast.AST) -> str:
    first, *more = ast.unparse(node).splitlines()
    return f"{first} …" if more else first


def _instead(node: ast.AST, holder: ast.AST) -> Iterator[ast.AST]:
    for kind, change in _CHANGES:
        if isinstance(node, kind):
            yield from change(node)
    if isinstance(node, ast.Attribute) and isinstance(holder, ast.keyword) and holder.arg == "severity":
        yield ast.Attribute(node.value, SEVERITIES[node.attr], ast.Load())


def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for place, operator in enumerate(node.ops):
        ops = [*node.ops[:place], COMPARISONS[type(operator)](), *node.ops[place + 1 :]]
        yield ast.Compare(node.left, ops, node.comparators)


def _condition(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for place in range(len(node.values)):
        rest = [*node.values[:place], *node.values[place + 1 :]]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _negation(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _test(node: ast.If | ast.IfExp | ast.While) -> Iterator[ast.AST]:
    """Another test; what compares or combines is changed where it stands."""
    if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        opposite = ast.UnaryOp(ast.Not(), node.test)
        if isinstance(node, ast.IfExp):
            yield ast.IfExp(opposite, node.body, node.orelse)
        elif isinstance(node, ast.If):
            yield ast.If(opposite, node.body, node.orelse)


def _comprehension(node: ast.comprehension) -> Iterator[ast.AST]:
    for place in range(len(node.ifs)):
        yield ast.comprehension(node.target, node.iter, [*node.ifs[:place], *node.ifs[place + 1 :]], node.is_async)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, str) and value and " " not in value.strip():
        yield ast.Constant("")


def _arithmetic(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)


def _name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES:
        yield ast.Name(NAMES[node.id], node.ctx)


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMES:
        yield ast.Attribute(node.value, NAMES[node.attr], node.ctx)


def _set(node: ast.Set) -> Iterator[ast.AST]:
    for place in range(len(node.elts)):
        rest = [*node.elts[:place], *node.elts[place + 1 :]]
        yield ast.Set(rest) if rest else ast.Call(ast.Name("set", ast.Load()), [], [])


def _return(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))


def _expression(node: ast.Expr) -> Iterator[ast.AST]:
    """A call or a yield that is left out; the function stays a generator."""
    if isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
    elif isinstance(node.value, ast.Call):
        yield ast.Pass()


_CHANGES: tuple[tuple[Any, Callable[[Any], Iterator[ast.AST]]], ...] = (
    (ast.Compare, _comparison),
    (ast.BoolOp, _condition),
    (ast.UnaryOp, _negation),
    (ast.If | ast.IfExp, _test),
    (ast.comprehension, _comprehension),
    (ast.Constant, _constant),
    (ast.BinOp, _arithmetic),
    (ast.AugAssign, lambda _: iter([ast.Pass()])),
    (ast.Name, _name),
    (ast.Attribute, _attribute),
    (ast.Set, _set),
    (ast.Return, _return),
    (ast.Expr, _expression),
    (ast.Continue, lambda _: iter([ast.Break()])),
    (ast.Break, lambda _: iter([ast.Continue()])),
)


# -- the list of survivors ---------------------------------------------------------------------------------------------


def survivors() -> dict[Key, str]:
    """The mutants that the list knows, with the reason of each."""
    listed = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))["survivor"] if SURVIVORS.exists() else []
    return {
        (one["module"], one["function"], one["was"], one["now"], one.get("nth", 0)): one["reason"] for one in listed
    }


def modules() -> list[str]:
    """The modules of `rules/`, without those of words only: what rules rest on, how messages call fields."""
    named = {path.relative_to(RULES).with_suffix("").as_posix() for path in RULES.rglob("*.py")}
    return sorted(name for name in named - {"citations"} if not name.endswith("__init__"))


def entry(key: Key, reason: str = "") -> str:
    """A mutant as the list writes it."""
    module, function, was, now, nth = key
    rows = {"module": module, "function": function, "was": was, "now": now, "nth": nth, "reason": reason}
    return "[[survivor]]\n" + "".join(
        f"{name} = {_quoted(value)}\n" for name, value in rows.items() if name != "nth" or value
    )


def _quoted(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return f"'{value}'" if "'" not in value and value.isprintable() else _basic(value)


def _basic(value: str) -> str:
    text = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(letter if letter.isprintable() else f"{chr(92)}u{ord(letter):04x}" for letter in text)}"'


# -- running the tests -------------------------------------------------------------------------------------------------

Where = tuple[str, int, str]
_FOLDER = str(RULES)


class Driver:
    """A plugin that, in place of running the tests once, runs them for every mutant."""

    def __init__(self, chosen: list[str], jobs: int, only: str | None) -> None:
        self.chosen, self.jobs, self.only = chosen, jobs, only
        self.listed = survivors()
        self.survived: set[Key] = set()
        self.unlisted = 0
        self.ran = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once to see what they reach, then for every mutant."""
        from untoc_network.reference import packaged
        from untoc_network.reference.facts import TABLES

        for name in TABLES:
            packaged().table(name)
        catalogue()  # the areas are loaded when first asked for
        functions = _functions()
        _caches()
        gc.freeze()
        reached, durations, failed = _in_a_fork(lambda: _baseline(session))
        if failed:
            print(f"the tests fail without any mutant: {', '.join(failed[:5])}", file=sys.stderr)
            pytest.exit("the tests must pass", returncode=2)
        items = {item.nodeid: item for item in session.items}
        running: dict[int, tuple[Key, str]] = {}
        for mutant in self._mutants():
            if self.only and self.only not in mutant.key[1]:
                continue
            first = functools.partial(_likely, mutant.codes, durations)
            tests = [items[name] for name in sorted(_tests(mutant, reached), key=first)]
            budget = 5 + 10 * sum(durations[test.nodeid] for test in tests)
            while len(running) >= self.jobs:
                self._reap(running)
            if child := os.fork():
                running[child] = (mutant.key, f"line {mutant.line}, {len(tests)} tests reach it")
            else:
                _become(mutant, functions, session, tests, int(budget) + 1)
        while running:
            self._reap(running)
        return True

    def _mutants(self) -> Iterator[Mutant]:
        for module in self.chosen:
            print(f"{module} ({self.ran} mutants so far, {self.unlisted} survivors not listed)", file=sys.stderr)
            yield from mutants(module)

    def _reap(self, running: dict[int, tuple[Key, str]]) -> None:
        child, status = os.wait()
        key, where = running.pop(child)
        self.ran += 1
        if status == 0:
            self.survived.add(key)
            if key not in self.listed:
                self.unlisted += 1
                print(f"# {where}\n{entry(key)}", flush=True)


def _tests(mutant: Mutant, reached: dict[tuple[str, int], set[str]]) -> set[str]:
    """The tests that could notice: those that reach the line; of the module for a table, of the rule for an option."""
    path = str(RULES / f"{mutant.key[0]}.py")
    within = isinstance(mutant.statement, ast.FunctionDef) and not mutant.option
    if mutant.option:
        return {name for names in reached.values() for name in names if any(code in name for code in mutant.codes)}
    if within and (path, mutant.line) in reached:
        return reached[path, mutant.line]
    first, last = (mutant.statement.lineno, mutant.statement.end_lineno or 0) if within else (0, sys.maxsize)
    return {
        name for where, names in reached.items() if where[0] == path and first <= where[1] <= last for name in names
    }


def _likely(codes: tuple[str, ...], durations: dict[str, float], test: str) -> tuple[bool, float]:
    """Sorts first the tests that name the rule, then the quick ones."""
    return not any(code in test for code in codes), durations[test]


def _functions() -> dict[Where, list[FunctionType]]:
    """Every function of the rules that there is, by where its code stands: decorators hide none of them."""
    found: dict[Where, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(RULES)):
            found.setdefault(_place(one.__code__), []).append(one)
    return found


def _place(code: CodeType) -> Where:
    return code.co_filename, code.co_firstlineno, code.co_name


def _where(mutant: Mutant) -> Where:
    path, statement = str(RULES / f"{mutant.key[0]}.py"), mutant.statement
    if not isinstance(statement, ast.FunctionDef):
        return path, statement.lineno, ""
    first = min([statement.lineno, *(decorator.lineno for decorator in statement.decorator_list)])
    return path, first, statement.name


def _in_a_fork(work: Callable[[], Any]) -> Any:
    reading, writing = os.pipe()
    if not os.fork():
        os.write(1, b"")
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pickle.loads(pipe.read())  # noqa: S301 - from a fork of this very process
    os.wait()
    return answer


def _baseline(session: pytest.Session) -> tuple[dict[tuple[str, int], set[str]], dict[str, float], list[str]]:
    """Which test reaches which line of the rules, how long each takes, and which fail."""
    reached: dict[tuple[str, int], set[str]] = {}
    durations: dict[str, float] = {}
    failed: list[str] = []
    _silence()
    for item in session.items:
        lines: set[tuple[str, int]] = set()
        _forget()
        started = time.process_time()
        sys.settrace(functools.partial(_trace, lines))
        failed += [] if _passes(session, item) else [item.nodeid]
        sys.settrace(None)
        durations[item.nodeid] = time.process_time() - started
        for line in lines:
            reached.setdefault(line, set()).add(item.nodeid)
    return reached, durations, failed


def _trace(lines: set[tuple[str, int]], frame: Any, _event: str, _: object) -> Any:
    """Note the lines of the rules that run, and follow no other code."""
    path = frame.f_code.co_filename
    if not path.startswith(_FOLDER):
        return None
    lines.add((path, frame.f_lineno))
    return functools.partial(_trace, lines)


def _become(mutant: Mutant, functions: dict[Where, list[FunctionType]], session: Any, tests: Any, budget: int) -> None:
    """Be the mutant, run the tests, and leave with whether one of them noticed. Does not return."""
    import resource  # where there is no fork, there is none of this either

    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (budget, budget))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        _silence()
        _forget()
        _apply(mutant, functions)
        code = 0 if all(_passes(session, test) for test in tests) else 1
    finally:
        os._exit(code)


def _apply(mutant: Mutant, functions: dict[Where, list[FunctionType]]) -> None:
    path = str(RULES / f"{mutant.key[0]}.py")
    module = sys.modules[f"untoc_network.rules.{mutant.key[0].replace('/', '.')}"]
    statement = mutant.statement
    if mutant.option:
        _change_option(mutant, module)
    elif isinstance(statement, ast.FunctionDef):
        originals = functions.get(_where(mutant), [])
        decorators, statement.decorator_list = statement.decorator_list, []
        space = _executed(statement, path, dict(vars(module)))
        statement.decorator_list = decorators
        for original in originals:
            changed = space[statement.name]
            original.__code__ = changed.__code__
            original.__defaults__, original.__kwdefaults__ = changed.__defaults__, changed.__kwdefaults__
    else:
        name = ast.unparse(statement.targets[0] if isinstance(statement, ast.Assign) else statement.target)  # type: ignore[attr-defined]
        old = vars(module)[name]
        new = _executed(statement, path, dict(vars(module)))[name]
        for other in list(sys.modules.values()):
            for known, value in list(getattr(other, "__dict__", {}).items()):
                if value is old and known == name:
                    setattr(other, known, new)


def _change_option(mutant: Mutant, module: ModuleType) -> None:
    statement = mutant.statement
    assert isinstance(statement, ast.FunctionDef)
    keywords = {one.arg: one.value for call in statement.decorator_list for one in getattr(call, "keywords", ())}
    value = eval(ast.unparse(keywords[mutant.option]), dict(vars(module)))  # noqa: S307 - code of this project
    object.__setattr__(vars(module)[statement.name], str(mutant.option), value)


def _executed(statement: ast.stmt, path: str, space: dict[str, Any]) -> dict[str, Any]:
    tree = ast.Module([statement], [])
    exec(compile(tree, path, "exec", flags=annotations.compiler_flag), space)  # noqa: S102
    return space


def _passes(session: pytest.Session, item: pytest.Item) -> bool:
    before = session.testsfailed
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    return session.testsfailed == before


def _forget() -> None:
    """Empty the caches of the rules: what was computed before must be computed by the mutant."""
    for one in _caches():
        one.cache_clear()


@functools.cache
def _caches() -> tuple[Any, ...]:
    return tuple(
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper) and str(one.__module__).startswith("untoc_network.rules")
    )


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def main() -> int:
    """Run, and print what is missing from the list of survivors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="modules of rules/; all where none is named")
    parser.add_argument("--jobs", type=int, default=1, help="so many mutants at a time")
    parser.add_argument("--tests", nargs="+", default=["tests/rules"], help="the tests to run")
    parser.add_argument("--only", help="only functions whose name holds this")
    asked = parser.parse_args()
    os.chdir(ROOT)
    driver = Driver(asked.modules or modules(), asked.jobs, asked.only)
    without = [f"-pno:{plugin}" for plugin in ("cacheprovider", "cov")]
    quiet = ["-q", "--capture=no", "--no-header", "--no-summary", "-n0"]
    options = [*without, *quiet, "--ignore=tests/rules/test_survivors.py"]
    code = pytest.main([*options, *asked.tests], plugins=[driver])
    gone = [key for key in driver.listed if key[0] in driver.chosen and key not in driver.survived and not asked.only]
    for key in gone:
        print(f"# killed by now, to be taken from the list:\n{entry(key, driver.listed[key])}")
    told = f"{driver.ran} mutants, {len(driver.survived)} survived, {driver.unlisted} of them not listed"
    print(told, file=sys.stderr)
    return 1 if driver.unlisted or gone or code else 0


if __name__ == "__main__":
    sys.exit(main())
