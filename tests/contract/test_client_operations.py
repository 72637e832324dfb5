"""What published Saleor clients ask for, and was served when docs/saleor-compatibility.md was made, still is."""

import json
from typing import Any

from bench.client_operations import DOCUMENT, RESULT, counts_of, is_served
from store.engine.graphql.schema import schema

SERVED = 648  # operations; may only become more
FOUND: dict[str, Any] = json.loads(RESULT.read_text())


def test_everything_that_the_served_operations_name_is_in_the_schema() -> None:
    assert [name for name in FOUND["needed"] if not is_served(name, schema())] == []


def test_the_number_of_served_operations_does_not_fall() -> None:
    counts = [counts_of(operations) for operations in FOUND["sections"].values()]
    operations, served, whole = (sum(column) for column in zip(*counts, strict=True))
    assert served >= SERVED
    assert f"| **all** | {operations} | {served} | {whole} |" in DOCUMENT.read_text()


def test_what_was_missing_is_named_truly() -> None:
    """An operation that lacks something that is served by now would be counted too low: make the table anew."""
    missing = {
        name
        for operations in FOUND["sections"].values()
        for found in operations.values()
        for name in (*found["missing"], *found["missing_inputs"])
    }
    assert [name for name in sorted(missing) if is_served(name, schema())] == []
