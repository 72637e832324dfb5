"""Input fields `addWarehouses`/`removeWarehouses` and the like, as channels and shipping zones have them."""

from typing import Any

from store.engine.graphql import ids
from store.engine.stock.warehouse_assignment import LinkChanges


def parse_link_changes(given: dict[str, Any], model: Any, name: str) -> LinkChanges[Any]:
    """The rows of the input fields `add_<name>` and `remove_<name>`; raises NotFound on that field."""
    suffix = "".join(part.capitalize() for part in name.split("_"))
    return LinkChanges(
        add=ids.get_rows(given.get(f"add_{name}") or (), model, field=f"add{suffix}"),
        remove=ids.get_rows(given.get(f"remove_{name}") or (), model, field=f"remove{suffix}"),
    )
