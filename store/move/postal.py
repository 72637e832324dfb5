"""An address of one shop as the other takes it."""

from store.move.shop_api import Node

_NAMES = (
    "firstName",
    "lastName",
    "companyName",
    "streetAddress1",
    "streetAddress2",
    "city",
    "cityArea",
    "postalCode",
    "countryArea",
    "phone",
)


def address_input(address: Node) -> Node:
    """An empty telephone number is left out: Saleor takes none that is empty."""
    given = {name: address[name] or "" for name in _NAMES if name != "phone" or address["phone"]}
    return {**given, "country": address["country"]["code"]}
