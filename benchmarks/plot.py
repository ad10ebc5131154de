"""The figures as a picture: seconds per stakeholder over the size of the register, for reading and for checking."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["plot"]

DARK = "<style>@media (prefers-color-scheme: dark) { svg { filter: invert(0.92) hue-rotate(180deg); } }</style>"
_PANELS = (
    (
        "load",
        "Reading JSON",
        ("untoc_network", "pydantic", "cattrs", "mashumaro", "marshmallow", "msgspec struct, bare"),
    ),
    ("dump", "Writing JSON", ("untoc_network", "pydantic", "mashumaro, one line", "msgspec struct, one line")),
    (
        "validate",
        "Checking",
        (
            "untoc_network, all rules",
            "pydantic, shape",
            "jsonschema, shape",
            "fastjsonschema, yes or no",
            "jsonschema-rs, yes or no",
        ),
    ),
)


def plot(figures: Mapping[str, Any], path: Path) -> None:
    """Draw one panel a kind of work, both axes in powers of ten."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "untoc-network"
    import matplotlib.pyplot as plt

    picture, panels = plt.subplots(1, len(_PANELS), figsize=(13, 4.2), constrained_layout=True)
    for panel, (work, title, names) in zip(panels, _PANELS, strict=True):
        for name in names:
            points = [
                (run["stakeholders"], 1e6 * run[work][name] / run["records"])
                for run in figures["runs"]
                if name in run[work]
            ]
            if points:
                panel.loglog(
                    *zip(*points, strict=True), marker="o", label=name, linewidth=2.5 if "untoc" in name else 1
                )
        panel.set(title=title, xlabel="stakeholders", ylabel="microseconds a record")
        panel.grid(visible=True, alpha=0.3)
        panel.legend(fontsize=7)
    picture.savefig(path, metadata={"Date": None})
    drawn = Path(path).read_text("utf-8")
    Path(path).write_text(drawn.replace("<style", f"{DARK}\n  <style", 1), "utf-8")
