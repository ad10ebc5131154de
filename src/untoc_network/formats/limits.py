"""How large and how deep an input may be."""

from __future__ import annotations

import attrs

__all__ = ["Limits"]


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds that every reader keeps. Raise them for input that you trust."""

    max_bytes: int = 2**30
    """Size of the whole input; the default is one gibibyte, about two million stakeholders."""

    max_depth: int = attrs.field(default=64, validator=attrs.validators.in_(range(1, 201)))
    """Levels of nesting, at most 200; a register needs fewer than ten."""
