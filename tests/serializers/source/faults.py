"""A disk that refuses, and a process that stops, at one step of writing."""

import os
import sys
from pathlib import Path

from untoc_network.serializers.source import file_replacement

__all__ = ["Disk", "stop_at_step"]

CALLS = frozenset(
    [
        "open",
        "mkdir",
        "makedirs",
        "chmod",
        "chown",
        "fsync",
        "replace",
        "rename",
        "listdir",
        "lstat",
        "link",
        "stat",
        "access",
        "close",
        "dup",
        "walk",
    ]
)
"""The calls of the system that writing makes."""


class Disk:
    """Stands in the place of `os` and of `open`, and refuses the so many-th call, or those on a path."""

    def __init__(self, number=0, path=None):
        self.number, self.without, self.made = number, path or Path("nowhere"), 0

    def install(self, monkeypatch):
        """Put it there."""
        monkeypatch.setattr(file_replacement, "os", self)
        monkeypatch.setattr(file_replacement, "open", self.open_file, raising=False)

    def __getattr__(self, name):
        found = getattr(os, name)
        return self._refusing(name, found) if name in CALLS else found

    def _refusing(self, name, call):
        def called(*given, **named):
            if name == "close":  # what is closed with an error is closed
                call(*given)
            self.step(given[0])
            return None if name == "close" else call(*given, **named)

        return called

    def step(self, at):
        """Count a call, and refuse it where it is to be refused."""
        self.made += 1
        if self.made == self.number or at == self.without:
            raise OSError(28, "No space left on device")

    def open_file(self, *given, **named):
        """A file of which each write is a step too."""
        return _File(open(*given, **named), self)


class _File:
    def __init__(self, file, disk):
        self._file, self._disk = file, disk
        self.fileno, self.flush = file.fileno, file.flush

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def writelines(self, pieces):
        for piece in pieces:
            self._disk.step("")
            self._file.write(piece)


def stop_at_step(step, call, stop):
    """Call, and stop at the so many-th line of the modules that write; gives how many lines were gone through."""
    files = {file_replacement.__file__, sys.modules["shutil"].__file__}
    gone = 0

    def trace(frame, event, _):
        nonlocal gone
        if frame.f_code.co_filename not in files:
            return trace_calls if event == "call" else None
        if event == "line":
            gone += 1
            if gone == step:
                sys.settrace(None)
                stop()
        return trace

    def trace_calls(frame, event, argument):
        return trace(frame, event, argument) if event == "call" else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return gone
