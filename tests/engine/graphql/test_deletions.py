"""Deleting a row answers with the row, every field of it; a row that others need is not deleted."""

import pytest
from graphql import GraphQLEnumType, GraphQLScalarType, get_named_type

from store.engine.accounts.models import Address, User
from store.engine.graphql.schema import schema
from store.engine.stock.models import Warehouse
from tests.engine.api_client import execute_field, gid


def all_fields(type_name, depth=2):
    """Every field without required arguments, objects as deep as `depth`."""
    names = []
    for name, field in schema().type_map[type_name].fields.items():
        if any(argument.type.__class__.__name__ == "GraphQLNonNull" for argument in field.args.values()):
            continue
        named = get_named_type(field.type)
        if isinstance(named, GraphQLScalarType | GraphQLEnumType):
            names.append(name)
        elif depth > 1 and hasattr(named, "fields") and not name.endswith("s") and "first" not in field.args:
            names.append(f"{name} {{ {all_fields(named.name, depth - 1)} }}")
        elif "first" not in field.args:
            names.append(f"{name} {{ __typename }}")
    return " ".join(names)


DELETIONS = {
    "taxClassDelete": ("taxClass", "TaxClass", "tax class"),
    "shippingZoneDelete": ("shippingZone", "ShippingZone", "zone us"),
    "shippingPriceDelete": ("shippingMethod", "ShippingMethodType", "method"),
    "deleteWarehouse": ("warehouse", "Warehouse", "warehouse spare"),
}


@pytest.fixture
def shop(merchant_with_shop):
    given = {"name": "Parcel", "shippingZone": merchant_with_shop.ids["zone us"], "type": "PRICE"}
    merchant_with_shop.create("method", "shippingPriceCreate", "shippingMethod", "ShippingPriceInput!", given)
    merchant_with_shop.warehouse("spare")
    return merchant_with_shop


@pytest.mark.parametrize("mutation", DELETIONS)
def test_the_deleted_row_can_be_asked_for_every_field(shop, mutation):
    payload_field, type_name, name = DELETIONS[mutation]
    selection = f"{payload_field} {{ {all_fields(type_name)} }}"
    payload = shop.mutate(mutation, selection, id=("ID!", shop.ids[name]))
    assert payload["errors"] == []
    assert payload[payload_field]["id"] == shop.ids[name]
    assert payload[payload_field]["metadata"] == []


def test_the_address_of_a_warehouse_is_not_deleted_from_somebodys_address_book(shop):
    ada = User.objects.create_user("ada@example.com", "cupwell-demo")
    address = Warehouse.objects.get(slug="main").address
    ada.addresses.add(address)
    document = "mutation($id: ID!) { accountAddressDelete(id: $id) { errors { field code message } } }"
    [error] = execute_field(document, as_=ada, id=gid(address))["errors"]
    assert (error["field"], error["code"]) == ("id", "INVALID")
    assert "in use by a warehouse" in error["message"]
    assert Address.objects.filter(pk=address.pk).exists()
