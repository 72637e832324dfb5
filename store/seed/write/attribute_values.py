"""Values of attributes as Saleor's input takes them."""

from collections.abc import Callable
from typing import Any

from store.saleor.client.input_types import AttributeValueInput, AttributeValueSelectableTypeInput
from store.seed.read.file_models import Attribute, AttributeValue
from store.seed.write.context import SeedContext


def attribute_value(context: SeedContext, attribute: Attribute, value: AttributeValue) -> AttributeValueInput:
    """Saleor's input has another field for each input type."""
    names = value if isinstance(value, list) else [str(value)]
    selected_values = [AttributeValueSelectableTypeInput(value=name) for name in names]
    value_by_input: dict[str, Callable[[], dict[str, Any]]] = {
        "dropdown": lambda: {"dropdown": selected_values[0]},
        "swatch": lambda: {"swatch": selected_values[0]},
        "multiselect": lambda: {"multiselect": selected_values},
        "numeric": lambda: {"numeric": names[0]},
        "plain-text": lambda: {"plain_text": names[0]},
        "page": lambda: {"reference": context.id("page", names[0])},
        "pages": lambda: {"references": context.ids_of("page", names)},
    }
    return AttributeValueInput(
        id=context.id("attribute", attribute.slug), **value_by_input[attribute.input]()
    )
