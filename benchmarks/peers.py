"""What is measured: the same work on the same bytes by this library and by others."""

from __future__ import annotations

import functools
import gc
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import untoc_network as un
from benchmarks import twins

__all__ = ["LIMITS", "ON", "OURS", "RULES", "Sample", "Work", "importable", "in_turn", "least"]

ON = "2026-11-24"
OURS, RULES = "untoc_network", "untoc_network, all rules"
LIMITS = un.Limits.large()
"""Large registers are refused by default; the limits themselves cost nothing."""
Work = Callable[[], object]


def importable(name: str) -> bool:
    """Whether a library is installed."""
    try:
        __import__(name)
    except ImportError:
        return False
    return True


class Sample:
    """A register as every library needs it: first as bytes, so that reading is measured with little else alive.

    What else lives in a process is what the garbage collector weighs against what is being made.
    """

    def __init__(self, register: un.Register) -> None:
        self.data = un.dumps(register)

    @functools.cached_property
    def register(self) -> un.Register:
        """The register itself."""
        return self._read(self.data)

    @functools.cached_property
    def document(self) -> dict[str, Any]:
        """The register as plain values."""
        return json.loads(self.data)  # type: ignore[no-any-return]

    @functools.cached_property
    def loose(self) -> bytes:
        """The register laid out by hand."""
        return json.dumps(dict(reversed(json.loads(self.data).items())), indent=4, ensure_ascii=False).encode()

    def own_loads(self) -> dict[str, Work]:
        """Reading by this library."""
        return {OURS: lambda: self._read(self.data)}

    def own_dumps(self) -> dict[str, Work]:
        """Writing by this library."""
        return {OURS: lambda: un.dumps(self.register)}

    def own_checks(self) -> dict[str, Work]:
        """All rules of this library."""
        return {RULES: lambda: un.validate(self.register, on=ON)}

    def _read(self, data: bytes) -> un.Register:
        return un.loads(data, limits=LIMITS)

    def loads(self, *, all_peers: bool) -> dict[str, Work]:
        """Reading the canonical bytes, and some reading the same laid out by hand."""
        import msgspec

        model = twins.pydantic_model()
        bare, checked = (msgspec.json.Decoder(twins.msgspec_struct(forbidding=one)) for one in (False, True))
        works: dict[str, Work] = {
            **self.own_loads(),
            "pydantic": lambda: model.model_validate_json(self.data),
            "msgspec struct, bare": lambda: bare.decode(self.data),
            "msgspec struct, checked": lambda: checked.decode(self.data),
            "untoc_network, by hand": lambda: self._read(self.loose),
            "pydantic, by hand": lambda: model.model_validate_json(self.loose),
        }
        if all_peers:
            works |= self._other_loads()
        return works

    def _other_loads(self) -> dict[str, Work]:
        from untoc_network.serializers.structure.structuring import converter

        works: dict[str, Work] = {
            "cattrs": lambda: converter().structure(json.loads(self.data), un.Register),
            "json, no model": lambda: json.loads(self.data),
        }
        if importable("mashumaro") and importable("orjson"):
            works["mashumaro"] = lambda: twins.mashumaro_class().from_json(self.data)
        if importable("marshmallow"):
            works["marshmallow"] = lambda: twins.marshmallow_schema().loads(self.data)
        return works

    def dumps(self, *, all_peers: bool) -> dict[str, Work]:
        """Writing what was read, without defaults; laid out in lines as the canonical form is."""
        import msgspec

        model = twins.pydantic_model().model_validate_json(self.data)
        struct = msgspec.json.decode(self.data, type=twins.msgspec_struct(forbidding=False))
        works: dict[str, Work] = {
            **self.own_dumps(),
            "pydantic": lambda: model.model_dump_json(exclude_defaults=True, indent=2),
            "msgspec struct, one line": lambda: msgspec.json.encode(struct),
        }
        if all_peers and importable("mashumaro") and importable("orjson"):
            other = twins.mashumaro_class().from_json(self.data)
            works["mashumaro, one line"] = other.to_jsonb
        return works

    def checks(self, *, all_peers: bool) -> dict[str, Work]:
        """All rules of ours; of the others the shape alone, on plain values."""
        model = twins.pydantic_model()
        works: dict[str, Work] = {
            **self.own_checks(),
            "pydantic, shape": lambda: model.model_validate(self.document),
        }
        return works | (self._schemas() if all_peers else {})

    def _schemas(self) -> dict[str, Work]:
        schema = un.register_schema()
        works: dict[str, Work] = {}
        if importable("jsonschema"):
            import jsonschema

            checker = jsonschema.Draft202012Validator(schema)
            works["jsonschema, shape"] = lambda: list(checker.iter_errors(self.document))
        if importable("jsonschema_rs"):
            import jsonschema_rs

            compiled = jsonschema_rs.validator_for(schema)
            works["jsonschema-rs, yes or no"] = lambda: compiled.is_valid(self.document)
        if importable("fastjsonschema"):
            import fastjsonschema

            generated = fastjsonschema.compile({**schema, "$schema": "http://json-schema.org/draft-07/schema#"})
            works["fastjsonschema, yes or no"] = lambda: generated(self.document)
        return works

    def fresh(self) -> None:
        """A register with no index built yet."""
        self.register = self._read(self.data)


def in_turn(
    works: Mapping[str, Work], rounds: int, *, collecting: bool = True, before: Work | None = None, longest: float = 60
) -> dict[str, list[float]]:
    """CPU seconds of each work, one after the other in each round; what takes too long runs once."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            if times[name] and times[name][0] > longest:
                continue
            if before is not None:
                before()
            times[name].append(_seconds(work, collecting=collecting))
    return times


def _seconds(work: Work, *, collecting: bool) -> float:
    gc.collect()
    if not collecting:
        gc.disable()
    try:
        start = time.process_time()
        result = work()
        taken = time.process_time() - start
    finally:
        gc.enable()
    del result
    return taken


def least(times: Mapping[str, list[float]]) -> dict[str, float]:
    """The least of each: what else the machine did can only have added to it."""
    return {name: min(some) for name, some in times.items()}
