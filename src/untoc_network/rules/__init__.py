"""What must hold: one pure function a rule, and the engine that runs them."""

from untoc_network.rules.catalogue import catalogue, get_rule
from untoc_network.rules.engine import RuleSet, validate
from untoc_network.rules.rule import Context, Rule, Violation, rule, violation

__all__ = ["Context", "Rule", "RuleSet", "Violation", "catalogue", "get_rule", "rule", "validate", "violation"]
