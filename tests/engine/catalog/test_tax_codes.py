"""`taxCode` and `chargeTaxes`, which older clients and import scripts send."""

import pytest

from store.engine.catalog.models import Product
from store.engine.taxes.models import TaxClass

pytestmark = pytest.mark.django_db(transaction=True)
UPDATE = "product { taxClass { name } }"


@pytest.mark.parametrize(
    ("name", "metadata"), [("P0000000", {}), ("Goods", {"avatax.code": "P0000000"}), ("Goods", {"vatlayer.code": "P0000000"})]
)  # fmt: skip
def test_a_code_names_a_tax_class(merchant_with_shop, name, metadata):
    merchant = merchant_with_shop
    merchant.product("tumbler")
    TaxClass.objects.create(name=name, metadata=metadata)
    given = {"taxCode": "P0000000", "chargeTaxes": True}
    payload = merchant.mutate(
        "productUpdate", UPDATE, id=("ID!", merchant.ids["tumbler"]), input=("ProductInput!", given)
    )
    assert (payload["errors"], payload["product"]["taxClass"]) == ([], {"name": name})


def test_an_unknown_code_is_said_and_changes_nothing(merchant_with_shop):
    merchant = merchant_with_shop
    merchant.product("tumbler")
    before = Product.objects.values_list("tax_class", flat=True).get(slug="tumbler")
    payload = merchant.mutate(
        "productUpdate",
        UPDATE,
        id=("ID!", merchant.ids["tumbler"]),
        input=("ProductInput!", {"taxCode": "X1"}),
    )
    assert [(error["field"], error["code"]) for error in payload["errors"]] == [("taxCode", "NOT_FOUND")]
    assert Product.objects.values_list("tax_class", flat=True).get(slug="tumbler") == before
