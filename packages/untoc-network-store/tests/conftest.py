"""Stores with an invented register."""

import pytest

import untoc_network as un
import untoc_network_store as kept

ON = "2026-11-24"


@pytest.fixture
def place(tmp_path):
    return tmp_path / "register.db"


@pytest.fixture
def store(place):
    with kept.create(place, un.example(), on=ON) as made:
        yield made
