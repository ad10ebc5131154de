"""The service put together: an ASGI application over a store."""

from __future__ import annotations

import functools
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from register_service.access import Tokens
from register_service.addresses import COLLECTIONS, add_collection, more
from register_service.description import describe_components
from register_service.desk import Desk
from register_service.guard import Guard, log
from register_service.problems import Problem, to_response
from register_service.settings import Settings
from untoc_network_store import Store, UnusableStore


def make_app(settings: Settings, store: Store) -> Guard:
    """The service over a store."""
    app = FastAPI(title="Register", docs_url=None, redoc_url=None)  # whose pages load scripts from elsewhere
    app.state.tokens, app.state.desk = Tokens(settings.tokens_file), Desk(store, settings)
    for name, cls in COLLECTIONS.items():
        add_collection(app.router, name, cls, settings)
    app.router.routes.extend(more.routes)
    app.add_exception_handler(ClientDisconnect, lambda *_: Response(status_code=499))  # who went away reads no answer
    for kind in (Problem, RequestValidationError, HTTPException, UnusableStore, Exception):
        app.add_exception_handler(kind, _answer_error)
    app.openapi = functools.cache(functools.partial(_describe, app))  # type: ignore[method-assign]
    return Guard(app, max_body=settings.max_body)


def _answer_error(request: Request, error: Exception) -> Response:
    return to_response(_to_problem(error, request), request)


def _to_problem(error: Exception, request: Request) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):  # named are the parameters alone: what they were may be personal
        known = {str(one["loc"][-1]) for one in error.errors() if one["type"] != "extra_forbidden"}
        return Problem("bad-parameter", parameters=sorted(known), takes=_list_parameters(request))
    if isinstance(error, HTTPException) and error.status_code == 405:
        return Problem("method-not-allowed", headers={"Allow": ", ".join(_list_methods(request))})
    if isinstance(error, HTTPException):
        return Problem("not-found" if error.status_code == 404 else "bad-parameter")
    if isinstance(error, UnusableStore):
        log.error("the database cannot be used")
        return Problem("unavailable", headers={"Retry-After": "10"})
    return Problem("fault")


def _list_parameters(request: Request) -> list[str]:
    """What the address takes: whoever misspelt a parameter, which is not repeated, finds it there."""
    address: str = request.scope["route"].path
    described = request.app.openapi()["paths"][address][request.method.lower()]
    return sorted(one["name"] for one in described.get("parameters", ()) if one["in"] == "query")


def _list_methods(request: Request) -> list[str]:
    """The methods of all that is at the address; what is found first has its own alone."""
    here = [one for one in request.app.routes if one.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for route in here for method in route.methods})


def _describe(app: FastAPI) -> dict[str, Any]:
    told = FastAPI.openapi(app)
    return {**told, "components": describe_components(told.get("components", {}))}
