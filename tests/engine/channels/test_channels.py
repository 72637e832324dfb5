"""Creating, changing and reading channels through the API."""

from store.engine.channels.models import Channel
from tests.engine.api_client import execute_field
from tests.engine.merchant import Merchant

SETTINGS = """channel { slug isActive currencyCode defaultCountry { code }
  orderSettings { allowUnpaidOrders automaticallyConfirmAllNewOrders markAsPaidStrategy }
  checkoutSettings { useLegacyErrorFlow automaticallyCompleteFullyPaidCheckouts automaticCompletionDelay }
  paymentSettings { defaultTransactionFlowStrategy } stockSettings { allocationStrategy } }"""


def test_a_bare_channel_has_the_defaults_that_saleor_gives(merchant: Merchant) -> None:
    given = {"name": "US", "slug": "us", "currencyCode": "USD", "defaultCountry": "US"}
    created = merchant.mutate("channelCreate", SETTINGS, input=("ChannelCreateInput!", given))["channel"]
    assert created == {
        "slug": "us",
        "isActive": False,
        "currencyCode": "USD",
        "defaultCountry": {"code": "US"},
        "orderSettings": {
            "allowUnpaidOrders": False,
            "automaticallyConfirmAllNewOrders": True,
            "markAsPaidStrategy": "TRANSACTION_FLOW",
        },
        "checkoutSettings": {
            "useLegacyErrorFlow": True,
            "automaticallyCompleteFullyPaidCheckouts": False,
            "automaticCompletionDelay": None,
        },
        "paymentSettings": {"defaultTransactionFlowStrategy": "CHARGE"},
        "stockSettings": {"allocationStrategy": "PRIORITIZE_SORTING_ORDER"},
    }


def test_a_channel_brings_its_tax_configuration(merchant: Merchant) -> None:
    merchant.channel()
    found = merchant.tax_configuration()
    assert found["taxConfiguration"] | {"id": ""} == {
        "id": "",
        "chargeTaxes": True,
        "pricesEnteredWithTax": True,
        "displayGrossPrices": True,
        "taxCalculationStrategy": "FLAT_RATES",
    }


def test_two_channels_cant_share_a_slug(merchant: Merchant) -> None:
    merchant.channel()
    given = {"name": "US", "slug": "us", "currencyCode": "USD", "defaultCountry": "US"}
    refused = merchant.mutate("channelCreate", "channel { id }", input=("ChannelCreateInput!", given))
    assert refused["errors"] == [
        {"field": "slug", "message": "Channel with this Slug already exists.", "code": "UNIQUE"}
    ]
    assert Channel.objects.count() == 1


def test_a_currency_that_nobody_knows_is_taken_as_saleor_takes_it(merchant: Merchant) -> None:
    assert merchant.channel("q", "QQQ")


def test_automatic_completion_is_switched_on_with_its_delay(merchant: Merchant) -> None:
    merchant.channel()
    settings = {"automaticCompletion": {"enabled": True, "delay": 5}}
    changed = merchant.mutate(
        "channelUpdate",
        SETTINGS,
        id=("ID!", merchant.ids["channel us"]),
        input=("ChannelUpdateInput!", {"checkoutSettings": settings}),
    )["channel"]
    assert changed["checkoutSettings"]["automaticallyCompleteFullyPaidCheckouts"] is True
    assert changed["checkoutSettings"]["automaticCompletionDelay"] == 5
    assert Channel.objects.get().automatic_completion_cut_off_date is not None


def test_a_shopper_sees_where_a_channel_ships_to(merchant_with_shop: Merchant) -> None:
    found = execute_field('{ channel(slug: "us") { countries { code country } } }')
    assert found == {"countries": [{"code": "US", "country": "United States"}]}


def test_only_staff_may_list_channels(merchant_with_shop: Merchant) -> None:
    assert merchant_with_shop.execute("{ channels { slug } }") == [{"slug": "us"}]
    assert execute_field('{ channel(slug: "gone") { slug } }') is None
