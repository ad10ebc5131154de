"""Companions as they are in `packages/`, for tests and docs of a copy in which they are not installed.

`put_on_path(folder)` does what installing them would do for this process: what is in their `src` can be imported, and
their entry points are found, through metadata that it writes into the folder.
"""

import sys
import tomllib
from pathlib import Path

PACKAGES = Path(__file__).parent.parent / "packages"


def put_on_path(folder: Path) -> None:
    """Make the companions importable and their entry points known."""
    for described in sorted(PACKAGES.glob("*/pyproject.toml")):
        project = tomllib.loads(described.read_text(encoding="utf-8"))["project"]
        info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8"
        )
        groups = project.get("entry-points", {}).items()
        lines = (line for name, of in groups for line in (f"[{name}]", *(f"{one} = {of[one]}" for one in of)))
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        sys.path.insert(0, str(described.parent / "src"))
    sys.path.insert(0, str(folder))
