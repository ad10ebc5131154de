"""Around the whole service: bodies that are too large, a line of log for each request, and the last resort.

No value of a request or of the register is logged: neither the address as it was sent, which may hold the name that
somebody searched for, nor the message of an exception, which may quote what it failed on.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections.abc import Iterator

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from register_service.problems import Problem, to_response

log = logging.getLogger("register_service")


class Guard:
    """Wraps an ASGI application."""

    def __init__(self, app: ASGIApp, *, max_body: int) -> None:
        self._app, self._max_body = app, max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, request = time.perf_counter(), 0, Request(scope)

        async def answer(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            length = request.headers.get("content-length", "0")
            if not re.fullmatch("[0-9]{1,18}", length) or int(length) > self._max_body:
                raise Problem("too-large", headers={"Connection": "close"})
            await self._app(scope, self._count_bytes(receive), answer)
        except Problem as problem:
            await to_response(problem, request)(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - whatever it is: told by its name and place, never by its message
            log.error("%s at %s", type(error).__name__, " < ".join(_locate(error)))
            if not status:
                await to_response(Problem("fault"), request)(scope, receive, answer)
        took = (time.perf_counter() - begun) * 1000
        caller = scope.get("state", {}).get("caller_id", "-")
        route = getattr(scope.get("route"), "path", "-")
        log.info("%s %s %d %.0f ms, by %s", scope["method"], route, status, took, caller)

    def _count_bytes(self, receive: Receive) -> Receive:
        """A body without a length, or with a wrong one, is read up to the limit."""
        read = 0

        async def count() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._max_body:
                raise Problem("too-large", headers={"Connection": "close"})
            return message

        return count


def _locate(error: BaseException) -> Iterator[str]:
    for frame in reversed(traceback.extract_tb(error.__traceback__)[-6:]):
        yield f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
