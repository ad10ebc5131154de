"""The service over a store of its own in a file, with a token for each circle, on one day."""

import datetime as dt

import pytest
from register_service.access import Caller, make_token
from register_service.app import make_app
from register_service.settings import Settings
from starlette.testclient import TestClient

import untoc_network as un
import untoc_network_store

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def pytest_addoption(parser):
    parser.addoption("--postgresql", metavar="URL", help="an empty database of PostgreSQL to serve a register from")
    parser.addoption(
        "--soak", type=int, default=200, metavar="REQUESTS", help="how many mixed requests memory is held to"
    )


class Service:
    """A running service, and who asks it."""

    def __init__(self, folder, register, **settings):
        folder.mkdir(exist_ok=True)
        tokens, key = folder / "tokens.json", folder / "view.key"
        key.write_text("17" * 32)
        self.tokens = {
            "members": make_token(tokens, Caller(id="member-1", audience=un.Audience.MEMBERS)),
            "internal": make_token(tokens, Caller(id="office-1", audience=un.Audience.INTERNAL)),
            "writer": make_token(tokens, Caller(id="office-2", audience=un.Audience.INTERNAL, writes=True)),
        }
        self.settings = Settings(
            database_url=str(folder / "register.db"), tokens_file=tokens, view_key_file=key, now=lambda: NOW, **settings
        )
        self.store = untoc_network_store.create(self.settings.database_url, register)
        self.app = make_app(self.settings, self.store)
        self.client = TestClient(self.app, raise_server_exceptions=False, follow_redirects=False).__enter__()

    @property
    def desk(self):
        return self.app._app.state.desk

    def ask(self, method, address, *, by=None, **more):
        headers = dict(more.pop("headers", {}))
        if by is not None:
            headers["Authorization"] = f"Bearer {self.tokens.get(by, by)}"
        return self.client.request(method, address, headers=headers, **more)

    def get(self, address, **more):
        return self.ask("GET", address, **more)

    def change(self, method, address, body=b"", *, tag=None, by="writer", media_type=None, headers=None):
        media_type = media_type or ("application/merge-patch+json" if method == "PATCH" else "application/json")
        sent = {"Content-Type": media_type, **({} if tag is None else {"If-Match": tag}), **(headers or {})}
        return self.ask(method, address, by=by, content=body, headers=sent)


@pytest.fixture
def make_service(tmp_path):
    made = []

    def make(register, name="service", **settings):
        made.append(Service(tmp_path / name, register, **settings))
        return made[-1]

    yield make
    for one in made:
        one.client.__exit__(None, None, None)
        one.store.close()


@pytest.fixture
def service(make_service):
    return make_service(un.example())


@pytest.fixture(scope="session")
def unchanged(tmp_path_factory):
    """The example, for tests that change nothing."""
    made = Service(tmp_path_factory.mktemp("unchanged"), un.example())
    yield made
    made.client.__exit__(None, None, None)
    made.store.close()
