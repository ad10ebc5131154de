"""Which worker tries which file: as `--dist loadfile` has it, but without looking all tests through for each of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from xdist.scheduler import LoadFileScheduling

__all__ = ["FileScheduling"]


class _Found(list[str]):
    """The tests that a worker found, and the place of each."""

    def __init__(self, tests: Iterable[str]) -> None:
        super().__init__(tests)
        self._places = {test: place for place, test in enumerate(self)}

    def index(self, test: str, *_: Any) -> int:
        return self._places[test]


class FileScheduling(LoadFileScheduling):
    """Files in their order, one after another to whoever is through with what it has."""

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        """Note what a worker found, with its places: each test is looked up as it is given out."""
        super().add_node_collection(node, collection)
        if node in self.registered_collections:
            self.registered_collections[node] = _Found(collection)

    def _pending_of(self, workload: dict[str, dict[str, bool]]) -> int:
        """Count what a worker has yet to try, and forget the files that it is through with, not to count them again."""
        for file in [file for file, tests in workload.items() if all(tests.values())]:
            del workload[file]
        return super()._pending_of(workload)
