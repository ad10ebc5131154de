"""What must hold: one pure function a rule, and the engine that runs them."""

from untoc_network.diagnostics.code import CatalogueEntry, Code, Explanation
from untoc_network.rules.catalogue import catalogue, get_rule
from untoc_network.rules.engine import RuleSet, validate
from untoc_network.rules.looked_at_fields import Look
from untoc_network.rules.rule import Context, Rule, Violation, rule, violation
from untoc_network.text.nearest_names import NearestNames

__all__ = [
    "CatalogueEntry",
    "Code",
    "Context",
    "Explanation",
    "Look",
    "NearestNames",
    "Rule",
    "RuleSet",
    "Violation",
    "catalogue",
    "get_rule",
    "rule",
    "validate",
    "violation",
]
