"""What baskets and stock refuse, with global ids."""

from collections.abc import Iterator

from store.engine.checkout.errors import BasketRefusal
from store.engine.errors import Refusal
from store.engine.graphql.errors import says
from store.engine.graphql.ids import to_global_id

KINDS = {"variants": "ProductVariant", "lines": "CheckoutLine"}


@says(BasketRefusal)
def _basket(error: BasketRefusal) -> Iterator[Refusal]:
    named = {name: [to_global_id(KINDS[name], pk) for pk in pks] for name, pks in error.extras.items()}
    yield Refusal(error.message, field=error.field, code=error.code, **named)
