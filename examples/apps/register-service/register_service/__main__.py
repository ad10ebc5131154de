"""`register-service serve` and `register-service token`."""

from __future__ import annotations

import argparse
import logging
import os
import sys

import uvicorn

import untoc_network as un
import untoc_network_store
from register_service.access import Caller, make_token
from register_service.app import make_app
from register_service.guard import Guard
from register_service.settings import Settings, make_view_key
from untoc_network_store import UnusableStore


def open_app() -> Guard:
    """The service as the environment has it: what each process of a server calls."""
    settings = Settings.from_environment(os.environ)
    store = untoc_network_store.open(settings.database_url)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    return make_app(settings, store)


def main(arguments: list[str] | None = None) -> None:
    """Run a command."""
    parser = argparse.ArgumentParser(prog="register-service", description="A register, served from a database.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the register that is in the database")
    serve.add_argument("--example", action="store_true", help="where there is no register, begin with the example")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--processes", type=int, default=1)
    token = commands.add_parser("token", help="make a token, and show it this once")
    token.add_argument("id", help="who has it, as logs name them: an id, no name")
    token.add_argument("--audience", choices=["members", "internal"], default="members")
    token.add_argument("--writes", action="store_true", help="may change the register; takes --audience internal")
    given = parser.parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    try:
        if given.command == "token":
            caller = Caller(id=given.id, audience=un.Audience(given.audience), writes=given.writes)
            sys.stdout.write(f"{make_token(settings.tokens_file, caller)}\n")
        else:
            _prepare(settings, with_example=given.example)
            _serve(given.host, given.port, given.processes)
    except (ValueError, un.UntocNetworkError) as problem:
        parser.exit(2, f"register-service: {problem}\n")


def _prepare(settings: Settings, *, with_example: bool) -> None:
    """See that there is a register and a key, before any process begins to serve."""
    make_view_key(settings.view_key_file)
    try:
        untoc_network_store.open(settings.database_url).close()
    except UnusableStore:
        if not with_example:
            raise
        untoc_network_store.create(settings.database_url, un.example()).close()


def _serve(host: str, port: int, processes: int) -> None:
    uvicorn.run(
        "register_service.__main__:open_app",
        factory=True,
        host=host,
        port=port,
        workers=processes,
        access_log=False,  # which has addresses as they were sent, with whatever was searched for
        server_header=False,
    )


if __name__ == "__main__":
    main()
