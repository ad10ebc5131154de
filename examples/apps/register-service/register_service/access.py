"""Who asks: nobody in particular, who sees what is public, or the holder of a token.

The file of tokens holds the SHA-256 of each, so that whoever reads it cannot use one. It is looked at again when it
changes: to take somebody's access away, delete the line.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from pathlib import Path
from typing import Any

import attrs

import untoc_network as un
from register_service.problems import Problem


@attrs.frozen(kw_only=True)
class Caller:
    """Somebody who asks: an id for the log, the circle whose view is shown, and whether they may change anything."""

    id: str
    audience: un.Audience
    writes: bool = False


_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
ANYBODY = Caller(id="-", audience=un.Audience.PUBLIC)


class Tokens:
    """The callers by their tokens, as the file has them now."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: tuple[tuple[int, int] | None, dict[str, Caller]] = (None, {})

    def identify(self, authorization: str | None) -> Caller:
        """The caller behind the header of a request; a token that is none is refused, not taken for nobody's."""
        if authorization is None:
            return ANYBODY
        scheme, _, token = authorization.partition(" ")
        caller = self._list_callers().get(_digest(token.strip())) if scheme.lower() == "bearer" else None
        if caller is None:
            raise Problem("token-unknown", headers={"WWW-Authenticate": "Bearer"})
        return caller

    def _list_callers(self) -> dict[str, Caller]:
        try:
            stat = self._file.stat()
        except FileNotFoundError:
            return {}
        version, callers = self._read
        if version != (stat.st_mtime_ns, stat.st_size):
            callers = {digest: _to_caller(told) for digest, told in json.loads(self._file.read_bytes()).items()}
            self._read = (stat.st_mtime_ns, stat.st_size), callers
        return callers


def make_token(file: Path, caller: Caller) -> str:
    """A new token for a caller, noted in the file, and shown this once. Raises `ValueError` where it may not be."""
    token = secrets.token_urlsafe(32)
    held = json.loads(file.read_bytes()) if file.exists() else {}
    told = {"id": caller.id, "audience": caller.audience.value, "writes": caller.writes}
    _to_caller(told)
    new = file.with_name(f"{file.name}.new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(held | {_digest(token): told}, indent=2) + "\n", encoding="utf-8")
    new.replace(file)  # as a whole: whoever serves may be reading it
    return token


def _to_caller(told: dict[str, Any]) -> Caller:
    if not _ID.fullmatch(told["id"]):
        raise ValueError("a caller is known by an id: small letters, digits and hyphens, and no name")
    caller = Caller(id=told["id"], audience=un.Audience(told["audience"]), writes=told.get("writes") is True)
    if caller.writes and caller.audience is not un.Audience.INTERNAL:
        raise ValueError("only those who keep the register change it: the audience has to be internal")
    return caller


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
