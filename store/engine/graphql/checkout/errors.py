"""Errors of checkouts, with global ids for the primary keys they name."""

from collections.abc import Iterator

from store.engine.checkout.errors import CheckoutError
from store.engine.errors import OperationError
from store.engine.graphql.errors import error_translator
from store.engine.graphql.ids import to_global_id

TYPE_NAMES = {"variants": "ProductVariant", "lines": "CheckoutLine"}


@error_translator(CheckoutError)
def _checkout_errors(error: CheckoutError) -> Iterator[OperationError]:
    global_ids = {
        name: [to_global_id(TYPE_NAMES[name], pk) for pk in pks] for name, pks in error.extras.items()
    }
    yield OperationError(error.message, field=error.field, code=error.code, **global_ids)
