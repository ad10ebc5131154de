"""What a scalar without quotes is in YAML 1.2: null, true, false, a number, or text."""

from __future__ import annotations

import re

__all__ = ["NOT_FINITE", "NUMBER", "NUMBER_BEGINNINGS", "WORDS", "is_text"]

WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_OTHER_NUMBER = re.compile(r"[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?)")
"""Numbers that readers of YAML differ on."""
NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
NUMBER_BEGINNINGS = frozenset("-+.0123456789")


def is_text(scalar: str) -> bool:
    """Whether a plain scalar is neither null, true, false nor a number in any form."""
    if scalar in WORDS:
        return False
    return scalar[0] not in NUMBER_BEGINNINGS or not any(
        form.fullmatch(scalar) for form in (NUMBER, _OTHER_NUMBER, NOT_FINITE)
    )
