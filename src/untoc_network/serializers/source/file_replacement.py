"""Files and folders replaced whole: under a name stands the old one or the new one, whatever interrupts.

What is new is written into a workplace beside its target, a hidden folder that nobody else may enter, and takes the
target's place by one call of the system once it is on the disk. A process that is killed leaves its workplace behind;
the next one that writes into the same folder, while nobody else does, takes it away.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnwritableOutput

__all__ = ["replace_folder", "write_atomically"]

_BEGINNING = ".untoc-network-"
_WORKPLACE = re.compile(rf"{re.escape(_BEGINNING)}[0-9a-f]{{16}}")
_OPEN_FILES = re.compile(r"/proc/[0-9]+(/task/[0-9]+)?/fd")
_MOST_NAMED = 3


def write_atomically(path: str | os.PathLike[str], pieces: Iterable[bytes]) -> None:
    """Replace a file by the pieces in a row once they are all written; where that fails, it stays as it was.

    A new file has the mode that the system gives it, another keeps its own, its owner and its group. Only files are
    replaced: into devices, pipes and streams such as `/dev/stdout` the pieces are written one after the other.
    Raises `UnwritableOutput` where the system refuses, where the file has a second name that would keep the old
    content, or where it cannot keep its owner.
    """
    given = Path(path)
    with _convert_os_errors(given):
        target, there = _find_target(given)
        stream = None if there is None else _find_open_file(given)
        if stream is not None or (there is not None and not stat.S_ISREG(there.st_mode)):
            _write_into(given, stream, pieces)
            return
        if there is not None and there.st_nlink > 1:
            raise UnwritableOutput(
                f"{_name(given)}: the file has a second name (a hard link), which would keep the old content"
            )
        _ensure_may_change(target, there)
        with _make_workplace(target.parent) as (place, mode):
            new = place / "new"
            _write_file(new, pieces, 0o600)
            if there is None:
                os.chmod(new, mode & 0o666)
            else:
                _copy_rights(target, there, new)
            os.replace(new, target)
            _sync_folder(target.parent)


def replace_folder(
    path: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], list_others: Callable[[Path], Iterable[str]]
) -> None:
    """Replace a folder by one with these files, whose names may lead into folders, once they are all written.

    Where that fails, it stays as it was, and nothing else is left. `list_others` names what is in the folder that is
    there and must not be lost. Raises `UnwritableOutput` where it names something, where the system refuses, or where
    what is there is no folder.
    """
    given = Path(path)
    with _convert_os_errors(given):
        target, there = _find_target(given)
        if there is not None:
            if not stat.S_ISDIR(there.st_mode):
                raise UnwritableOutput(f"{_name(given)}: expected a folder, but a file has that name")
            _ensure_may_change(target, there)
            _refuse_to_lose(given, list_others(target))
        with _make_workplace(target.parent) as (place, _):
            new = place / "new"
            os.mkdir(new)
            for name, data in files:
                os.makedirs((new / name).parent, exist_ok=True)
                _write_file(new / name, (data,), 0o666)
                with contextlib.suppress(FileNotFoundError):
                    _copy_rights(target / name, os.stat(target / name), new / name)
            for folder, _, _ in os.walk(new):
                _sync_folder(folder)
            _, there = _find_target(target)  # it may have come back, where a process was killed
            if there is None:
                os.rename(new, target)
            else:
                _copy_rights(target, there, new)
                _change_places(target, new, place / "old", lambda old: _refuse_to_lose(given, list_others(old)))
            _sync_folder(target.parent)


# -- what is there -----------------------------------------------------------------------------------------------------


def _find_target(given: Path) -> tuple[Path, os.stat_result | None]:
    """Where a path leads in the end, through all links, and what is there. Raises `OSError`."""
    try:
        there = os.stat(given)
    except FileNotFoundError:
        there = None
    except ValueError:
        raise OSError("no file can have this name") from None
    return Path(os.path.realpath(given)), there


def _find_open_file(given: Path) -> int | None:
    """The number of the file that this process has open where a path such as `/dev/stdout` leads to it, else None.

    Such a file is written on where it stands: in its place it may be a log that others have begun.
    """
    here = os.fspath(given)
    while os.path.islink(here):
        folder, name = os.path.realpath(os.path.dirname(here)), os.path.basename(here)
        if _OPEN_FILES.fullmatch(folder) and folder.split("/")[2] == str(os.getpid()):
            return int(name)
        here = os.path.join(folder, os.readlink(here))
    return None


def _ensure_may_change(target: Path, there: os.stat_result | None) -> None:
    """Hold that what is there may be written, as the system would where it was written into. Raises `OSError`."""
    if there is not None and not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(13, "Permission denied")


def _refuse_to_lose(given: Path, others: Iterable[str]) -> None:
    """Raises `UnwritableOutput` where there is something that would be lost."""
    names = [escape_unprintable(name) for name in others]
    if names:
        first = ", ".join(names[:_MOST_NAMED])
        raise UnwritableOutput(f"{_name(given)}: the folder holds other files, which would be lost: {first}")


# -- what is written ---------------------------------------------------------------------------------------------------


def _write_into(given: Path, stream: int | None, pieces: Iterable[bytes]) -> None:
    """Write into what is no file, or is open, piece by piece."""
    descriptor = os.open(given, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)) if stream is None else os.dup(stream)
    with open(descriptor, "wb") as file:
        file.writelines(pieces)


def _write_file(new: Path, pieces: Iterable[bytes], mode: int) -> None:
    """Write a new file, onto the disk itself."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(new, flags, mode), "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _copy_rights(old: Path, there: os.stat_result, new: Path) -> None:
    """Give what is new the owner, the group, the mode and the list of rights of what it replaces."""
    made = os.stat(new)
    if (made.st_uid, made.st_gid) != (there.st_uid, there.st_gid):
        try:
            os.chown(new, there.st_uid, there.st_gid)
        except OSError:
            raise UnwritableOutput(f"{_name(old)}: the owner or group would change, which takes other rights") from None
    for name in _list_attributes(old):
        os.setxattr(new, name, os.getxattr(old, name))
    os.chmod(new, stat.S_IMODE(there.st_mode))


def _list_attributes(old: Path) -> list[str]:
    """The names under which a disk keeps lists of rights and what users noted, where it keeps any."""
    try:
        return [name for name in os.listxattr(old) if name.startswith(("user.", "system.posix_acl_"))]
    except (AttributeError, OSError):
        return []


def _sync_folder(folder: str | os.PathLike[str]) -> None:
    """Bring the names in a folder onto the disk, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# -- the workplace -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _make_workplace(folder: Path) -> Iterator[tuple[Path, int]]:
    """A folder of our own in another, gone afterwards, and the mode that the system gives to a new folder there."""
    with _share_folder(folder):
        place = folder / f"{_BEGINNING}{os.urandom(8).hex()}"
        try:
            with _convert_os_errors(folder):
                os.mkdir(place)
            # The kernel took the umask off; asking for it would change it for the whole process for a moment.
            mode = stat.S_IMODE(os.stat(place).st_mode)
            os.chmod(place, mode & ~0o777 | 0o700)
            yield place, mode
        finally:
            _clear_workplace(place)


@contextlib.contextmanager
def _share_folder(folder: Path) -> Iterator[None]:
    """Share a folder with all who write into it; who comes alone first clears what was left behind.

    Windows and some network folders know no such share, and there nothing is cleared.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with contextlib.suppress(OSError):
            import fcntl

            with contextlib.suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for name in filter(_WORKPLACE.fullmatch, os.listdir(folder)):
                    left = os.lstat(folder / name)
                    if stat.S_ISDIR(left.st_mode) and left.st_uid == os.geteuid():  # nobody else may have laid it here
                        _clear_workplace(folder / name)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def _clear_workplace(place: Path) -> None:
    """Take a workplace away, once a folder that was moved into it is back in its place."""
    with contextlib.suppress(OSError):
        for old in (place / "old").iterdir() if (place / "old").is_dir() else ():
            if not os.path.lexists(place.parent / old.name):
                os.rename(old, place.parent / old.name)
        shutil.rmtree(place, ignore_errors=True)


# -- taking the place of a folder --------------------------------------------------------------------------------------


def _change_places(target: Path, new: Path, aside: Path, check: Callable[[Path], None]) -> None:
    """Put a new folder in the place of the old one, which is looked at once more when nobody finds it any longer."""
    if _exchange(new, target):
        try:
            check(new)
        except BaseException:
            _exchange(new, target)
            raise
        return
    os.mkdir(aside)
    os.rename(target, aside / target.name)  # from here on, whoever clears the workplace puts it back
    check(aside / target.name)
    os.rename(new, target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places by one call of the system; False where the system or the disk has none."""
    try:
        import ctypes

        library = ctypes.CDLL(None)
    except (ImportError, OSError, TypeError):  # Windows, or a Python without it
        return False
    names = (os.fsencode(one), os.fsencode(other))
    calls = (("renameat2", (_HERE, names[0], _HERE, names[1], _SWAP)), ("renamex_np", (*names, _SWAP)))
    return any(hasattr(library, name) and getattr(library, name)(*given) == 0 for name, given in calls)


_HERE, _SWAP = -100, 2
"""`AT_FDCWD` of Linux; `RENAME_EXCHANGE` of Linux, which is `RENAME_SWAP` of macOS."""

# -- what is told ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _convert_os_errors(path: Path) -> Iterator[None]:
    """What the system refuses, as `UnwritableOutput`."""
    try:
        yield
    except OSError as error:
        problem = (error.strerror or str(error) or "cannot be written").lower()
        raise UnwritableOutput(f"{_name(path)}: {problem}") from error


def _name(path: Path) -> str:
    return escape_unprintable(os.fspath(path))
