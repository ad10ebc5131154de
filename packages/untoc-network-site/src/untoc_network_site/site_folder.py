"""The files of a site in their folder: what changed is written, what is not made any more goes, others stay.

The folder has a list of the files that were written into it, with their checksums, and what the site remembers. What
stands in that list and is not made any more is removed before anything is written, whatever it holds by now: it may
show somebody who is withheld. Where a site is refused, `remove_changed` removes what would not be made as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import attrs

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnwritableOutput

__all__ = [
    "MANIFEST",
    "FolderChange",
    "list_earlier",
    "read_earlier",
    "read_remembered",
    "remove_changed",
    "update_folder",
]

MANIFEST = "site-files.json"
_FORM = "untoc-network site 1"
_MOST_NAMED = 5
_NOTHING: Mapping[str, Any] = {}


@attrs.frozen(kw_only=True)
class FolderChange:
    """Which files there are now, which of them were written, and which were removed."""

    files: tuple[str, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]


def update_folder(
    folder: str | os.PathLike[str], files: Mapping[str, bytes], memory: Mapping[str, Any] = _NOTHING
) -> FolderChange:
    """Bring a folder to these files, each of which has its path within as its name, and to what the site remembers.

    Raises `UnwritableOutput` where the system refuses, where a path leads through a link, or where a file has the place
    of one of these that no site wrote.
    """
    root = Path(folder)
    try:
        return _update(root, files, memory)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else "no file can have this name"
        raise UnwritableOutput(f"{escape_unprintable(root.name)}: {said}") from None


def read_earlier(folder: str | os.PathLike[str], name: str) -> bytes | None:
    """The content of a file that an earlier build wrote into the folder, if there is one."""
    root = Path(folder)
    if name not in _read_files(root) or _is_behind_link(root, name) or not (root / name).is_file():
        return None
    return (root / name).read_bytes()


def read_remembered(folder: str | os.PathLike[str]) -> Any:
    """What the site remembers; None where there is none, or nothing that can be read."""
    return _read_manifest(Path(folder)).get("memory")


def list_earlier(folder: str | os.PathLike[str]) -> tuple[str, ...]:
    """The files that an earlier build wrote into the folder."""
    return tuple(_read_files(Path(folder)))


def remove_changed(
    folder: str | os.PathLike[str],
    files: Mapping[str, bytes],
    renewed: Mapping[str, bytes],
    memory: Mapping[str, Any],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove every file of the site that is not one of these to the byte: the names of those, and of what is stuck.

    What is to be renewed is written anew in its place. It goes on where one cannot be removed; what lies behind a link
    is not of the site.
    """
    root = Path(folder)
    earlier = _read_files(root)
    removed, stuck = list[str](), list[str]()
    for name in sorted(earlier):
        try:
            if _is_behind_link(root, name) or (name in files and _is_there(root / name, files[name])):
                continue
            if _remove(root, name) and name not in renewed:
                removed.append(name)
            if name in renewed:
                _write(root / name, renewed[name])
        except OSError:
            stuck.append(name)
    _remove_empty_folders(root, removed)
    remembered = read_remembered(root) if stuck else memory  # so that the next build tries again
    with contextlib.suppress(OSError):
        _write_manifest(root, {name: earlier[name] for name in earlier.keys() - {*removed}}, remembered)
    return tuple(removed), tuple(stuck)


def _update(root: Path, files: Mapping[str, bytes], memory: Mapping[str, Any]) -> FolderChange:
    earlier = _read_files(root)
    _refuse_links(root, {*earlier, *files, MANIFEST})
    _refuse_to_lose(root, (name for name in files if name not in earlier))
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    root.mkdir(parents=True, exist_ok=True)
    removed = [name for name in sorted(earlier) if name not in files and _remove(root, name)]
    _remove_empty_folders(root, removed)
    before = _read_manifest(root).get("memory", {})
    _write_manifest(root, sums, before)  # so that what a build that is cut short has written is known to the next
    written = [name for name in sorted(files) if not _is_there(root / name, files[name])]
    for name in written:
        _write(root / name, files[name])
    _write_manifest(root, sums, memory)
    return FolderChange(files=tuple(sorted(files)), written=tuple(written), removed=tuple(removed))


def _read_manifest(root: Path) -> dict[str, Any]:
    """The list of the site; an empty one where there is none, or none that can be read."""
    try:
        held = json.loads((root / MANIFEST).read_bytes())
        return held if isinstance(held, dict) and held["form"] == _FORM else {}
    except (OSError, ValueError, KeyError, RecursionError):
        return {}


def _read_files(root: Path) -> dict[str, str]:
    """The files that were written into the folder; none where the list names places elsewhere."""
    files = _read_manifest(root).get("files")
    return files if isinstance(files, dict) and all(map(_is_within, files)) else {}


def _is_within(name: str) -> bool:
    path = PurePosixPath(name)
    is_plain = path.as_posix() == name and name not in (".", MANIFEST) and "\\" not in name and ":" not in name
    return is_plain and not path.is_absolute() and ".." not in path.parts


def _write_manifest(root: Path, sums: Mapping[str, str], memory: Any) -> None:
    document = {"form": _FORM, "files": dict(sorted(sums.items())), "memory": memory}
    data = f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()
    if not _is_there(root / MANIFEST, data):
        _write(root / MANIFEST, data)


def _is_behind_link(root: Path, name: str) -> bool:
    return any((root / way).is_symlink() for way in _list_ways(name))


def _list_ways(name: str) -> Iterable[PurePosixPath]:
    """A path and the folders on the way to it, the innermost first."""
    path = PurePosixPath(name)
    return (path, *path.parents[:-1])


def _refuse_links(root: Path, names: Iterable[str]) -> None:
    """Nothing of a site is a link, or lies behind one: it would be written, or removed, somewhere else."""
    for way in sorted({way for name in names for way in _list_ways(name)}):
        if (root / way).is_symlink():
            raise UnwritableOutput(f"{escape_unprintable(way.as_posix())}: the site has no links")


def _refuse_to_lose(root: Path, names: Iterable[str]) -> None:
    others = sorted(name for name in names if os.path.lexists(root / name))
    if others:
        first = ", ".join(map(escape_unprintable, others[:_MOST_NAMED]))
        said = f"the folder holds other files, which would be lost: {first}"
        raise UnwritableOutput(f"{escape_unprintable(root.name)}: {said}")


def _is_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _write(path: Path, data: bytes) -> None:
    """Write a file beside its place and put it there, so that whoever reads the site finds the one or the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with beside.open("xb") as file:
        file.write(data)
    beside.replace(path)


def _remove(root: Path, name: str) -> bool:
    """Remove a file; whether it was there."""
    path = root / name
    was_there = path.is_file()
    path.unlink(missing_ok=True)
    return was_there


def _remove_empty_folders(root: Path, names: Iterable[str]) -> None:
    """Remove the folders of files that are gone, as far as nothing else is in them."""
    ways = {way for name in names for way in PurePosixPath(name).parents} - {PurePosixPath(".")}
    for way in sorted(ways, key=lambda way: len(way.parts), reverse=True):
        with contextlib.suppress(OSError):
            (root / way).rmdir()
