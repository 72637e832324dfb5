"""Unfold's templates that are overridden, since they have no block or setting for what is changed in them.

After an upgrade that changes one: compare it with ours, take over what is new, then put its new digest here.
"""

from hashlib import sha256
from pathlib import Path

import pytest
import unfold

import store.engine.admin

OURS = Path(store.engine.admin.__file__).parent / "templates"
THEIRS = Path(unfold.__file__).parent / "templates"
COMPARED = {
    "admin/base.html": "2ce9250b3c649e3a",
    "unfold/helpers/empty_results.html": "5f4727a37a99da76",
    "unfold/helpers/header_title.html": "b126ed2ab9ca1680",
    "unfold/helpers/navigation_header.html": "35139b9d94580be9",
    "unfold/helpers/welcomemsg.html": "e8eab02522ba2319",
}


@pytest.mark.parametrize("name", COMPARED)
def test_unfolds_template_is_the_one_that_ours_was_compared_with(name: str) -> None:
    assert sha256((THEIRS / name).read_bytes()).hexdigest()[:16] == COMPARED[name]


def test_every_overridden_template_is_named() -> None:
    names = {path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html")}
    assert {name for name in names if (THEIRS / name).exists()} == COMPARED.keys()
