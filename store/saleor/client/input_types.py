from datetime import date, datetime
from decimal import Decimal
from typing import Any, Optional

from pydantic import Field

from .base_model import BaseModel, Upload
from .enums import (
    AllocationStrategyEnum,
    AttributeChoicesSortField,
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    CategorySortField,
    CollectionSortField,
    CountryCode,
    DiscountStatusEnum,
    DiscountValueTypeEnum,
    EventDeliverySortField,
    EventDeliveryStatusEnum,
    GiftCardSortField,
    LanguageCodeEnum,
    MarkAsPaidStrategyEnum,
    MeasurementUnitsEnum,
    OrderChargeStatusEnum,
    OrderDirection,
    OrderSortField,
    OrderStatus,
    OrderStatusFilter,
    PageSortField,
    PermissionEnum,
    PostalCodeRuleInclusionTypeEnum,
    ProductAttributeType,
    ProductOrderField,
    ProductTypeKindEnum,
    ShippingMethodTypeEnum,
    StockAvailability,
    TaxCalculationStrategy,
    TransactionActionEnum,
    TransactionFlowStrategyEnum,
    VoucherSortField,
    VoucherTypeEnum,
    WarehouseClickAndCollectOptionEnum,
    WebhookEventTypeAsyncEnum,
    WebhookEventTypeSyncEnum,
    WeightUnitsEnum,
)


class AccountInput(BaseModel):
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None


class AccountRegisterInput(BaseModel):
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    email: str
    password: str
    redirect_url: Optional[str] = Field(alias="redirectUrl", default=None)
    metadata: Optional[list["MetadataInput"]] = None
    channel: Optional[str] = None


class AddressInput(BaseModel):
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    company_name: Optional[str] = Field(alias="companyName", default=None)
    street_address_1: Optional[str] = Field(alias="streetAddress1", default=None)
    street_address_2: Optional[str] = Field(alias="streetAddress2", default=None)
    city: Optional[str] = None
    city_area: Optional[str] = Field(alias="cityArea", default=None)
    postal_code: Optional[str] = Field(alias="postalCode", default=None)
    country: Optional[CountryCode] = None
    country_area: Optional[str] = Field(alias="countryArea", default=None)
    phone: Optional[str] = None


class AppInput(BaseModel):
    name: Optional[str] = None
    identifier: Optional[str] = None
    permissions: Optional[list[PermissionEnum]] = None


class AppTokenInput(BaseModel):
    name: Optional[str] = None
    app: str


class AssignedAttributeReferenceInput(BaseModel):
    referenced_ids: Optional["ContainsFilterInput"] = Field(
        alias="referencedIds", default=None
    )
    page_slugs: Optional["ContainsFilterInput"] = Field(alias="pageSlugs", default=None)
    product_slugs: Optional["ContainsFilterInput"] = Field(
        alias="productSlugs", default=None
    )
    product_variant_skus: Optional["ContainsFilterInput"] = Field(
        alias="productVariantSkus", default=None
    )


class AssignedAttributeValueInput(BaseModel):
    slug: Optional["StringFilterInput"] = None
    name: Optional["StringFilterInput"] = None
    numeric: Optional["DecimalFilterInput"] = None
    boolean: Optional[bool] = None
    reference: Optional["AssignedAttributeReferenceInput"] = None


class AssignedAttributeWhereInput(BaseModel):
    slug: Optional[str] = None
    value: Optional["AssignedAttributeValueInput"] = None


class AttributeChoicesSortingInput(BaseModel):
    direction: OrderDirection
    field: AttributeChoicesSortField


class AttributeCreateInput(BaseModel):
    input_type: Optional[AttributeInputTypeEnum] = Field(
        alias="inputType", default=None
    )
    entity_type: Optional[AttributeEntityTypeEnum] = Field(
        alias="entityType", default=None
    )
    name: str
    slug: Optional[str] = None
    type_: AttributeTypeEnum = Field(alias="type")
    unit: Optional[MeasurementUnitsEnum] = None
    values: Optional[list["AttributeValueCreateInput"]] = None
    value_required: Optional[bool] = Field(alias="valueRequired", default=None)
    visible_in_storefront: Optional[bool] = Field(
        alias="visibleInStorefront", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    reference_types: Optional[list[str]] = Field(alias="referenceTypes", default=None)


class AttributeInput(BaseModel):
    slug: Optional[str] = None
    value: Optional["AssignedAttributeValueInput"] = None
    values: Optional[list[str]] = None


class AttributeInputTypeEnumFilterInput(BaseModel):
    eq: Optional[AttributeInputTypeEnum] = None


class AttributeTypeEnumFilterInput(BaseModel):
    eq: Optional[AttributeTypeEnum] = None


class AttributeUpdateInput(BaseModel):
    name: Optional[str] = None
    slug: Optional[str] = None
    unit: Optional[MeasurementUnitsEnum] = None
    remove_values: Optional[list[str]] = Field(alias="removeValues", default=None)
    add_values: Optional[list["AttributeValueUpdateInput"]] = Field(
        alias="addValues", default=None
    )
    value_required: Optional[bool] = Field(alias="valueRequired", default=None)
    visible_in_storefront: Optional[bool] = Field(
        alias="visibleInStorefront", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    reference_types: Optional[list[str]] = Field(alias="referenceTypes", default=None)


class AttributeValueCreateInput(BaseModel):
    value: Optional[str] = None
    file_url: Optional[str] = Field(alias="fileUrl", default=None)
    content_type: Optional[str] = Field(alias="contentType", default=None)
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: str


class AttributeValueInput(BaseModel):
    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    values: Optional[list[str]] = None
    dropdown: Optional["AttributeValueSelectableTypeInput"] = None
    swatch: Optional["AttributeValueSelectableTypeInput"] = None
    multiselect: Optional[list["AttributeValueSelectableTypeInput"]] = None
    numeric: Optional[str] = None
    file: Optional[str] = None
    content_type: Optional[str] = Field(alias="contentType", default=None)
    reference: Optional[str] = None
    references: Optional[list[str]] = None
    rich_text: Optional[str] = Field(alias="richText", default=None)
    plain_text: Optional[str] = Field(alias="plainText", default=None)
    boolean: Optional[bool] = None
    date: Optional[date] = None
    date_time: Optional[datetime] = Field(alias="dateTime", default=None)


class AttributeValueSelectableTypeInput(BaseModel):
    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    value: Optional[str] = None


class AttributeValueTranslationInput(BaseModel):
    name: Optional[str] = None
    rich_text: Optional[str] = Field(alias="richText", default=None)
    plain_text: Optional[str] = Field(alias="plainText", default=None)


class AttributeValueUpdateInput(BaseModel):
    value: Optional[str] = None
    name: Optional[str] = None


class AttributeWhereInput(BaseModel):
    ids: Optional[list[str]] = None
    name: Optional["StringFilterInput"] = None
    slug: Optional["StringFilterInput"] = None
    input_type: Optional["AttributeInputTypeEnumFilterInput"] = Field(
        alias="inputType", default=None
    )
    type_: Optional["AttributeTypeEnumFilterInput"] = Field(alias="type", default=None)
    in_collection: Optional[str] = Field(alias="inCollection", default=None)
    in_category: Optional[str] = Field(alias="inCategory", default=None)
    visible_in_storefront: Optional[bool] = Field(
        alias="visibleInStorefront", default=None
    )


class BulkAttributeValueInput(BaseModel):
    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    values: Optional[list[str]] = None
    dropdown: Optional["AttributeValueSelectableTypeInput"] = None
    swatch: Optional["AttributeValueSelectableTypeInput"] = None
    multiselect: Optional[list["AttributeValueSelectableTypeInput"]] = None
    numeric: Optional[str] = None
    file: Optional[str] = None
    reference: Optional[str] = None
    references: Optional[list[str]] = None
    rich_text: Optional[str] = Field(alias="richText", default=None)
    plain_text: Optional[str] = Field(alias="plainText", default=None)
    boolean: Optional[bool] = None
    date: Optional[date] = None
    date_time: Optional[datetime] = Field(alias="dateTime", default=None)


class CatalogueInput(BaseModel):
    products: Optional[list[str]] = None
    categories: Optional[list[str]] = None
    collections: Optional[list[str]] = None
    variants: Optional[list[str]] = None


class CategoryFilterInput(BaseModel):
    search: Optional[str] = None
    ids: Optional[list[str]] = None
    slugs: Optional[list[str]] = None


class CategoryInput(BaseModel):
    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    seo: Optional["SeoInput"] = None
    background_image: Optional[Upload] = Field(alias="backgroundImage", default=None)
    background_image_alt: Optional[str] = Field(
        alias="backgroundImageAlt", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )


class CategorySortingInput(BaseModel):
    direction: OrderDirection
    field: CategorySortField


class ChannelCreateInput(BaseModel):
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    stock_settings: Optional["StockSettingsInput"] = Field(
        alias="stockSettings", default=None
    )
    add_shipping_zones: Optional[list[str]] = Field(
        alias="addShippingZones", default=None
    )
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    order_settings: Optional["OrderSettingsInput"] = Field(
        alias="orderSettings", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    checkout_settings: Optional["CheckoutSettingsInput"] = Field(
        alias="checkoutSettings", default=None
    )
    payment_settings: Optional["PaymentSettingsInput"] = Field(
        alias="paymentSettings", default=None
    )
    name: str
    slug: str
    currency_code: str = Field(alias="currencyCode")
    default_country: CountryCode = Field(alias="defaultCountry")


class ChannelListingUpdateInput(BaseModel):
    channel_listing: str = Field(alias="channelListing")
    price: Optional[Decimal] = None
    cost_price: Optional[Decimal] = Field(alias="costPrice", default=None)
    prior_price: Optional[Decimal] = Field(alias="priorPrice", default=None)


class ChannelUpdateInput(BaseModel):
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    stock_settings: Optional["StockSettingsInput"] = Field(
        alias="stockSettings", default=None
    )
    add_shipping_zones: Optional[list[str]] = Field(
        alias="addShippingZones", default=None
    )
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    order_settings: Optional["OrderSettingsInput"] = Field(
        alias="orderSettings", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    checkout_settings: Optional["CheckoutSettingsInput"] = Field(
        alias="checkoutSettings", default=None
    )
    payment_settings: Optional["PaymentSettingsInput"] = Field(
        alias="paymentSettings", default=None
    )
    name: Optional[str] = None
    slug: Optional[str] = None
    default_country: Optional[CountryCode] = Field(alias="defaultCountry", default=None)
    remove_shipping_zones: Optional[list[str]] = Field(
        alias="removeShippingZones", default=None
    )
    remove_warehouses: Optional[list[str]] = Field(
        alias="removeWarehouses", default=None
    )


class CheckoutAddressValidationRules(BaseModel):
    check_required_fields: Optional[bool] = Field(
        alias="checkRequiredFields", default=True
    )
    check_fields_format: Optional[bool] = Field(alias="checkFieldsFormat", default=True)
    enable_fields_normalization: Optional[bool] = Field(
        alias="enableFieldsNormalization", default=True
    )


class CheckoutAutoCompleteInput(BaseModel):
    enabled: bool
    delay: Optional[int] = None
    cut_off_date: Optional[datetime] = Field(alias="cutOffDate", default=None)


class CheckoutCreateInput(BaseModel):
    channel: Optional[str] = None
    lines: list["CheckoutLineInput"]
    email: Optional[str] = None
    shipping_address: Optional["AddressInput"] = Field(
        alias="shippingAddress", default=None
    )
    billing_address: Optional["AddressInput"] = Field(
        alias="billingAddress", default=None
    )
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    validation_rules: Optional["CheckoutValidationRules"] = Field(
        alias="validationRules", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None


class CheckoutLineInput(BaseModel):
    quantity: int
    variant_id: str = Field(alias="variantId")
    force_new_line: Optional[bool] = Field(alias="forceNewLine", default=False)
    metadata: Optional[list["MetadataInput"]] = None


class CheckoutLineUpdateInput(BaseModel):
    variant_id: Optional[str] = Field(alias="variantId", default=None)
    quantity: Optional[int] = None
    line_id: Optional[str] = Field(alias="lineId", default=None)


class CheckoutSettingsInput(BaseModel):
    use_legacy_error_flow: Optional[bool] = Field(
        alias="useLegacyErrorFlow", default=None
    )
    automatically_complete_fully_paid_checkouts: Optional[bool] = Field(
        alias="automaticallyCompleteFullyPaidCheckouts", default=None
    )
    automatic_completion: Optional["CheckoutAutoCompleteInput"] = Field(
        alias="automaticCompletion", default=None
    )
    allow_legacy_gift_card_use: Optional[bool] = Field(
        alias="allowLegacyGiftCardUse", default=None
    )


class CheckoutValidationRules(BaseModel):
    shipping_address: Optional["CheckoutAddressValidationRules"] = Field(
        alias="shippingAddress", default=None
    )
    billing_address: Optional["CheckoutAddressValidationRules"] = Field(
        alias="billingAddress", default=None
    )


class CollectionChannelListingUpdateInput(BaseModel):
    add_channels: Optional[list["PublishableChannelListingInput"]] = Field(
        alias="addChannels", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class CollectionCreateInput(BaseModel):
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    name: Optional[str] = None
    slug: Optional[str] = None
    description: Optional[str] = None
    background_image: Optional[Upload] = Field(alias="backgroundImage", default=None)
    background_image_alt: Optional[str] = Field(
        alias="backgroundImageAlt", default=None
    )
    seo: Optional["SeoInput"] = None
    metadata: Optional[list["MetadataInput"]] = None
    products: Optional[list[str]] = None


class CollectionFilterInput(BaseModel):
    search: Optional[str] = None
    ids: Optional[list[str]] = None
    slugs: Optional[list[str]] = None


class CollectionInput(BaseModel):
    name: Optional[str] = None
    slug: Optional[str] = None
    description: Optional[str] = None
    background_image: Optional[Upload] = Field(alias="backgroundImage", default=None)
    background_image_alt: Optional[str] = Field(
        alias="backgroundImageAlt", default=None
    )
    seo: Optional["SeoInput"] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )


class CollectionSortingInput(BaseModel):
    direction: OrderDirection
    field: CollectionSortField


class ContainsFilterInput(BaseModel):
    contains_any: Optional[list[str]] = Field(alias="containsAny", default=None)
    contains_all: Optional[list[str]] = Field(alias="containsAll", default=None)


class CountryRateInput(BaseModel):
    country_code: CountryCode = Field(alias="countryCode")
    rate: float


class CountryRateUpdateInput(BaseModel):
    country_code: CountryCode = Field(alias="countryCode")
    rate: Optional[float] = None


class CustomerBulkUpdateInput(BaseModel):
    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    input: "CustomerInput"


class CustomerFilterInput(BaseModel):
    search: Optional[str] = None
    ids: Optional[list[str]] = None


class CustomerInput(BaseModel):
    default_billing_address: Optional["AddressInput"] = Field(
        alias="defaultBillingAddress", default=None
    )
    default_shipping_address: Optional["AddressInput"] = Field(
        alias="defaultShippingAddress", default=None
    )
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    email: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    note: Optional[str] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    is_confirmed: Optional[bool] = Field(alias="isConfirmed", default=None)


class DateRangeInput(BaseModel):
    gte: Optional[date] = None


class DateTimeRangeInput(BaseModel):
    gte: Optional[datetime] = None
    lte: Optional[datetime] = None


class DecimalFilterInput(BaseModel):
    eq: Optional[Decimal] = None
    range_: Optional["DecimalRangeInput"] = Field(alias="range", default=None)


class DecimalRangeInput(BaseModel):
    gte: Optional[Decimal] = None
    lte: Optional[Decimal] = None


class DraftOrderCreateInput(BaseModel):
    billing_address: Optional["AddressInput"] = Field(
        alias="billingAddress", default=None
    )
    save_billing_address: Optional[bool] = Field(
        alias="saveBillingAddress", default=None
    )
    user: Optional[str] = None
    user_email: Optional[str] = Field(alias="userEmail", default=None)
    shipping_address: Optional["AddressInput"] = Field(
        alias="shippingAddress", default=None
    )
    save_shipping_address: Optional[bool] = Field(
        alias="saveShippingAddress", default=None
    )
    shipping_method: Optional[str] = Field(alias="shippingMethod", default=None)
    voucher_code: Optional[str] = Field(alias="voucherCode", default=None)
    customer_note: Optional[str] = Field(alias="customerNote", default=None)
    channel_id: Optional[str] = Field(alias="channelId", default=None)
    redirect_url: Optional[str] = Field(alias="redirectUrl", default=None)
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    lines: Optional[list["OrderLineCreateInput"]] = None


class DraftOrderInput(BaseModel):
    billing_address: Optional["AddressInput"] = Field(
        alias="billingAddress", default=None
    )
    user: Optional[str] = None
    user_email: Optional[str] = Field(alias="userEmail", default=None)
    shipping_address: Optional["AddressInput"] = Field(
        alias="shippingAddress", default=None
    )
    shipping_method: Optional[str] = Field(alias="shippingMethod", default=None)
    voucher_code: Optional[str] = Field(alias="voucherCode", default=None)
    customer_note: Optional[str] = Field(alias="customerNote", default=None)
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )


class EventDeliveryFilterInput(BaseModel):
    status: Optional[EventDeliveryStatusEnum] = None


class EventDeliverySortingInput(BaseModel):
    direction: OrderDirection
    field: EventDeliverySortField


class FulfillmentCancelInput(BaseModel):
    warehouse_id: Optional[str] = Field(alias="warehouseId", default=None)


class FulfillmentFilterInput(BaseModel):
    metadata: Optional["MetadataFilterInput"] = None


class FulfillmentUpdateTrackingInput(BaseModel):
    tracking_number: Optional[str] = Field(alias="trackingNumber", default=None)
    notify_customer: Optional[bool] = Field(alias="notifyCustomer", default=False)


class GiftCardBulkCreateInput(BaseModel):
    count: int
    balance: "PriceInput"
    expiry_date: Optional[date] = Field(alias="expiryDate", default=None)
    is_active: bool = Field(alias="isActive")


class GiftCardCreateInput(BaseModel):
    expiry_date: Optional[date] = Field(alias="expiryDate", default=None)
    metadata: Optional[list["MetadataInput"]] = None
    balance: "PriceInput"
    user_email: Optional[str] = Field(alias="userEmail", default=None)
    channel: Optional[str] = None
    is_active: bool = Field(alias="isActive")
    code: Optional[str] = None
    note: Optional[str] = None


class GiftCardFilterInput(BaseModel):
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    used: Optional[bool] = None
    currency: Optional[str] = None
    code: Optional[str] = None
    created_by_email: Optional[str] = Field(alias="createdByEmail", default=None)


class GiftCardSortingInput(BaseModel):
    direction: OrderDirection
    field: GiftCardSortField


class GiftCardUpdateInput(BaseModel):
    expiry_date: Optional[date] = Field(alias="expiryDate", default=None)
    metadata: Optional[list["MetadataInput"]] = None
    balance_amount: Optional[Decimal] = Field(alias="balanceAmount", default=None)


class GlobalIDFilterInput(BaseModel):
    eq: Optional[str] = None
    one_of: Optional[list[str]] = Field(alias="oneOf", default=None)


class IntFilterInput(BaseModel):
    eq: Optional[int] = None
    one_of: Optional[list[int]] = Field(alias="oneOf", default=None)


class LinesFilterInput(BaseModel):
    metadata: Optional["MetadataFilterInput"] = None


class MediaInput(BaseModel):
    alt: Optional[str] = None
    image: Optional[Upload] = None
    media_url: Optional[str] = Field(alias="mediaUrl", default=None)


class MenuCreateInput(BaseModel):
    name: str
    slug: Optional[str] = None


class MenuItemCreateInput(BaseModel):
    name: str
    url: Optional[str] = None
    category: Optional[str] = None
    collection: Optional[str] = None
    page: Optional[str] = None
    menu: str
    parent: Optional[str] = None


class MetadataFilter(BaseModel):
    key: str
    value: Optional[str] = None


class MetadataFilterInput(BaseModel):
    key: str
    value: Optional["MetadataValueFilterInput"] = None


class MetadataInput(BaseModel):
    key: str
    value: str


class MetadataValueFilterInput(BaseModel):
    eq: Optional[str] = None
    one_of: Optional[list[str]] = Field(alias="oneOf", default=None)


class MoneyInput(BaseModel):
    currency: str
    amount: Decimal


class NameTranslationInput(BaseModel):
    name: Optional[str] = None


class OrderChargeStatusEnumFilterInput(BaseModel):
    eq: Optional[OrderChargeStatusEnum] = None
    one_of: Optional[list[OrderChargeStatusEnum]] = Field(alias="oneOf", default=None)


class OrderFilterInput(BaseModel):
    status: Optional[list[OrderStatusFilter]] = None
    customer: Optional[str] = None
    created: Optional["DateRangeInput"] = None
    numbers: Optional[list[str]] = None


class OrderFulfillInput(BaseModel):
    lines: list["OrderFulfillLineInput"]
    notify_customer: Optional[bool] = Field(alias="notifyCustomer", default=None)
    allow_stock_to_be_exceeded: Optional[bool] = Field(
        alias="allowStockToBeExceeded", default=False
    )
    tracking_number: Optional[str] = Field(alias="trackingNumber", default=None)


class OrderFulfillLineInput(BaseModel):
    order_line_id: Optional[str] = Field(alias="orderLineId", default=None)
    stocks: list["OrderFulfillStockInput"]


class OrderFulfillStockInput(BaseModel):
    quantity: int
    warehouse: str


class OrderGrantRefundCreateInput(BaseModel):
    amount: Optional[Decimal] = None
    reason: Optional[str] = None
    lines: Optional[list["OrderGrantRefundCreateLineInput"]] = None
    grant_refund_for_shipping: Optional[bool] = Field(
        alias="grantRefundForShipping", default=None
    )
    transaction_id: str = Field(alias="transactionId")


class OrderGrantRefundCreateLineInput(BaseModel):
    id: str
    quantity: int
    reason: Optional[str] = None


class OrderLineCreateInput(BaseModel):
    quantity: int
    variant_id: str = Field(alias="variantId")
    force_new_line: Optional[bool] = Field(alias="forceNewLine", default=False)
    price: Optional[Decimal] = None


class OrderLineInput(BaseModel):
    quantity: int


class OrderNoteInput(BaseModel):
    message: str


class OrderReturnFulfillmentLineInput(BaseModel):
    fulfillment_line_id: str = Field(alias="fulfillmentLineId")
    quantity: int
    replace: Optional[bool] = False


class OrderReturnLineInput(BaseModel):
    order_line_id: str = Field(alias="orderLineId")
    quantity: int
    replace: Optional[bool] = False


class OrderReturnProductsInput(BaseModel):
    order_lines: Optional[list["OrderReturnLineInput"]] = Field(
        alias="orderLines", default=None
    )
    fulfillment_lines: Optional[list["OrderReturnFulfillmentLineInput"]] = Field(
        alias="fulfillmentLines", default=None
    )
    include_shipping_costs: Optional[bool] = Field(
        alias="includeShippingCosts", default=False
    )
    refund: Optional[bool] = False
    reason: Optional[str] = None


class OrderSettingsInput(BaseModel):
    automatically_confirm_all_new_orders: Optional[bool] = Field(
        alias="automaticallyConfirmAllNewOrders", default=None
    )
    automatically_fulfill_non_shippable_gift_card: Optional[bool] = Field(
        alias="automaticallyFulfillNonShippableGiftCard", default=None
    )
    expire_orders_after: Optional[int] = Field(alias="expireOrdersAfter", default=None)
    delete_expired_orders_after: Optional[int] = Field(
        alias="deleteExpiredOrdersAfter", default=None
    )
    mark_as_paid_strategy: Optional[MarkAsPaidStrategyEnum] = Field(
        alias="markAsPaidStrategy", default=None
    )
    allow_unpaid_orders: Optional[bool] = Field(alias="allowUnpaidOrders", default=None)


class OrderSortingInput(BaseModel):
    direction: OrderDirection
    field: OrderSortField


class OrderStatusEnumFilterInput(BaseModel):
    eq: Optional[OrderStatus] = None
    one_of: Optional[list[OrderStatus]] = Field(alias="oneOf", default=None)


class OrderUpdateInput(BaseModel):
    user_email: Optional[str] = Field(alias="userEmail", default=None)
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    metadata: Optional[list["MetadataInput"]] = None


class OrderUpdateShippingInput(BaseModel):
    shipping_method: Optional[str] = Field(alias="shippingMethod", default=None)


class OrderWhereInput(BaseModel):
    metadata: Optional["MetadataFilterInput"] = None
    ids: Optional[list[str]] = None
    number: Optional["IntFilterInput"] = None
    created_at: Optional["DateTimeRangeInput"] = Field(alias="createdAt", default=None)
    updated_at: Optional["DateTimeRangeInput"] = Field(alias="updatedAt", default=None)
    user_email: Optional["StringFilterInput"] = Field(alias="userEmail", default=None)
    charge_status: Optional["OrderChargeStatusEnumFilterInput"] = Field(
        alias="chargeStatus", default=None
    )
    status: Optional["OrderStatusEnumFilterInput"] = None
    fulfillments: Optional[list["FulfillmentFilterInput"]] = None
    lines: Optional[list["LinesFilterInput"]] = None
    and_: Optional[list["OrderWhereInput"]] = Field(alias="AND", default=None)
    or_: Optional[list["OrderWhereInput"]] = Field(alias="OR", default=None)


class PageCreateInput(BaseModel):
    slug: Optional[str] = None
    title: Optional[str] = None
    content: Optional[str] = None
    attributes: Optional[list["AttributeValueInput"]] = None
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)
    seo: Optional["SeoInput"] = None
    page_type: str = Field(alias="pageType")


class PageInput(BaseModel):
    slug: Optional[str] = None
    title: Optional[str] = None
    content: Optional[str] = None
    attributes: Optional[list["AttributeValueInput"]] = None
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)
    seo: Optional["SeoInput"] = None


class PageSortingInput(BaseModel):
    direction: OrderDirection
    field: PageSortField


class PageTranslationInput(BaseModel):
    slug: Optional[str] = None
    seo_title: Optional[str] = Field(alias="seoTitle", default=None)
    seo_description: Optional[str] = Field(alias="seoDescription", default=None)
    title: Optional[str] = None
    content: Optional[str] = None


class PageTypeCreateInput(BaseModel):
    name: Optional[str] = None
    slug: Optional[str] = None
    add_attributes: Optional[list[str]] = Field(alias="addAttributes", default=None)


class PageTypeUpdateInput(BaseModel):
    name: Optional[str] = None
    slug: Optional[str] = None
    add_attributes: Optional[list[str]] = Field(alias="addAttributes", default=None)
    remove_attributes: Optional[list[str]] = Field(
        alias="removeAttributes", default=None
    )


class PageWhereInput(BaseModel):
    ids: Optional[list[str]] = None
    slug: Optional["StringFilterInput"] = None
    page_type: Optional["GlobalIDFilterInput"] = Field(alias="pageType", default=None)
    attributes: Optional[list["AssignedAttributeWhereInput"]] = None


class PaymentGatewayToInitialize(BaseModel):
    id: str
    data: Optional[Any] = None


class PaymentInput(BaseModel):
    gateway: str
    token: Optional[str] = None
    amount: Optional[Decimal] = None
    return_url: Optional[str] = Field(alias="returnUrl", default=None)
    metadata: Optional[list["MetadataInput"]] = None


class PaymentSettingsInput(BaseModel):
    default_transaction_flow_strategy: Optional[TransactionFlowStrategyEnum] = Field(
        alias="defaultTransactionFlowStrategy", default=None
    )
    release_funds_for_expired_checkouts: Optional[bool] = Field(
        alias="releaseFundsForExpiredCheckouts", default=None
    )
    checkout_ttl_before_releasing_funds: Optional[int] = Field(
        alias="checkoutTtlBeforeReleasingFunds", default=None
    )


class PermissionGroupCreateInput(BaseModel):
    add_permissions: Optional[list[PermissionEnum]] = Field(
        alias="addPermissions", default=None
    )
    add_users: Optional[list[str]] = Field(alias="addUsers", default=None)
    add_channels: Optional[list[str]] = Field(alias="addChannels", default=None)
    name: str
    restricted_access_to_channels: Optional[bool] = Field(
        alias="restrictedAccessToChannels", default=False
    )


class PriceInput(BaseModel):
    currency: str
    amount: Decimal


class PriceRangeInput(BaseModel):
    gte: Optional[float] = None
    lte: Optional[float] = None


class ProductAttributeAssignInput(BaseModel):
    id: str
    type_: ProductAttributeType = Field(alias="type")
    variant_selection: Optional[bool] = Field(alias="variantSelection", default=None)


class ProductAttributeAssignmentUpdateInput(BaseModel):
    id: str
    variant_selection: bool = Field(alias="variantSelection")


class ProductBulkCreateInput(BaseModel):
    attributes: Optional[list["AttributeValueInput"]] = None
    category: Optional[str] = None
    collections: Optional[list[str]] = None
    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    tax_class: Optional[str] = Field(alias="taxClass", default=None)
    seo: Optional["SeoInput"] = None
    weight: Optional[Decimal] = None
    rating: Optional[float] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    product_type: str = Field(alias="productType")
    media: Optional[list["MediaInput"]] = None
    channel_listings: Optional[list["ProductChannelListingCreateInput"]] = Field(
        alias="channelListings", default=None
    )
    variants: Optional[list["ProductVariantBulkCreateInput"]] = None


class ProductChannelListingAddInput(BaseModel):
    channel_id: str = Field(alias="channelId")
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)
    visible_in_listings: Optional[bool] = Field(alias="visibleInListings", default=None)
    is_available_for_purchase: Optional[bool] = Field(
        alias="isAvailableForPurchase", default=None
    )
    available_for_purchase_at: Optional[datetime] = Field(
        alias="availableForPurchaseAt", default=None
    )
    add_variants: Optional[list[str]] = Field(alias="addVariants", default=None)
    remove_variants: Optional[list[str]] = Field(alias="removeVariants", default=None)


class ProductChannelListingCreateInput(BaseModel):
    channel_id: str = Field(alias="channelId")
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)
    visible_in_listings: Optional[bool] = Field(alias="visibleInListings", default=None)
    is_available_for_purchase: Optional[bool] = Field(
        alias="isAvailableForPurchase", default=None
    )
    available_for_purchase_at: Optional[datetime] = Field(
        alias="availableForPurchaseAt", default=None
    )


class ProductChannelListingUpdateInput(BaseModel):
    update_channels: Optional[list["ProductChannelListingAddInput"]] = Field(
        alias="updateChannels", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class ProductCreateInput(BaseModel):
    attributes: Optional[list["AttributeValueInput"]] = None
    category: Optional[str] = None
    collections: Optional[list[str]] = None
    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    tax_class: Optional[str] = Field(alias="taxClass", default=None)
    seo: Optional["SeoInput"] = None
    weight: Optional[Decimal] = None
    rating: Optional[float] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    product_type: str = Field(alias="productType")


class ProductFilterInput(BaseModel):
    collections: Optional[list[str]] = None
    categories: Optional[list[str]] = None
    attributes: Optional[list["AttributeInput"]] = None
    stock_availability: Optional[StockAvailability] = Field(
        alias="stockAvailability", default=None
    )
    search: Optional[str] = None
    is_available: Optional[bool] = Field(alias="isAvailable", default=None)
    price: Optional["PriceRangeInput"] = None
    minimal_price: Optional["PriceRangeInput"] = Field(
        alias="minimalPrice", default=None
    )
    ids: Optional[list[str]] = None
    slugs: Optional[list[str]] = None


class ProductInput(BaseModel):
    attributes: Optional[list["AttributeValueInput"]] = None
    category: Optional[str] = None
    collections: Optional[list[str]] = None
    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    tax_class: Optional[str] = Field(alias="taxClass", default=None)
    seo: Optional["SeoInput"] = None
    weight: Optional[Decimal] = None
    rating: Optional[float] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)


class ProductMediaCreateInput(BaseModel):
    alt: Optional[str] = None
    image: Optional[Upload] = None
    product: str
    media_url: Optional[str] = Field(alias="mediaUrl", default=None)


class ProductMediaUpdateInput(BaseModel):
    alt: Optional[str] = None


class ProductOrder(BaseModel):
    direction: OrderDirection
    field: Optional[ProductOrderField] = None


class ProductTypeFilterInput(BaseModel):
    search: Optional[str] = None
    slugs: Optional[list[str]] = None


class ProductTypeInput(BaseModel):
    name: Optional[str] = None
    slug: Optional[str] = None
    kind: Optional[ProductTypeKindEnum] = None
    product_attributes: Optional[list[str]] = Field(
        alias="productAttributes", default=None
    )
    variant_attributes: Optional[list[str]] = Field(
        alias="variantAttributes", default=None
    )
    is_shipping_required: Optional[bool] = Field(
        alias="isShippingRequired", default=None
    )
    is_digital: Optional[bool] = Field(alias="isDigital", default=None)
    weight: Optional[Decimal] = None
    tax_class: Optional[str] = Field(alias="taxClass", default=None)


class ProductVariantBulkCreateInput(BaseModel):
    attributes: list["BulkAttributeValueInput"]
    sku: Optional[str] = None
    name: Optional[str] = None
    track_inventory: Optional[bool] = Field(alias="trackInventory", default=None)
    weight: Optional[Decimal] = None
    quantity_limit_per_customer: Optional[int] = Field(
        alias="quantityLimitPerCustomer", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    stocks: Optional[list["StockInput"]] = None
    channel_listings: Optional[list["ProductVariantChannelListingAddInput"]] = Field(
        alias="channelListings", default=None
    )


class ProductVariantBulkUpdateInput(BaseModel):
    attributes: Optional[list["BulkAttributeValueInput"]] = None
    sku: Optional[str] = None
    name: Optional[str] = None
    track_inventory: Optional[bool] = Field(alias="trackInventory", default=None)
    weight: Optional[Decimal] = None
    quantity_limit_per_customer: Optional[int] = Field(
        alias="quantityLimitPerCustomer", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    stocks: Optional["ProductVariantStocksUpdateInput"] = None
    channel_listings: Optional["ProductVariantChannelListingUpdateInput"] = Field(
        alias="channelListings", default=None
    )
    id: str


class ProductVariantChannelListingAddInput(BaseModel):
    channel_id: str = Field(alias="channelId")
    price: Decimal
    cost_price: Optional[Decimal] = Field(alias="costPrice", default=None)
    prior_price: Optional[Decimal] = Field(alias="priorPrice", default=None)


class ProductVariantChannelListingUpdateInput(BaseModel):
    create: Optional[list["ProductVariantChannelListingAddInput"]] = None
    update: Optional[list["ChannelListingUpdateInput"]] = None
    remove: Optional[list[str]] = None


class ProductVariantCreateInput(BaseModel):
    attributes: list["AttributeValueInput"]
    sku: Optional[str] = None
    name: Optional[str] = None
    track_inventory: Optional[bool] = Field(alias="trackInventory", default=None)
    weight: Optional[Decimal] = None
    quantity_limit_per_customer: Optional[int] = Field(
        alias="quantityLimitPerCustomer", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    product: str
    stocks: Optional[list["StockInput"]] = None


class ProductVariantInput(BaseModel):
    attributes: Optional[list["AttributeValueInput"]] = None
    sku: Optional[str] = None
    name: Optional[str] = None
    track_inventory: Optional[bool] = Field(alias="trackInventory", default=None)
    weight: Optional[Decimal] = None
    quantity_limit_per_customer: Optional[int] = Field(
        alias="quantityLimitPerCustomer", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)


class ProductVariantStocksUpdateInput(BaseModel):
    create: Optional[list["StockInput"]] = None
    update: Optional[list["StockUpdateInput"]] = None
    remove: Optional[list[str]] = None


class ProductVariantWhereInput(BaseModel):
    sku: Optional["StringFilterInput"] = None


class ProductWhereInput(BaseModel):
    metadata: Optional[list["MetadataFilter"]] = None
    ids: Optional[list[str]] = None
    slug: Optional["StringFilterInput"] = None
    product_type: Optional["GlobalIDFilterInput"] = Field(
        alias="productType", default=None
    )
    category: Optional["GlobalIDFilterInput"] = None
    collection: Optional["GlobalIDFilterInput"] = None
    is_available: Optional[bool] = Field(alias="isAvailable", default=None)
    price: Optional["DecimalFilterInput"] = None
    minimal_price: Optional["DecimalFilterInput"] = Field(
        alias="minimalPrice", default=None
    )
    attributes: Optional[list["AttributeInput"]] = None
    stock_availability: Optional[StockAvailability] = Field(
        alias="stockAvailability", default=None
    )
    and_: Optional[list["ProductWhereInput"]] = Field(alias="AND", default=None)
    or_: Optional[list["ProductWhereInput"]] = Field(alias="OR", default=None)


class PublishableChannelListingInput(BaseModel):
    channel_id: str = Field(alias="channelId")
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)


class SeoInput(BaseModel):
    title: Optional[str] = None
    description: Optional[str] = None


class ShippingMethodChannelListingAddInput(BaseModel):
    channel_id: str = Field(alias="channelId")
    price: Optional[Decimal] = None
    minimum_order_price: Optional[Decimal] = Field(
        alias="minimumOrderPrice", default=None
    )
    maximum_order_price: Optional[Decimal] = Field(
        alias="maximumOrderPrice", default=None
    )


class ShippingMethodChannelListingInput(BaseModel):
    add_channels: Optional[list["ShippingMethodChannelListingAddInput"]] = Field(
        alias="addChannels", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class ShippingPostalCodeRulesCreateInputRange(BaseModel):
    start: str
    end: Optional[str] = None


class ShippingPriceInput(BaseModel):
    name: Optional[str] = None
    description: Optional[str] = None
    minimum_order_weight: Optional[Decimal] = Field(
        alias="minimumOrderWeight", default=None
    )
    maximum_order_weight: Optional[Decimal] = Field(
        alias="maximumOrderWeight", default=None
    )
    maximum_delivery_days: Optional[int] = Field(
        alias="maximumDeliveryDays", default=None
    )
    minimum_delivery_days: Optional[int] = Field(
        alias="minimumDeliveryDays", default=None
    )
    type_: Optional[ShippingMethodTypeEnum] = Field(alias="type", default=None)
    shipping_zone: Optional[str] = Field(alias="shippingZone", default=None)
    add_postal_code_rules: Optional[list["ShippingPostalCodeRulesCreateInputRange"]] = (
        Field(alias="addPostalCodeRules", default=None)
    )
    delete_postal_code_rules: Optional[list[str]] = Field(
        alias="deletePostalCodeRules", default=None
    )
    inclusion_type: Optional[PostalCodeRuleInclusionTypeEnum] = Field(
        alias="inclusionType", default=None
    )
    tax_class: Optional[str] = Field(alias="taxClass", default=None)


class ShippingPriceTranslationInput(BaseModel):
    name: Optional[str] = None
    description: Optional[str] = None


class ShippingZoneCreateInput(BaseModel):
    name: Optional[str] = None
    description: Optional[str] = None
    countries: Optional[list[str]] = None
    default: Optional[bool] = None
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    add_channels: Optional[list[str]] = Field(alias="addChannels", default=None)


class ShippingZoneUpdateInput(BaseModel):
    name: Optional[str] = None
    description: Optional[str] = None
    countries: Optional[list[str]] = None
    default: Optional[bool] = None
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    add_channels: Optional[list[str]] = Field(alias="addChannels", default=None)
    remove_warehouses: Optional[list[str]] = Field(
        alias="removeWarehouses", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class ShopSettingsInput(BaseModel):
    name: Optional[str] = None
    description: Optional[str] = None
    track_inventory_by_default: Optional[bool] = Field(
        alias="trackInventoryByDefault", default=None
    )
    default_weight_unit: Optional[WeightUnitsEnum] = Field(
        alias="defaultWeightUnit", default=None
    )
    fulfillment_auto_approve: Optional[bool] = Field(
        alias="fulfillmentAutoApprove", default=None
    )
    fulfillment_allow_unpaid: Optional[bool] = Field(
        alias="fulfillmentAllowUnpaid", default=None
    )
    default_mail_sender_name: Optional[str] = Field(
        alias="defaultMailSenderName", default=None
    )
    default_mail_sender_address: Optional[str] = Field(
        alias="defaultMailSenderAddress", default=None
    )
    customer_set_password_url: Optional[str] = Field(
        alias="customerSetPasswordUrl", default=None
    )
    reserve_stock_duration_anonymous_user: Optional[int] = Field(
        alias="reserveStockDurationAnonymousUser", default=None
    )
    reserve_stock_duration_authenticated_user: Optional[int] = Field(
        alias="reserveStockDurationAuthenticatedUser", default=None
    )
    limit_quantity_per_checkout: Optional[int] = Field(
        alias="limitQuantityPerCheckout", default=None
    )
    enable_account_confirmation_by_email: Optional[bool] = Field(
        alias="enableAccountConfirmationByEmail", default=None
    )
    allow_login_without_confirmation: Optional[bool] = Field(
        alias="allowLoginWithoutConfirmation", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    use_legacy_shipping_zone_stock_availability: Optional[bool] = Field(
        alias="useLegacyShippingZoneStockAvailability", default=None
    )


class StaffCreateInput(BaseModel):
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    email: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    note: Optional[str] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    add_groups: Optional[list[str]] = Field(alias="addGroups", default=None)
    redirect_url: Optional[str] = Field(alias="redirectUrl", default=None)


class StaffUpdateInput(BaseModel):
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    email: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    note: Optional[str] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    add_groups: Optional[list[str]] = Field(alias="addGroups", default=None)
    remove_groups: Optional[list[str]] = Field(alias="removeGroups", default=None)


class StockBulkUpdateInput(BaseModel):
    variant_id: Optional[str] = Field(alias="variantId", default=None)
    variant_external_reference: Optional[str] = Field(
        alias="variantExternalReference", default=None
    )
    warehouse_id: Optional[str] = Field(alias="warehouseId", default=None)
    warehouse_external_reference: Optional[str] = Field(
        alias="warehouseExternalReference", default=None
    )
    quantity: int


class StockFilterInput(BaseModel):
    quantity: Optional[float] = None
    search: Optional[str] = None


class StockInput(BaseModel):
    warehouse: str
    quantity: int


class StockSettingsInput(BaseModel):
    allocation_strategy: AllocationStrategyEnum = Field(alias="allocationStrategy")


class StockUpdateInput(BaseModel):
    stock: str
    quantity: int


class StringFilterInput(BaseModel):
    eq: Optional[str] = None
    one_of: Optional[list[str]] = Field(alias="oneOf", default=None)


class TaxClassCreateInput(BaseModel):
    name: str
    create_country_rates: Optional[list["CountryRateInput"]] = Field(
        alias="createCountryRates", default=None
    )


class TaxClassRateInput(BaseModel):
    tax_class_id: Optional[str] = Field(alias="taxClassId", default=None)
    rate: Optional[float] = None


class TaxClassUpdateInput(BaseModel):
    name: Optional[str] = None
    update_country_rates: Optional[list["CountryRateUpdateInput"]] = Field(
        alias="updateCountryRates", default=None
    )
    remove_country_rates: Optional[list[CountryCode]] = Field(
        alias="removeCountryRates", default=None
    )


class TaxConfigurationFilterInput(BaseModel):
    ids: Optional[list[str]] = None


class TaxConfigurationPerCountryInput(BaseModel):
    country_code: CountryCode = Field(alias="countryCode")
    charge_taxes: bool = Field(alias="chargeTaxes")
    tax_calculation_strategy: Optional[TaxCalculationStrategy] = Field(
        alias="taxCalculationStrategy", default=None
    )
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    tax_app_id: Optional[str] = Field(alias="taxAppId", default=None)


class TaxConfigurationUpdateInput(BaseModel):
    charge_taxes: Optional[bool] = Field(alias="chargeTaxes", default=None)
    tax_calculation_strategy: Optional[TaxCalculationStrategy] = Field(
        alias="taxCalculationStrategy", default=None
    )
    display_gross_prices: Optional[bool] = Field(
        alias="displayGrossPrices", default=None
    )
    prices_entered_with_tax: Optional[bool] = Field(
        alias="pricesEnteredWithTax", default=None
    )
    update_countries_configuration: Optional[
        list["TaxConfigurationPerCountryInput"]
    ] = Field(alias="updateCountriesConfiguration", default=None)
    remove_countries_configuration: Optional[list[CountryCode]] = Field(
        alias="removeCountriesConfiguration", default=None
    )
    tax_app_id: Optional[str] = Field(alias="taxAppId", default=None)


class TransactionCreateInput(BaseModel):
    name: Optional[str] = None
    message: Optional[str] = None
    psp_reference: Optional[str] = Field(alias="pspReference", default=None)
    available_actions: Optional[list[TransactionActionEnum]] = Field(
        alias="availableActions", default=None
    )
    amount_authorized: Optional["MoneyInput"] = Field(
        alias="amountAuthorized", default=None
    )
    amount_charged: Optional["MoneyInput"] = Field(alias="amountCharged", default=None)
    external_url: Optional[str] = Field(alias="externalUrl", default=None)


class TransactionEventInput(BaseModel):
    psp_reference: Optional[str] = Field(alias="pspReference", default=None)
    message: Optional[str] = None


class TranslationInput(BaseModel):
    slug: Optional[str] = None
    seo_title: Optional[str] = Field(alias="seoTitle", default=None)
    seo_description: Optional[str] = Field(alias="seoDescription", default=None)
    name: Optional[str] = None
    description: Optional[str] = None


class UserCreateInput(BaseModel):
    default_billing_address: Optional["AddressInput"] = Field(
        alias="defaultBillingAddress", default=None
    )
    default_shipping_address: Optional["AddressInput"] = Field(
        alias="defaultShippingAddress", default=None
    )
    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    email: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    note: Optional[str] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    is_confirmed: Optional[bool] = Field(alias="isConfirmed", default=None)
    redirect_url: Optional[str] = Field(alias="redirectUrl", default=None)
    channel: Optional[str] = None


class VoucherChannelListingAddInput(BaseModel):
    channel_id: str = Field(alias="channelId")
    discount_value: Optional[Decimal] = Field(alias="discountValue", default=None)
    min_amount_spent: Optional[Decimal] = Field(alias="minAmountSpent", default=None)


class VoucherChannelListingInput(BaseModel):
    add_channels: Optional[list["VoucherChannelListingAddInput"]] = Field(
        alias="addChannels", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class VoucherFilterInput(BaseModel):
    status: Optional[list[DiscountStatusEnum]] = None
    search: Optional[str] = None


class VoucherInput(BaseModel):
    type_: Optional[VoucherTypeEnum] = Field(alias="type", default=None)
    name: Optional[str] = None
    code: Optional[str] = None
    add_codes: Optional[list[str]] = Field(alias="addCodes", default=None)
    start_date: Optional[datetime] = Field(alias="startDate", default=None)
    end_date: Optional[datetime] = Field(alias="endDate", default=None)
    discount_value_type: Optional[DiscountValueTypeEnum] = Field(
        alias="discountValueType", default=None
    )
    products: Optional[list[str]] = None
    variants: Optional[list[str]] = None
    collections: Optional[list[str]] = None
    categories: Optional[list[str]] = None
    min_checkout_items_quantity: Optional[int] = Field(
        alias="minCheckoutItemsQuantity", default=None
    )
    countries: Optional[list[str]] = None
    apply_once_per_order: Optional[bool] = Field(
        alias="applyOncePerOrder", default=None
    )
    apply_once_per_customer: Optional[bool] = Field(
        alias="applyOncePerCustomer", default=None
    )
    only_for_staff: Optional[bool] = Field(alias="onlyForStaff", default=None)
    single_use: Optional[bool] = Field(alias="singleUse", default=None)
    usage_limit: Optional[int] = Field(alias="usageLimit", default=None)


class VoucherSortingInput(BaseModel):
    direction: OrderDirection
    field: VoucherSortField


class WarehouseCreateInput(BaseModel):
    slug: Optional[str] = None
    email: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: str
    address: "AddressInput"
    shipping_zones: Optional[list[str]] = Field(alias="shippingZones", default=None)


class WarehouseFilterInput(BaseModel):
    search: Optional[str] = None
    ids: Optional[list[str]] = None
    slugs: Optional[list[str]] = None


class WarehouseUpdateInput(BaseModel):
    slug: Optional[str] = None
    email: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: Optional[str] = None
    address: Optional["AddressInput"] = None
    click_and_collect_option: Optional[WarehouseClickAndCollectOptionEnum] = Field(
        alias="clickAndCollectOption", default=None
    )
    is_private: Optional[bool] = Field(alias="isPrivate", default=None)


class WebhookCreateInput(BaseModel):
    name: Optional[str] = None
    identifier: Optional[str] = None
    target_url: Optional[str] = Field(alias="targetUrl", default=None)
    async_events: Optional[list[WebhookEventTypeAsyncEnum]] = Field(
        alias="asyncEvents", default=None
    )
    sync_events: Optional[list[WebhookEventTypeSyncEnum]] = Field(
        alias="syncEvents", default=None
    )
    app: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    secret_key: Optional[str] = Field(alias="secretKey", default=None)
    query: Optional[str] = None
    custom_headers: Optional[str] = Field(alias="customHeaders", default=None)


class WebhookUpdateInput(BaseModel):
    name: Optional[str] = None
    identifier: Optional[str] = None
    target_url: Optional[str] = Field(alias="targetUrl", default=None)
    async_events: Optional[list[WebhookEventTypeAsyncEnum]] = Field(
        alias="asyncEvents", default=None
    )
    sync_events: Optional[list[WebhookEventTypeSyncEnum]] = Field(
        alias="syncEvents", default=None
    )
    app: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    secret_key: Optional[str] = Field(alias="secretKey", default=None)
    query: Optional[str] = None
    custom_headers: Optional[str] = Field(alias="customHeaders", default=None)


AccountInput.model_rebuild()
AccountRegisterInput.model_rebuild()
AssignedAttributeReferenceInput.model_rebuild()
AssignedAttributeValueInput.model_rebuild()
AssignedAttributeWhereInput.model_rebuild()
AttributeCreateInput.model_rebuild()
AttributeInput.model_rebuild()
AttributeUpdateInput.model_rebuild()
AttributeValueInput.model_rebuild()
AttributeWhereInput.model_rebuild()
BulkAttributeValueInput.model_rebuild()
CategoryInput.model_rebuild()
ChannelCreateInput.model_rebuild()
ChannelUpdateInput.model_rebuild()
CheckoutCreateInput.model_rebuild()
CheckoutLineInput.model_rebuild()
CheckoutSettingsInput.model_rebuild()
CheckoutValidationRules.model_rebuild()
CollectionChannelListingUpdateInput.model_rebuild()
CollectionCreateInput.model_rebuild()
CollectionInput.model_rebuild()
CustomerBulkUpdateInput.model_rebuild()
CustomerInput.model_rebuild()
DecimalFilterInput.model_rebuild()
DraftOrderCreateInput.model_rebuild()
DraftOrderInput.model_rebuild()
FulfillmentFilterInput.model_rebuild()
GiftCardBulkCreateInput.model_rebuild()
GiftCardCreateInput.model_rebuild()
GiftCardUpdateInput.model_rebuild()
LinesFilterInput.model_rebuild()
MetadataFilterInput.model_rebuild()
OrderFilterInput.model_rebuild()
OrderFulfillInput.model_rebuild()
OrderFulfillLineInput.model_rebuild()
OrderGrantRefundCreateInput.model_rebuild()
OrderReturnProductsInput.model_rebuild()
OrderUpdateInput.model_rebuild()
OrderWhereInput.model_rebuild()
PageCreateInput.model_rebuild()
PageInput.model_rebuild()
PageWhereInput.model_rebuild()
PaymentInput.model_rebuild()
ProductBulkCreateInput.model_rebuild()
ProductChannelListingUpdateInput.model_rebuild()
ProductCreateInput.model_rebuild()
ProductFilterInput.model_rebuild()
ProductInput.model_rebuild()
ProductVariantBulkCreateInput.model_rebuild()
ProductVariantBulkUpdateInput.model_rebuild()
ProductVariantChannelListingUpdateInput.model_rebuild()
ProductVariantCreateInput.model_rebuild()
ProductVariantInput.model_rebuild()
ProductVariantStocksUpdateInput.model_rebuild()
ProductVariantWhereInput.model_rebuild()
ProductWhereInput.model_rebuild()
ShippingMethodChannelListingInput.model_rebuild()
ShippingPriceInput.model_rebuild()
ShopSettingsInput.model_rebuild()
StaffCreateInput.model_rebuild()
StaffUpdateInput.model_rebuild()
TaxClassCreateInput.model_rebuild()
TaxClassUpdateInput.model_rebuild()
TaxConfigurationUpdateInput.model_rebuild()
TransactionCreateInput.model_rebuild()
UserCreateInput.model_rebuild()
VoucherChannelListingInput.model_rebuild()
WarehouseCreateInput.model_rebuild()
WarehouseUpdateInput.model_rebuild()
