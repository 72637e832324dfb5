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
from store.seed.read import Catalog
from store.seed.read.file_models import Address, Channel, Shop, Warehouse
from store.seed.write.context import SeedContext

AUTO_COMPLETE_DELAY_MINUTES = 5


class CurrencyDiffers(Exception):
    """The channel exists with another currency, which Saleor can't change."""

    def __init__(self, channel: str, *, create_input: str, found: str) -> None:
        super().__init__(
            f"The channel `{channel}` trades in {found}, channels.toml says {create_input}. "
            "A channel's currency cannot be changed: choose another slug, or delete that channel first."
        )
        self.channel, self.create_input, self.found = channel, create_input, found


def write_settings(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    settings = _settings(catalog.shop)
    context.send_if_changed(
        "shop",
        "settings",
        settings,
        lambda: context.client.shop_settings_update(settings).shop_settings_update,
    )
    yield catalog.shop.name


def _settings(shop: Shop) -> ShopSettingsInput:
    return ShopSettingsInput(
        name=shop.name,
        description=shop.description,
        default_weight_unit=WeightUnitsEnum(shop.weight_unit),
        track_inventory_by_default=True,
        limit_quantity_per_checkout=shop.limit_quantity_per_checkout,
        fulfillment_auto_approve=True,
        fulfillment_allow_unpaid=False,
        use_legacy_shipping_zone_stock_availability=False,
    )


def write_warehouses(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for warehouse in catalog.warehouses:
        _warehouse(context, warehouse)
        yield warehouse.name


def _warehouse(context: SeedContext, warehouse: Warehouse) -> None:
    client = context.client
    fields: dict[str, Any] = {
        "name": warehouse.name,
        "email": warehouse.email,
        "address": _address(warehouse.address),
    }
    create_input = WarehouseCreateInput(slug=warehouse.slug, **fields)
    context.upsert(
        "warehouse",
        warehouse.slug,
        create_input,
        create=lambda: client.warehouse_create(create_input).create_warehouse,
        update=lambda id_: client.warehouse_update(id_, WarehouseUpdateInput(**fields)).update_warehouse,
    )


def _address(address: Address) -> AddressInput:
    return AddressInput(
        company_name=address.company,
        street_address_1=address.street,
        city=address.city,
        country_area=address.area,
        postal_code=address.postal_code,
        country=CountryCode(address.country),
    )


def write_channels(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for channel in catalog.channels:
        _channel(context, channel)
        yield channel.name


def _channel(context: SeedContext, channel: Channel) -> None:
    client = context.client
    found = context.ids["currency"].get(channel.slug)
    if found and found != channel.currency:
        raise CurrencyDiffers(channel.slug, create_input=channel.currency, found=found)
    fields = _channel_settings(context, channel)
    create_input = ChannelCreateInput(slug=channel.slug, currency_code=channel.currency, **fields)

    def create() -> Any:
        payload = client.channel_create(create_input).channel_create
        if payload and payload.channel:
            context.ids["tax-configuration"][channel.slug] = payload.channel.tax_configuration.id
        return payload

    context.upsert(
        "channel",
        channel.slug,
        create_input,
        create=create,
        update=lambda id_: client.channel_update(id_, ChannelUpdateInput(**fields)).channel_update,
    )


def _channel_settings(context: SeedContext, channel: Channel) -> dict[str, Any]:
    """Orders are created from fully paid checkouts only; a paid one that was left is completed automatically."""
    return {
        "name": channel.name,
        "is_active": True,
        "default_country": CountryCode(channel.country),
        "add_warehouses": context.ids_of("warehouse", channel.warehouses),
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
            automatic_completion=CheckoutAutoCompleteInput(enabled=True, delay=AUTO_COMPLETE_DELAY_MINUTES),
        ),
        "payment_settings": PaymentSettingsInput(
            default_transaction_flow_strategy=TransactionFlowStrategyEnum.CHARGE
        ),
    }
