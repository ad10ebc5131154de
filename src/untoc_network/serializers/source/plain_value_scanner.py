"""Plain values that another program has parsed already, scanned as their text would be: the same findings, no lines."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set as AbstractSet
from typing import Any

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.scan_result import (
    MISSING,
    ParseAborted,
    ScannerBase,
    ScanResult,
)
from untoc_network.values.self_checked_classes import LARGEST_NUMBER

__all__ = ["scan_plain_values"]

_JSON_KEYS = (str, int, float, type(None))
"""The classes of keys that JSON writes, as text."""


def scan_plain_values(value: Any, limits: Limits, *, is_patch: bool = False) -> ScanResult:
    """Take plain values as the JSON that `json.dumps` writes of them. Never raises on content.

    So a tuple is a list, a member of an enumeration its value. What has no form in JSON stays, for the reader to refuse
    where it knows what is due. In a patch null is kept.
    """
    return _PlainValueScanner("", limits, is_patch=is_patch).scan(value)


class _Unordered:
    """Stands for a set, which is no list: the compiled reader would take it for one, in an order by chance."""


class _PlainValueScanner(ScannerBase):
    """Goes through the values; the limits bound the recursion, and what stands in itself."""

    def scan(self, value: Any) -> ScanResult:
        try:
            return self.finish(self._scan_value(value))
        except ParseAborted as broken:
            return self.abort(broken)

    def _scan_value(self, value: Any) -> Any:
        self.counter.count_value(0)
        if isinstance(value, str):
            return self.check_text(str.__str__(value), 0)
        if isinstance(value, Mapping):
            return self._scan_mapping(value)
        if isinstance(value, list | tuple):
            return self._scan_list(value)
        if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
            return self._scan_number(value)
        return _Unordered() if isinstance(value, AbstractSet) else value

    def _scan_mapping(self, value: Mapping[Any, Any]) -> dict[str, Any]:
        self.check_depth(0)
        members: dict[str, Any] = {}
        offsets: dict[str, int] = {}
        if not value:
            self.report(shape.empty_value, 0, given="empty-object")
        for given, inner in value.items():
            key = self._scan_key(given)
            self.path.append(key)
            self.add_member(members, offsets, key, self._scan_value(inner), (0, 0))
            self.path.pop()
        return members

    def _scan_key(self, key: Any) -> str:
        text = key if isinstance(key, str) else json.dumps(key) if isinstance(key, _JSON_KEYS) else MISSING
        checked = text if text is MISSING else self.check_text(str.__str__(text), 0)
        return "\ufffd" if checked is MISSING else checked

    def _scan_list(self, value: list[Any] | tuple[Any, ...]) -> list[Any]:
        self.check_depth(0)
        items: list[Any] = []
        if not value:
            self.report(shape.empty_value, 0, given="empty-list")
        for position, inner in enumerate(value):
            self.path.append(position)
            item = self._scan_value(inner)
            items.append(None if item is MISSING else item)
            self.path.pop()
        return items

    def _scan_number(self, value: float) -> Any:
        """A number as JSON writes it, unless programs would not keep it exactly."""
        if isinstance(value, int):
            return int(value) if abs(value) <= LARGEST_NUMBER else self.refuse_number("this", 0)
        return float(value) if math.isfinite(value) else self.refuse_number(json.dumps(value), 0)
