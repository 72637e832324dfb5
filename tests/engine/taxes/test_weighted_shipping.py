"""The delivery is taxed at the average rate of the goods where a channel is set so, and by its own class elsewhere."""

from decimal import Decimal

import pytest

from store.engine.channels.models import TaxConfiguration
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError
from store.engine.orders import draft_pricing
from store.engine.taxes import tax_classes
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    """Cups at 30.00 with 10 %, leaflets at 10.00 with 0 %; the country's default rate is 4 %."""
    shop = checkout_flow.create_shop(rate="10")
    shop.variant("CUP", price="30.00")
    leaflet = shop.variant("LEAFLET", price="10.00")
    untaxed = tax_classes.create(name="Untaxed", rates=[("US", 0)])
    leaflet.product.tax_class = untaxed
    leaflet.product.save()
    tax_classes.set_country_rates(country="US", rates=[(None, 4)])
    return shop


def weigh(shop: Shop, weighs: bool = True) -> None:
    configuration = TaxConfiguration.objects.get(channel=shop.channel)
    tax_classes.update_configuration(
        configuration=configuration, changes={"use_weighted_tax_for_shipping": weighs}
    )


def cart(shop: Shop) -> Checkout:
    variants = shop.variants
    return checkout_flow.checkout_ready_to_pay(shop, (variants["CUP"], 1), (variants["LEAFLET"], 1))


def delivery_of(checkout: Checkout) -> tuple[Decimal, Decimal]:
    """The rate in percent and the gross price."""
    quote = LoadedCheckout(Checkout.objects.get(pk=checkout.pk)).quote
    return quote.shipping_rate, quote.shipping.gross.amount


def test_of_a_cart_by_the_net_amounts_of_its_lines(shop: Shop) -> None:
    checkout = cart(shop)
    assert delivery_of(checkout) == (10, Decimal("5.39"))
    weigh(shop)
    assert delivery_of(checkout) == (Decimal("7.5"), Decimal("5.27"))  # 30 of 40 at 10 %


def test_of_a_draft_as_of_a_cart(shop: Shop) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1), (shop.variants["LEAFLET"], 1))
    weigh(shop)
    draft_pricing.reprice(order)
    assert order.shipping_tax_rate == Decimal("0.075")
    assert order.shipping_price_gross_amount == Decimal("5.27")


def test_beside_free_goods_the_countrys_default_rate_counts(shop: Shop) -> None:
    weigh(shop)
    taxes = draft_pricing.taxation(shop.channel)
    assert taxes.shipping_rate(shop.tax_class.pk, [(Decimal(10), Decimal(0))]) == 4
    assert taxes.shipping_rate(shop.tax_class.pk) == 4


def test_only_with_flat_rates(shop: Shop) -> None:
    weigh(shop)
    configuration = TaxConfiguration.objects.get(channel=shop.channel)
    with pytest.raises(OperationError) as refused:
        tax_classes.update_configuration(
            configuration=configuration, changes={"tax_calculation_strategy": "TAX_APP"}
        )
    assert (refused.value.code, refused.value.field) == ("INVALID", "useWeightedTaxForShipping")
    exception = {
        "country_code": "DE",
        "charge_taxes": True,
        "display_gross_prices": True,
        "tax_calculation_strategy": "TAX_APP",
        "use_weighted_tax_for_shipping": True,
    }
    with pytest.raises(OperationError, match="country codes: DE"):
        tax_classes.update_configuration(configuration=configuration, changes={}, countries=[exception])
