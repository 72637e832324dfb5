"""The shop's settings, its warehouses and its channels."""

from collections.abc import Iterator
from typing import Any

from store.saleor.client.enums import (
    AllocationStrategyEnum,
    CountryCode,
    MarkAsPaidStrategyEnum,
    TransactionFlowStrategyEnum,
    WeightUnitsEnum,
)
from store.saleor.client.input_types import (
    AddressInput,
    ChannelCreateInput,
    ChannelUpdateInput,
    CheckoutAutoCompleteInput,
    CheckoutSettingsInput,
    OrderSettingsInput,
    PaymentSettingsInput,
    ShopSettingsInput,
    StockSettingsInput,
    WarehouseCreateInput,
    WarehouseUpdateInput,
)
from store.seed.read import Catalogue
from store.seed.read.file_models import Address, Channel, Shop, Warehouse
from store.seed.write.context import Bench

MINUTES_UNTIL_A_PAID_CHECKOUT_COMPLETES_ITSELF = 5


class CurrencyDiffers(Exception):
    def __init__(self, channel: str, *, wanted: str, found: str) -> None:
        super().__init__(
            f"The channel `{channel}` trades in {found}, channels.toml says {wanted}. "
            "A channel's currency cannot be changed: choose another slug, or delete that channel first."
        )
        self.channel, self.wanted, self.found = channel, wanted, found


def write_settings(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    settings = _settings(catalogue.shop)
    bench.once(
        "shop", "settings", settings, lambda: bench.client.shop_settings_update(settings).shop_settings_update
    )
    yield catalogue.shop.name


def _settings(words: Shop) -> ShopSettingsInput:
    return ShopSettingsInput(
        name=words.name,
        description=words.description,
        default_weight_unit=WeightUnitsEnum(words.weight_unit),
        track_inventory_by_default=True,
        limit_quantity_per_checkout=words.limit_quantity_per_checkout,
        fulfillment_auto_approve=True,
        fulfillment_allow_unpaid=False,
        use_legacy_shipping_zone_stock_availability=False,
    )


def write_warehouses(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.warehouses:
        _warehouse(bench, one)
        yield one.name


def _warehouse(bench: Bench, one: Warehouse) -> None:
    client = bench.client
    said: dict[str, Any] = {"name": one.name, "email": one.email, "address": _address(one.address)}
    wanted = WarehouseCreateInput(slug=one.slug, **said)
    bench.keep(
        "warehouse",
        one.slug,
        wanted,
        create=lambda: client.warehouse_create(wanted).create_warehouse,
        update=lambda id_: client.warehouse_update(id_, WarehouseUpdateInput(**said)).update_warehouse,
    )


def _address(one: Address) -> AddressInput:
    return AddressInput(
        company_name=one.company,
        street_address_1=one.street,
        city=one.city,
        country_area=one.area,
        postal_code=one.postal_code,
        country=CountryCode(one.country),
    )


def write_channels(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for one in catalogue.channels:
        _channel(bench, one)
        yield one.name


def _channel(bench: Bench, one: Channel) -> None:
    client = bench.client
    found = bench.ids["currency"].get(one.slug)
    if found and found != one.currency:
        raise CurrencyDiffers(one.slug, wanted=one.currency, found=found)
    said = _channel_settings(bench, one)
    wanted = ChannelCreateInput(slug=one.slug, currency_code=one.currency, **said)

    def create() -> Any:
        payload = client.channel_create(wanted).channel_create
        if payload and payload.channel:
            bench.ids["tax-configuration"][one.slug] = payload.channel.tax_configuration.id
        return payload

    bench.keep(
        "channel",
        one.slug,
        wanted,
        create=create,
        update=lambda id_: client.channel_update(id_, ChannelUpdateInput(**said)).channel_update,
    )


def _channel_settings(bench: Bench, one: Channel) -> dict[str, Any]:
    """Orders are paid before they exist, by transaction; a paid checkout left alone completes itself."""
    return {
        "name": one.name,
        "is_active": True,
        "default_country": CountryCode(one.country),
        "add_warehouses": bench.all_ids("warehouse", one.warehouses),
        "stock_settings": StockSettingsInput(
            allocation_strategy=AllocationStrategyEnum.PRIORITIZE_SORTING_ORDER
        ),
        "order_settings": OrderSettingsInput(
            automatically_confirm_all_new_orders=True,
            allow_unpaid_orders=False,
            mark_as_paid_strategy=MarkAsPaidStrategyEnum.TRANSACTION_FLOW,
        ),
        "checkout_settings": CheckoutSettingsInput(
            use_legacy_error_flow=False,
            automatic_completion=CheckoutAutoCompleteInput(
                enabled=True, delay=MINUTES_UNTIL_A_PAID_CHECKOUT_COMPLETES_ITSELF
            ),
        ),
        "payment_settings": PaymentSettingsInput(
            default_transaction_flow_strategy=TransactionFlowStrategyEnum.CHARGE
        ),
    }
