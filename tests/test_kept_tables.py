"""Tables that are made once in a process: made again they are the same, so whoever asks first changes nothing."""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Mapping, Set as AbstractSet

import untoc_network as un
import untoc_network_lots as lots
import untoc_network_site as site
import untoc_network_store as store


def list_kept_tables():
    """The functions without arguments whose answer is kept, by name."""
    found = {}
    for package in (un, lots, site, store):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__"):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, functools._lru_cache_wrapper) and not inspect.signature(value).parameters:
                    found[f"{value.__module__}.{name}"] = value
    return found


def test_what_is_kept_is_made_the_same_again(subtests):
    kept = list_kept_tables()
    assert len(kept) > 40
    for name, function in kept.items():
        with subtests.test(name):
            again, first = function.__wrapped__(), function()
            assert type(again) is type(first)
            compiled = isinstance(first, Mapping) and any(map(callable, first.values()))
            if isinstance(first, (str, AbstractSet, Mapping)) and not compiled:  # no function equals its twin
                assert again == first
