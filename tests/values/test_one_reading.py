"""Nobody but `values/consent_evaluation.py` reads the days of a consent.

What is held is the text of the source, not its types: every attribute, keyword of a pattern, and name given to `getattr`
or `attrgetter` that is called as one of the three days. `withdrawn` and `expires` are the consent's alone. Other things
than consents have a `given`; they are listed with the expression that names them, so that a new reader has to be looked
at before it is added here. What goes through all fields of a class (reading, writing, comparing, joining) reads none of
them by name, and is not held by this.
"""

import ast
from pathlib import Path

import pytest

import untoc_network

SOURCE = Path(untoc_network.__file__).parent
READING = "values/consent_evaluation.py"
DAYS = {"given", "withdrawn", "expires"}
OTHERS = {
    "bulk/comparison_needs.py": {"look"},
    "interop/calendar_reader.py": {"self.ids"},
    "reference/facts.py": {"self"},
    "text/slugs.py": {"self"},
}
"""Where `given` belongs to something else: tables and ids that were given, and what
a rule says must be given before it looks.
"""


def readers(tree):
    """Each place where a day is read by its name, as the expression that it is read of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in DAYS:
            yield node.attr, ast.unparse(node.value)
        elif isinstance(node, ast.MatchClass):
            yield from ((name, ast.unparse(node.cls)) for name in node.kwd_attrs if name in DAYS)
        elif isinstance(node, ast.Call) and called(node).endswith(("getattr", "attrgetter")):
            named = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield from ((name, ast.unparse(node)) for name in named if name in DAYS)


def called(node):
    """The last word of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def is_known(file, day, holder):
    return day == "given" and any(file.startswith(room) and holder in held for room, held in OTHERS.items())


def test_the_days_of_a_consent_are_read_in_one_place():
    found = {
        (file, day, holder)
        for path in SOURCE.rglob("*.py")
        if (file := path.relative_to(SOURCE).as_posix()) != READING
        if any(day in (text := path.read_text("utf-8")) for day in DAYS)  # most have none to look for
        for day, holder in readers(ast.parse(text))
    }
    assert {one for one in found if not is_known(*one)} == set()
    rooms = {room for room in OTHERS if any(file.startswith(room) for file, *_ in found)}
    assert rooms == set(OTHERS)


@pytest.mark.parametrize(
    ("code", "holder"),
    [
        ("if consent.withdrawn: pass", "consent"),
        ("record.consents[0].given.first", "record.consents[0]"),
        ("sorted(held, key=lambda one: one.expires)", "one"),
        ("getattr(one, 'given')", "getattr(one, 'given')"),
        ("map(operator.attrgetter('expires'), held)", "operator.attrgetter('expires')"),
        ("match one:\n case Consent(withdrawn=None): pass", "Consent"),
    ],
)
def test_a_reader_is_found(code, holder):
    assert [found for _, found in readers(ast.parse(code))] == [holder]


def test_the_one_place_reads_them_all():
    tree = ast.parse((SOURCE / READING).read_text("utf-8"))
    assert {day for day, _ in readers(tree)} == DAYS
