"""Stores with an invented register, in SQLite and in PostgreSQL."""

import pytest
from tests.postgresql_server import started_server

import untoc_network as un
import untoc_network_store as kept

ON = "2026-11-24"


@pytest.fixture(scope="session")
def server():
    with started_server() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where a store can be."""
    return tmp_path / "register.db" if request.param == "sqlite" else request.getfixturevalue("server").url()


@pytest.fixture
def store(place):
    with kept.create(place, un.example(), on=ON) as made:
        yield made
