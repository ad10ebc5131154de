"""Write `__init__.pyi`, which says to type checkers what the table of public names in `__init__.py` says.

And `values/ids_and_codes.pyi`, by which they take plain texts for ids and the other texts of one form, as the
constructors do.

    python tools/build_stub.py

And `pydantic/__init__.pyi`, in which each type of that module is what a type checker is to take it for.

A test holds them together.
"""

from pathlib import Path

import untoc_network
import untoc_network.pydantic
from untoc_network.pydantic.annotated_types import list_type_names
from untoc_network.values import ids_and_codes as ids

_HEAD = "# The public names with their homes, for type checkers and editors; tools/build_stub.py writes it.\n\n"


def _room(name: str, place: str) -> str:
    package, _, module = f"untoc_network.{place}".rpartition(".")
    return f"from {package} import {module} as {name if name == module else f'_{name}'}\n"


def stub() -> str:
    """The text of the stub."""
    companions = [f"import untoc_network_{one} as _{one}\n" for one in untoc_network._COMPANIONS]
    renamed = [room for room, place in sorted(untoc_network._ROOMS.items()) if room != place.rpartition(".")[2]]
    attributes = [f"{one} = _{one}\n" for one in (*renamed, *untoc_network._COMPANIONS)]
    rooms = [_room(room, place) for room, place in sorted(untoc_network._ROOMS.items())]
    homes = sorted((f"untoc_network.{home}", names) for home, names in untoc_network._HOMES.items())
    imports = [
        f"from {home} import (\n{''.join(f'    {name} as {name},{chr(10)}' for name in sorted(names))})\n"
        for home, names in homes
    ]
    return f"{_HEAD}{''.join((*companions, *rooms, *imports))}\n__version__: str\n{''.join(attributes)}"


def ids_stub() -> str:
    """The text of the stub of texts of one form."""
    lines = (f"{name}: TypeAlias = str\n" for name in ids.__all__)
    head = "# Plain texts to type checkers; tools/build_stub.py writes it.\n\nfrom typing import TypeAlias\n\n"
    return head + "".join(lines)


def pydantic_stub() -> str:
    """The text of the stub of types for pydantic."""
    head = (
        "# The types for pydantic, as type checkers see them; tools/build_stub.py writes it.\n\n"
        "from typing import Annotated, TypeAlias\n\nimport untoc_network as un\n"
        "from untoc_network.pydantic.annotated_types import ReadAs as ReadAs, list_type_names as list_type_names\n\n"
    )
    return head + "".join(f"{name}: TypeAlias = Annotated[un.{name}, ReadAs]\n" for name in list_type_names())


if __name__ == "__main__":
    Path(untoc_network.__file__).with_suffix(".pyi").write_text(stub(), encoding="utf-8")
    Path(untoc_network.pydantic.__file__).with_suffix(".pyi").write_text(pydantic_stub(), encoding="utf-8")
    Path(ids.__file__).with_suffix(".pyi").write_text(ids_stub(), encoding="utf-8")
