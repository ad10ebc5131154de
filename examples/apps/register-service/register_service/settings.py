"""What the service is told from outside, read once at the start."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@attrs.frozen(kw_only=True)
class Settings:
    """Where the register is, who may do what, and how large a body may be."""

    database_url: str = "register.db"
    tokens_file: Path = Path("tokens.json")
    view_key_file: Path = Path("view.key")
    max_body: int = 8 * 2**20
    """Bytes of a request's body; whatever is larger is refused before it is read."""
    page_size: int = 50
    max_page_size: int = 500
    now: Callable[[], dt.datetime] = _now
    """The moment, and so the day that consents and deadlines are judged on. The library looks at no clock of itself."""

    def read_view_key(self) -> bytes:
        """What keys the ids that stand for those that name somebody: with it, no edit of who is withheld moves one."""
        return bytes.fromhex(self.view_key_file.read_text(encoding="ascii"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that stand in the environment; what is not there is as it is here."""
        default = cls()
        return cls(
            database_url=environment.get("DATABASE_URL", default.database_url),
            tokens_file=Path(environment.get("TOKENS_FILE", default.tokens_file)),
            view_key_file=Path(environment.get("VIEW_KEY_FILE", default.view_key_file)),
            max_body=int(environment.get("MAX_BODY_BYTES", default.max_body)),
        )


def make_view_key(file: Path) -> None:
    """Make a key where there is none, for the eyes of its owner alone."""
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_hex(32))
