"""Libraries for documents of a similar shape, each on documents of its own kind: objects read per second."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.peers import importable

__all__ = ["objects_per_second"]

MANY = 2_000
ROUNDS = 5


def objects_per_second() -> dict[str, float]:
    """How many objects a second each library reads that is installed, medians of five."""
    makers: dict[str, Callable[[], Callable[[], object]]] = {
        "stix2": _stix,
        "cyclonedx": _cyclonedx,
        "spdx_tools": _spdx,
        "followthemoney": _followthemoney,
        "pystac": _pystac,
        "untoc_network": _ours,
    }
    return {name: _rate(make()) for name, make in makers.items() if importable(name)}


def _rate(read: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        read()
        times.append(time.process_time() - start)
    return MANY / statistics.median(times)


def _ours() -> Callable[[], object]:
    import untoc_network as un
    from untoc_network.testing import invented_register

    data = un.dumps(invented_register(MANY * 10 // 32))
    return lambda: un.loads(data)


def _stix() -> Callable[[], object]:
    import stix2

    one = stix2.Identity(name="Example", identity_class="organization", sectors=["non-profit"])
    data = json.dumps([json.loads(one.serialize())] * MANY)
    return lambda: [stix2.parse(document) for document in json.loads(data)]


def _cyclonedx() -> Callable[[], object]:
    from cyclonedx.model.bom import Bom

    parts = [{"type": "library", "name": f"part-{number}", "version": "1"} for number in range(MANY)]
    data = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": parts})
    return lambda: Bom.from_json(json.loads(data))  # type: ignore[attr-defined]


def _spdx() -> Callable[[], object]:
    from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser

    packages = [
        {"SPDXID": f"SPDXRef-{number}", "name": "part", "downloadLocation": "NOASSERTION"} for number in range(MANY)
    ]
    created = {"created": "2024-01-01T00:00:00Z", "creators": ["Tool: none"]}
    document: dict[str, Any] = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "example",
        "documentNamespace": "https://example.org/one",
        "creationInfo": created,
        "packages": packages,
    }
    data = json.dumps(document)
    return lambda: JsonLikeDictParser().parse(json.loads(data))


def _followthemoney() -> Callable[[], object]:
    from followthemoney import model

    one = {"id": "x", "schema": "Organization", "properties": {"name": ["Example"], "country": ["fr"]}}
    data = json.dumps([one] * MANY)
    return lambda: [model.get_proxy(document) for document in json.loads(data)]


def _pystac() -> Callable[[], object]:
    import pystac

    day = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    one = pystac.Item(id="x", geometry=None, bbox=None, datetime=day, properties={"title": "Example"})
    data = json.dumps([one.to_dict()] * MANY)
    return lambda: [pystac.Item.from_dict(document) for document in json.loads(data)]
