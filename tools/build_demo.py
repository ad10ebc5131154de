"""Build the two websites of `examples/site`, and take the pictures of README and docs from them.

    python tools/build_demo.py             # the pages; same input, same bytes
    python tools/build_demo.py --pictures  # and docs/_static/*.png, which needs chromium

One is of an invented network, whose list of six rows is as lists are; the other of the launch of the Regional Network
for the Americas, as public sources have it.
"""

import argparse
import contextlib
import csv
import html
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.companions import put_on_path  # noqa: E402 - it lies beside this file

SITE, PICTURES = ROOT / "examples" / "site", ROOT / "docs" / "_static"
LIST = ROOT / "examples" / "lista-desordenada.csv"
NETWORK = "red-de-ejemplo"
START = ("--network-name", "Red de Ejemplo", "--consent-basis", "form", "--consent-audience", "public")
SHOW = ("--audience", "public", "--site", "--languages", "es,en")
SHOWN = {  # by the name of the picture: the page, its width and height, and whether it is dark
    "site-home": ("americas-2022/en/index.html", 1280, 900, False),
    "site-members": (f"{NETWORK}/es/members/index.html", 720, 600, False),
    "site-members-dark": ("americas-2022/es/members/index.html", 360, 760, True),
}


def build(folder: Path) -> None:
    """Write both websites into the folder."""
    from untoc_network.cli.main import main

    def run(*words: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
            if main([*words]) != 0:
                raise SystemExit(f"untoc-network {' '.join(words)}\n{told.getvalue()}")

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        try:
            shutil.copy(LIST, LIST.name)
            run("start", LIST.name, *START, "--consent-given", "2024-06-15", "--lang", "es")
            register = f"{LIST.stem}.register.json"
            run("publish", register, str(folder / NETWORK), *SHOW, "--on", "2024-09-01")
            launch = str(ROOT / "examples" / "americas-2022.json")
            run("publish", launch, str(folder / "americas-2022"), *SHOW, "--on", "2024-12-31")
        finally:
            os.chdir(before)


def take_pictures() -> None:
    """Take each picture of a page, and that of the rows beside the page that was made of them."""
    for name, (page, width, height, dark) in SHOWN.items():
        _photograph((SITE / page).as_uri(), PICTURES / f"{name}.png", width, height, dark=dark)
    with tempfile.TemporaryDirectory() as work:
        page = Path(work, "reviews.html")
        page.write_bytes(_render_reviews())
        _photograph(page.as_uri(), PICTURES / "reviews.png", 1280, 1000)
        page = Path(work, "page.html")
        page.write_text(_lay_rows_beside_page(PICTURES / "site-members.png"), encoding="utf-8")
        _photograph(page.as_uri(), PICTURES / "from-rows-to-page.png", 1280, 440)


def _render_reviews() -> bytes:
    import untoc_network as un

    return un.site.render_reviews(un.load(ROOT / "examples" / "mechanism-2024.json"), on="2024-12-31", language="en")


def _lay_rows_beside_page(picture: Path) -> str:
    *_, header, one, two, three, four, five, six = csv.reader(io.StringIO(LIST.read_text("utf-8")), delimiter=";")
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in (one, two, three, four, five, six))
    heads = "".join(f"<th>{html.escape(cell)}</th>" for cell in header)
    return f"""<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px; display: grid; grid-template-columns: 690px 1fr; gap: 28px; align-items: start;
  background: #fff; font: 11.5px/1.35 system-ui, sans-serif; color: #222 }}
table {{ border-collapse: collapse; width: 690px }}
td, th {{ border: 1px solid #c4c8cc; padding: 5px 6px; text-align: left; vertical-align: top }}
th {{ background: #eef0f2 }} img {{ width: 100%; border: 1px solid #c4c8cc; border-radius: 6px }}
</style><table><tr>{heads}</tr>{"".join(f"<tr>{row}</tr>" for row in rows)}</table><img src="{picture.as_uri()}">"""


def _photograph(address: str, to: Path, width: int, height: int, *, dark: bool = False) -> None:
    browser = shutil.which("chromium") or sys.exit("there is no chromium here")
    words = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--screenshot={to}"]
    words += [f"--window-size={width},{height}", *(["--blink-settings=preferredColorScheme=0"] if dark else [])]
    subprocess.run([*words, address], check=True, capture_output=True)  # noqa: S603


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", action="store_true", help="take the pictures too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as metadata:
        put_on_path(Path(metadata))
        for site in (NETWORK, "americas-2022"):  # what a site remembers of its day before is not for a demonstration
            shutil.rmtree(SITE / site, ignore_errors=True)
        build(SITE)
    if given.pictures:
        take_pictures()
