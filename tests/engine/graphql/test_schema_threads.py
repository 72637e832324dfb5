"""Threads that need the schema at once, as a worker's do after its start."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from store.engine.graphql import schema as schema_module


def test_the_schema_is_built_once_for_two_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    builds, both_came = [], threading.Event()

    class Builder:
        def __init__(self, sdl: Any) -> None:
            builds.append(self)

        def build(self) -> "Builder":
            both_came.wait(0.2)  # the other thread, if nothing holds it, builds meanwhile
            if len(builds) > 1:
                both_came.set()
            return self

    schema_module.schema()
    built = schema_module._built_schema
    monkeypatch.setattr(schema_module, "SchemaBuilder", Builder)
    monkeypatch.setattr(schema_module, "_built_schema", schema_module.cache(built.__wrapped__))
    with ThreadPoolExecutor(2) as threads:
        found = [job.result() for job in [threads.submit(schema_module.schema) for _ in range(2)]]
    assert len(builds) == 1
    assert found[0] is found[1]
