"""Whom Saleor shows a field, this shop shows it too.

`saleor_permissions.json`: the permissions of which Saleor's schema says in a field's description that one is needed;
other fields are open to everybody who can see the object.
"""

import json
from pathlib import Path

from store.engine.graphql.naming import to_camel
from store.engine.graphql.registry import SaleorType, mutations, queries
from store.engine.graphql.schema import schema

SALEOR = json.loads(Path(__file__).with_name("saleor_permissions.json").read_text())
PEOPLE = {"OWNER", "AUTHENTICATED_STAFF_USER", "AUTHENTICATED_APP", "AUTHENTICATED_USER"}
# Fields whose guard Saleor has in its code, but not in the description.
NOT_DESCRIBED = {
    "Attribute.isVariantOnly",
    "Mutation.attributeBulkUpdate",
    "Mutation.orderCreateFromCheckout",
    "Mutation.transactionUpdate",
    "Mutation.transactionEventReport",
    "Order.shippingTaxClassMetadata",
    "Order.shippingTaxClassPrivateMetadata",
    "OrderLine.taxClassMetadata",
    "OrderLine.taxClassPrivateMetadata",
    "Shop.permissions",
}


def guards() -> dict[str, set[str]]:
    """The permissions of each guarded field; empty: any member of staff or app."""
    schema()
    roots = {"Query": queries, "Mutation": mutations}
    found = {f"{root}.{name}": resolve for root, fields in roots.items() for name, resolve in fields.items()}
    for type_name, class_ in SaleorType.registry.items():
        found |= {f"{type_name}.{to_camel(name)}": resolve for name, resolve in vars(class_).items()}
    plain = {name: getattr(resolve, "__func__", resolve) for name, resolve in found.items()}
    return {
        name: set(resolve.permissions)
        for name, resolve in plain.items()
        if isinstance(getattr(resolve, "permissions", None), tuple)
    }


def test_no_field_is_narrower_than_saleors() -> None:
    narrower = {}
    for name, codes in guards().items():
        wanted = set(SALEOR.get(name, ()))
        is_open = not wanted and name not in NOT_DESCRIBED
        if is_open or (codes and not wanted - PEOPLE <= codes):
            narrower[name] = (sorted(codes), sorted(wanted))
    assert narrower == {}


def test_many_fields_are_guarded() -> None:
    assert len(guards()) > 200
