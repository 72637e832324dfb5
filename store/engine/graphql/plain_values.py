"""The shapes of the values that resolvers return as plain dicts.

mypy checks that whoever makes such a dict gives all of its keys; the schema isn't built when a field that it serves is
none of them (see `registry.declare_values`).
"""

from datetime import datetime
from typing import Any, TypedDict

from store.engine.channels.models import Channel
from store.engine.graphql.connections import PageInfo as PageInfoRow
from store.engine.graphql.registry import declare_values
from store.engine.money import Money, TaxedMoney, TaxedMoneyRange


class CountryDisplay(TypedDict):
    code: str
    country: str


class LanguageDisplay(TypedDict):
    code: str
    language: str


class Domain(TypedDict):
    host: str
    ssl_enabled: bool
    url: str


class Image(TypedDict):
    url: str
    alt: str | None


class File(TypedDict):
    url: str
    content_type: str | None


class Weight(TypedDict):
    unit: str
    value: float


class MetadataItem(TypedDict):
    key: str
    value: str


class Permission(TypedDict):
    code: str
    name: str


class RequiredSaleorVersion(TypedDict):
    constraint: str
    satisfied: bool


class WebhookEvent(TypedDict):
    name: str
    event_type: str


class ChoiceValue(TypedDict):
    raw: str
    verbose: str


class AddressValidationData(TypedDict):
    country_code: str
    country_name: str
    address_format: str
    address_latin_format: str
    allowed_fields: list[str]
    required_fields: list[str]
    upper_fields: list[str]
    country_area_type: str
    country_area_choices: list[ChoiceValue]
    city_type: str
    city_choices: list[ChoiceValue]
    city_area_type: str
    city_area_choices: list[ChoiceValue]
    postal_code_type: str
    postal_code_matchers: list[str]
    postal_code_examples: list[str]
    postal_code_prefix: str


class AssignedVariantAttribute(TypedDict):
    attribute: Any  # the row
    variant_selection: bool


class TaxClassCountryRate(TypedDict):
    country: CountryDisplay
    rate: float
    tax_class: Any  # the row


class TaxCountryConfiguration(TypedDict):
    country: CountryDisplay
    tax_class_country_rates: list[TaxClassCountryRate]


class TaxConfigurationPerCountry(TypedDict):
    country: CountryDisplay
    charge_taxes: bool
    tax_calculation_strategy: str | None
    display_gross_prices: bool
    tax_app_id: str | None
    use_weighted_tax_for_shipping: bool | None


class GatewayConfigLine(TypedDict):
    field: str
    value: str | None


class PaymentGateway(TypedDict):
    id: str
    name: str
    config: list[GatewayConfigLine]
    currencies: list[str]


class TransactionAction(TypedDict):
    action_type: str
    amount: Any  # a number, as Decimal or as JSON has it
    currency: str


class UnavailableVariant(TypedDict):
    message: str
    code: str
    variant_id: str
    line_id: str


class EventValues(TypedDict, total=False):
    """What `events.payloads` may give of an event."""

    issued_at: datetime
    version: str
    issuing_principal: Any
    recipient: Any
    redirect_url: str
    token: str
    new_email: str
    sent_to_email: str
    channel: Any
    notify_customer: bool
    merchant_reference: str
    data: Any
    amount: Any
    customer_ip_address: str | None
    idempotency_key: str | None
    action: TransactionAction
    source_object: Any
    granted_refund: Any
    order: Any
    warehouse: Any
    category: Any
    shipping_zone: Any


class BulkResult(TypedDict, total=False):
    """What became of one row of a bulk mutation: the row under the name of its kind, or its errors."""

    attribute: Any
    customer: Any
    product: Any
    product_variant: Any
    stock: Any
    translation: Any
    errors: "list[PayloadError] | None"


class PayloadError(TypedDict, total=False):
    """An item of a payload's `errors`: an OperationError with its extras (see `errors.to_payload_error`)."""

    field: str | None
    message: str
    code: str
    index: int
    path: str
    address_type: str
    warehouse: str
    warehouses: list[str]
    order_lines: list[str]
    line_id: str
    lines: list[Any]
    add_lines: list[Any]
    remove_lines: list[Any]
    variants: list[str]
    products: list[str]
    attributes: list[str]
    values: list[str]
    channels: list[str]
    channel_listings: list[str]
    stocks: list[str]
    shipping_zones: list[str]
    country_codes: list[str]
    tax_class_ids: list[str]
    tags: list[str]
    voucher_codes: list[str]
    permissions: list[str]
    groups: list[str]
    users: list[str]


class GiftCardEventBalance(TypedDict):
    initial_balance: Money | None
    current_balance: Money
    old_initial_balance: Money | None
    old_current_balance: Money | None


class TimePeriod(TypedDict):
    amount: int
    type: str


class GiftCardEventAssignment(TypedDict):
    old_assigned_to: Any  # the row, None when nobody or deleted
    current_assigned_to: Any
    old_assigned_to_email: str | None
    current_assigned_to_email: str | None


class MoneyRange(TypedDict):
    start: Money
    stop: Money


class OrderLineDiscount(TypedDict):
    id: str
    type: str
    name: str | None
    translated_name: str | None
    value_type: str
    value: Any  # Decimal
    reason: str | None
    total: Money
    unit: Money


class ReasonSettings(TypedDict):
    reason_reference_type: Any  # PageType, None where a reason is a text only


class OrderEventDiscount(TypedDict):
    value_type: str
    value: Any  # Decimal
    reason: str | None
    amount: Money | None
    old_value_type: str | None
    old_value: Any  # Decimal or None
    old_amount: Money | None


class OrderEventOrderLine(TypedDict):
    quantity: int | None
    order_line: Any  # the row, None when it was deleted
    item_name: str | None
    discount: OrderEventDiscount | None


class PaymentGatewayConfig(TypedDict):
    id: str
    data: Any
    errors: list[PayloadError]


VALUES: dict[str, type] = {
    "Money": Money,
    "TaxedMoney": TaxedMoney,
    "TaxedMoneyRange": TaxedMoneyRange,
    "PageInfo": PageInfoRow,
    "CheckoutSettings": Channel,
    "OrderSettings": Channel,
    "PaymentSettings": Channel,
    "StockSettings": Channel,
    "CountryDisplay": CountryDisplay,
    "LanguageDisplay": LanguageDisplay,
    "Domain": Domain,
    "Image": Image,
    "File": File,
    "Weight": Weight,
    "MetadataItem": MetadataItem,
    "Permission": Permission,
    "UserPermission": Permission,
    "WebhookEventAsync": WebhookEvent,
    "WebhookEventSync": WebhookEvent,
    "ChoiceValue": ChoiceValue,
    "AddressValidationData": AddressValidationData,
    "AssignedVariantAttribute": AssignedVariantAttribute,
    "TaxClassCountryRate": TaxClassCountryRate,
    "TaxCountryConfiguration": TaxCountryConfiguration,
    "TaxConfigurationPerCountry": TaxConfigurationPerCountry,
    "PaymentGatewayConfig": PaymentGatewayConfig,
    "GiftCardEventBalance": GiftCardEventBalance,
    "TimePeriod": TimePeriod,
    "GiftCardEventAssignment": GiftCardEventAssignment,
    "MoneyRange": MoneyRange,
    "OrderLineDiscount": OrderLineDiscount,
    "OrderEventDiscountObject": OrderEventDiscount,
    "RefundSettings": ReasonSettings,
    "ReturnSettings": ReasonSettings,
    "OrderEventOrderLineObject": OrderEventOrderLine,
    "GatewayConfigLine": GatewayConfigLine,
    "PaymentGateway": PaymentGateway,
    "TransactionAction": TransactionAction,
    "TransactionProcessAction": TransactionAction,
    "AppManifestRequiredSaleorVersion": RequiredSaleorVersion,
    "CheckoutCreateFromOrderUnavailableVariant": UnavailableVariant,
}
for _type_name, _class in VALUES.items():
    declare_values(_type_name, _class)
