"""Tell the dead links of pages in HTML: those of a built site, from file to file, with the place in the page.

    python tools/check_links.py docs/_build/html [folders of it that were not built, es pt]

Addresses elsewhere are left alone: nothing is fetched. `tests/test_links.py` holds the links of the pages as they stand
in a copy of the repository, `make links` asks the network too.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r"<(?:a|img|link|script|area|source)\b[^>]*?\s(?:href|src)=(\"[^\"]*\"|'[^']*'|[^\s>]+)")
PLACE = re.compile(r"\s(?:id|name)=(\"[^\"]*\"|'[^']*'|[^\s>]+)")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
SCRIPTS = re.compile(r"<script\b[^>]*>.*?</script>|<!--.*?-->", re.DOTALL)


@functools.cache
def _read(page: Path) -> str:
    return SCRIPTS.sub(lambda found: found[0].partition(">")[0] + ">", page.read_text(encoding="utf-8"))


@functools.cache
def _list_places(page: Path) -> frozenset[str]:
    return frozenset(unescape(place.strip("\"'")) for place in PLACE.findall(_read(page)))


def find_dead_links(folder: Path, *, not_built: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Each page of a folder with a link of it that leads to no file, or to no place in that file."""
    aside = [(folder / name).resolve() for name in not_built]
    for page in sorted(folder.rglob("*.html")):
        for written in dict.fromkeys(LINK.findall(_read(page))):
            link = unescape(written.strip("\"'"))
            path, _, place = link.partition("#")
            if ELSEWHERE.match(link):
                continue
            target = (page.parent / unquote(path.partition("?")[0])).resolve() if path else page.resolve()
            target = target / "index.html" if target.is_dir() else target
            named = place and target.suffix == ".html"
            if any(target.is_relative_to(one) for one in aside):
                continue
            if not target.is_file() or (named and unquote(place) not in _list_places(target) | {"top"}):
                yield str(page.relative_to(folder)), link


def main(folder: str, *not_built: str) -> int:
    """Print what is dead; 1 where there is anything."""
    dead = [*find_dead_links(Path(folder), not_built=not_built)]
    for page, link in dead:
        print(f"{page}: {link}")
    print(f"{sum(1 for _ in Path(folder).rglob('*.html'))} pages, {len(dead)} dead links")
    return min(len(dead), 1)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
