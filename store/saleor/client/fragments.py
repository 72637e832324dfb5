from datetime import datetime
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    CheckoutAuthorizeStatusEnum,
    FulfillmentStatus,
    LanguageCodeEnum,
    MeasurementUnitsEnum,
    OrderDiscountType,
    OrderStatus,
    PermissionEnum,
    ProductMediaType,
    WebhookEventTypeAsyncEnum,
)


class AddressBlock(BaseModel):
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    company_name: str = Field(alias="companyName")
    street_address_1: str = Field(alias="streetAddress1")
    street_address_2: str = Field(alias="streetAddress2")
    city: str
    city_area: str = Field(alias="cityArea")
    postal_code: str = Field(alias="postalCode")
    country_area: str = Field(alias="countryArea")
    country: "AddressBlockCountry"
    phone: Optional[str]


class AddressBlockCountry(BaseModel):
    code: str
    country: str


class CategoryName(BaseModel):
    slug: str
    name: str
    translation: Optional["CategoryNameTranslation"]


class CategoryNameTranslation(BaseModel):
    name: Optional[str]


class CategoryTile(BaseModel):
    slug: str
    name: str
    translation: Optional["CategoryTileTranslation"]
    products: Optional["CategoryTileProducts"]


class CategoryTileTranslation(BaseModel):
    name: Optional[str]


class CategoryTileProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    edges: list["CategoryTileProductsEdges"]


class CategoryTileProductsEdges(BaseModel):
    node: "CategoryTileProductsEdgesNode"


class CategoryTileProductsEdgesNode(BaseModel):
    thumbnail: Optional["CategoryTileProductsEdgesNodeThumbnail"]


class CategoryTileProductsEdgesNodeThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class TaxedAmounts(BaseModel):
    gross: "TaxedAmountsGross"
    net: "TaxedAmountsNet"


class TaxedAmountsGross(BaseModel):
    amount: float
    currency: str


class TaxedAmountsNet(BaseModel):
    amount: float
    currency: str


class CheckoutLineMoney(BaseModel):
    id: str
    total_price: "CheckoutLineMoneyTotalPrice" = Field(alias="totalPrice")
    undiscounted_total_price: "CheckoutLineMoneyUndiscountedTotalPrice" = Field(
        alias="undiscountedTotalPrice"
    )


class CheckoutLineMoneyTotalPrice(TaxedAmounts):
    pass


class CheckoutLineMoneyUndiscountedTotalPrice(BaseModel):
    amount: float


class CheckoutMoney(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    is_shipping_required: bool = Field(alias="isShippingRequired")
    voucher_code: Optional[str] = Field(alias="voucherCode")
    discount: Optional["CheckoutMoneyDiscount"]
    gift_cards: list["CheckoutMoneyGiftCards"] = Field(alias="giftCards")
    subtotal_price: "CheckoutMoneySubtotalPrice" = Field(alias="subtotalPrice")
    shipping_price: "CheckoutMoneyShippingPrice" = Field(alias="shippingPrice")
    total_price: "CheckoutMoneyTotalPrice" = Field(alias="totalPrice")
    delivery: Optional["CheckoutMoneyDelivery"]


class CheckoutMoneyDiscount(BaseModel):
    amount: float


class CheckoutMoneyGiftCards(BaseModel):
    last_4_code_chars: str = Field(alias="last4CodeChars")
    current_balance: "CheckoutMoneyGiftCardsCurrentBalance" = Field(
        alias="currentBalance"
    )


class CheckoutMoneyGiftCardsCurrentBalance(BaseModel):
    amount: float


class CheckoutMoneySubtotalPrice(TaxedAmounts):
    pass


class CheckoutMoneyShippingPrice(TaxedAmounts):
    pass


class CheckoutMoneyTotalPrice(TaxedAmounts):
    pass


class CheckoutMoneyDelivery(BaseModel):
    id: str
    shipping_method: Optional["CheckoutMoneyDeliveryShippingMethod"] = Field(
        alias="shippingMethod"
    )


class CheckoutMoneyDeliveryShippingMethod(BaseModel):
    name: str
    translation: Optional["CheckoutMoneyDeliveryShippingMethodTranslation"]
    price: "CheckoutMoneyDeliveryShippingMethodPrice"


class CheckoutMoneyDeliveryShippingMethodTranslation(BaseModel):
    name: Optional[str]


class CheckoutMoneyDeliveryShippingMethodPrice(BaseModel):
    amount: float


class CheckoutLines(CheckoutMoney):
    id: str
    quantity: int
    stock_reservation_expires: Optional[datetime] = Field(
        alias="stockReservationExpires"
    )
    language_code: LanguageCodeEnum = Field(alias="languageCode")
    given_back: Optional[str] = Field(alias="givenBack")
    channel: "CheckoutLinesChannel"
    cards: list["CheckoutLinesCards"]
    lines: list["CheckoutLinesLines"]
    problems: Optional[
        list[
            Annotated[
                Union[
                    "CheckoutLinesProblemsCheckoutProblemDeliveryMethodStale",
                    "CheckoutLinesProblemsCheckoutProblemDeliveryMethodInvalid",
                    "CheckoutLinesProblemsCheckoutLineProblemInsufficientStock",
                    "CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailable",
                ],
                Field(discriminator="typename__"),
            ]
        ]
    ]


class CheckoutLinesChannel(BaseModel):
    slug: str


class CheckoutLinesCards(BaseModel):
    id: str
    last_4_code_chars: str = Field(alias="last4CodeChars")


class CheckoutLinesLines(CheckoutLineMoney):
    quantity: int
    variant: "CheckoutLinesLinesVariant"


class CheckoutLinesLinesVariant(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    translation: Optional["CheckoutLinesLinesVariantTranslation"]
    quantity_available: Optional[int] = Field(alias="quantityAvailable")
    quantity_limit_per_customer: Optional[int] = Field(alias="quantityLimitPerCustomer")
    media: Optional[list["CheckoutLinesLinesVariantMedia"]]
    product: "CheckoutLinesLinesVariantProduct"


class CheckoutLinesLinesVariantTranslation(BaseModel):
    name: str


class CheckoutLinesLinesVariantMedia(BaseModel):
    url: str
    alt: str
    type_: ProductMediaType = Field(alias="type")


class CheckoutLinesLinesVariantProduct(BaseModel):
    slug: str
    name: str
    translation: Optional["CheckoutLinesLinesVariantProductTranslation"]
    thumbnail: Optional["CheckoutLinesLinesVariantProductThumbnail"]
    insert: Optional[
        Annotated[
            Union[
                "CheckoutLinesLinesVariantProductInsertAssignedAttribute",
                "CheckoutLinesLinesVariantProductInsertAssignedSinglePageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


class CheckoutLinesLinesVariantProductTranslation(BaseModel):
    name: Optional[str]


class CheckoutLinesLinesVariantProductThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class CheckoutLinesLinesVariantProductInsertAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class CheckoutLinesLinesVariantProductInsertAssignedSinglePageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    value: Optional[
        "CheckoutLinesLinesVariantProductInsertAssignedSinglePageReferenceAttributeValue"
    ]


class CheckoutLinesLinesVariantProductInsertAssignedSinglePageReferenceAttributeValue(
    BaseModel
):
    slug: str


class CheckoutLinesProblemsCheckoutProblemDeliveryMethodStale(BaseModel):
    typename__: Literal["CheckoutProblemDeliveryMethodStale"] = Field(
        alias="__typename"
    )


class CheckoutLinesProblemsCheckoutProblemDeliveryMethodInvalid(BaseModel):
    typename__: Literal["CheckoutProblemDeliveryMethodInvalid"] = Field(
        alias="__typename"
    )


class CheckoutLinesProblemsCheckoutLineProblemInsufficientStock(BaseModel):
    typename__: Literal["CheckoutLineProblemInsufficientStock"] = Field(
        alias="__typename"
    )
    available_quantity: Optional[int] = Field(alias="availableQuantity")
    line: "CheckoutLinesProblemsCheckoutLineProblemInsufficientStockLine"


class CheckoutLinesProblemsCheckoutLineProblemInsufficientStockLine(BaseModel):
    id: str


class CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailable(BaseModel):
    typename__: Literal["CheckoutLineProblemVariantNotAvailable"] = Field(
        alias="__typename"
    )
    line: "CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailableLine"


class CheckoutLinesProblemsCheckoutLineProblemVariantNotAvailableLine(BaseModel):
    id: str


class CheckoutTotals(BaseModel):
    email: Optional[str]
    shipping_address: Optional["CheckoutTotalsShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["CheckoutTotalsBillingAddress"] = Field(
        alias="billingAddress"
    )
    authorize_status: CheckoutAuthorizeStatusEnum = Field(alias="authorizeStatus")
    total_balance: "CheckoutTotalsTotalBalance" = Field(alias="totalBalance")


class CheckoutTotalsShippingAddress(AddressBlock):
    pass


class CheckoutTotalsBillingAddress(AddressBlock):
    pass


class CheckoutTotalsTotalBalance(BaseModel):
    amount: float
    currency: str


class ConnectedApp(BaseModel):
    id: str
    name: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")
    permissions: Optional[list["ConnectedAppPermissions"]]
    webhooks: Optional[list["ConnectedAppWebhooks"]]


class ConnectedAppPermissions(BaseModel):
    code: PermissionEnum


class ConnectedAppWebhooks(BaseModel):
    id: str
    name: Optional[str]
    target_url: str = Field(alias="targetUrl")
    is_active: bool = Field(alias="isActive")
    subscription_query: Optional[str] = Field(alias="subscriptionQuery")
    async_events: list["ConnectedAppWebhooksAsyncEvents"] = Field(alias="asyncEvents")


class ConnectedAppWebhooksAsyncEvents(BaseModel):
    event_type: WebhookEventTypeAsyncEnum = Field(alias="eventType")


class DeliveryOffer(BaseModel):
    id: str
    name: str
    translation: Optional["DeliveryOfferTranslation"]
    minimum_delivery_days: Optional[int] = Field(alias="minimumDeliveryDays")
    maximum_delivery_days: Optional[int] = Field(alias="maximumDeliveryDays")
    minimum_order_price: Optional["DeliveryOfferMinimumOrderPrice"] = Field(
        alias="minimumOrderPrice"
    )
    maximum_order_price: Optional["DeliveryOfferMaximumOrderPrice"] = Field(
        alias="maximumOrderPrice"
    )
    price: "DeliveryOfferPrice"


class DeliveryOfferTranslation(BaseModel):
    name: Optional[str]


class DeliveryOfferMinimumOrderPrice(BaseModel):
    amount: float
    currency: str


class DeliveryOfferMaximumOrderPrice(BaseModel):
    amount: float
    currency: str


class DeliveryOfferPrice(BaseModel):
    amount: float
    currency: str


class FulfillmentProgress(BaseModel):
    status: FulfillmentStatus
    created: datetime
    tracking_number: str = Field(alias="trackingNumber")
    delivered_at: Optional[str] = Field(alias="deliveredAt")
    shipped_at: Optional[str] = Field(alias="shippedAt")
    carrier: Optional[str]
    lines: Optional[list["FulfillmentProgressLines"]]


class FulfillmentProgressLines(BaseModel):
    quantity: int
    order_line: Optional["FulfillmentProgressLinesOrderLine"] = Field(alias="orderLine")


class FulfillmentProgressLinesOrderLine(BaseModel):
    id: str


class IndexedProduct(BaseModel):
    id: str
    slug: str
    name: str
    created: datetime
    is_available: Optional[bool] = Field(alias="isAvailable")
    translation: Optional["IndexedProductTranslation"]
    category: Optional["IndexedProductCategory"]
    pricing: Optional["IndexedProductPricing"]
    suction_method: Optional[
        Annotated[
            Union[
                "IndexedProductSuctionMethodAssignedAttribute",
                "IndexedProductSuctionMethodAssignedMultiChoiceAttribute",
                "IndexedProductSuctionMethodAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="suctionMethod")
    body_areas: Optional[
        Annotated[
            Union[
                "IndexedProductBodyAreasAssignedAttribute",
                "IndexedProductBodyAreasAssignedMultiChoiceAttribute",
                "IndexedProductBodyAreasAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="bodyAreas")
    use_level: Optional[
        Annotated[
            Union[
                "IndexedProductUseLevelAssignedAttribute",
                "IndexedProductUseLevelAssignedMultiChoiceAttribute",
                "IndexedProductUseLevelAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="useLevel")
    suction_level: Optional[
        Annotated[
            Union[
                "IndexedProductSuctionLevelAssignedAttribute",
                "IndexedProductSuctionLevelAssignedMultiChoiceAttribute",
                "IndexedProductSuctionLevelAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="suctionLevel")


class IndexedProductTranslation(BaseModel):
    name: Optional[str]


class IndexedProductCategory(CategoryName):
    ancestors: Optional["IndexedProductCategoryAncestors"]


class IndexedProductCategoryAncestors(BaseModel):
    edges: list["IndexedProductCategoryAncestorsEdges"]


class IndexedProductCategoryAncestorsEdges(BaseModel):
    node: "IndexedProductCategoryAncestorsEdgesNode"


class IndexedProductCategoryAncestorsEdgesNode(CategoryName):
    pass


class IndexedProductPricing(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    price_range: Optional["IndexedProductPricingPriceRange"] = Field(alias="priceRange")


class IndexedProductPricingPriceRange(BaseModel):
    start: Optional["IndexedProductPricingPriceRangeStart"]


class IndexedProductPricingPriceRangeStart(BaseModel):
    gross: "IndexedProductPricingPriceRangeStartGross"
    net: "IndexedProductPricingPriceRangeStartNet"


class IndexedProductPricingPriceRangeStartGross(BaseModel):
    amount: float
    currency: str


class IndexedProductPricingPriceRangeStartNet(BaseModel):
    amount: float
    currency: str


class IndexedProductSuctionMethodAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "IndexedProductSuctionMethodAssignedAttributeAttribute"


class IndexedProductSuctionMethodAssignedAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductSuctionMethodAssignedAttributeAttributeTranslation"
    ]


class IndexedProductSuctionMethodAssignedAttributeAttributeTranslation(BaseModel):
    name: str


class IndexedProductSuctionMethodAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductSuctionMethodAssignedMultiChoiceAttributeAttribute"
    choices: list["IndexedProductSuctionMethodAssignedMultiChoiceAttributeChoices"]


class IndexedProductSuctionMethodAssignedMultiChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductSuctionMethodAssignedMultiChoiceAttributeAttributeTranslation"
    ]


class IndexedProductSuctionMethodAssignedMultiChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductSuctionMethodAssignedMultiChoiceAttributeChoices(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductSuctionMethodAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductSuctionMethodAssignedSingleChoiceAttributeAttribute"
    choice: Optional["IndexedProductSuctionMethodAssignedSingleChoiceAttributeChoice"]


class IndexedProductSuctionMethodAssignedSingleChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductSuctionMethodAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class IndexedProductSuctionMethodAssignedSingleChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductSuctionMethodAssignedSingleChoiceAttributeChoice(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductBodyAreasAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "IndexedProductBodyAreasAssignedAttributeAttribute"


class IndexedProductBodyAreasAssignedAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductBodyAreasAssignedAttributeAttributeTranslation"
    ]


class IndexedProductBodyAreasAssignedAttributeAttributeTranslation(BaseModel):
    name: str


class IndexedProductBodyAreasAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductBodyAreasAssignedMultiChoiceAttributeAttribute"
    choices: list["IndexedProductBodyAreasAssignedMultiChoiceAttributeChoices"]


class IndexedProductBodyAreasAssignedMultiChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductBodyAreasAssignedMultiChoiceAttributeAttributeTranslation"
    ]


class IndexedProductBodyAreasAssignedMultiChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductBodyAreasAssignedMultiChoiceAttributeChoices(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductBodyAreasAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductBodyAreasAssignedSingleChoiceAttributeAttribute"
    choice: Optional["IndexedProductBodyAreasAssignedSingleChoiceAttributeChoice"]


class IndexedProductBodyAreasAssignedSingleChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductBodyAreasAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class IndexedProductBodyAreasAssignedSingleChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductBodyAreasAssignedSingleChoiceAttributeChoice(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductUseLevelAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "IndexedProductUseLevelAssignedAttributeAttribute"


class IndexedProductUseLevelAssignedAttributeAttribute(BaseModel):
    name: str
    translation: Optional["IndexedProductUseLevelAssignedAttributeAttributeTranslation"]


class IndexedProductUseLevelAssignedAttributeAttributeTranslation(BaseModel):
    name: str


class IndexedProductUseLevelAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductUseLevelAssignedMultiChoiceAttributeAttribute"
    choices: list["IndexedProductUseLevelAssignedMultiChoiceAttributeChoices"]


class IndexedProductUseLevelAssignedMultiChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductUseLevelAssignedMultiChoiceAttributeAttributeTranslation"
    ]


class IndexedProductUseLevelAssignedMultiChoiceAttributeAttributeTranslation(BaseModel):
    name: str


class IndexedProductUseLevelAssignedMultiChoiceAttributeChoices(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductUseLevelAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductUseLevelAssignedSingleChoiceAttributeAttribute"
    choice: Optional["IndexedProductUseLevelAssignedSingleChoiceAttributeChoice"]


class IndexedProductUseLevelAssignedSingleChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductUseLevelAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class IndexedProductUseLevelAssignedSingleChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductUseLevelAssignedSingleChoiceAttributeChoice(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductSuctionLevelAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "IndexedProductSuctionLevelAssignedAttributeAttribute"


class IndexedProductSuctionLevelAssignedAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductSuctionLevelAssignedAttributeAttributeTranslation"
    ]


class IndexedProductSuctionLevelAssignedAttributeAttributeTranslation(BaseModel):
    name: str


class IndexedProductSuctionLevelAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductSuctionLevelAssignedMultiChoiceAttributeAttribute"
    choices: list["IndexedProductSuctionLevelAssignedMultiChoiceAttributeChoices"]


class IndexedProductSuctionLevelAssignedMultiChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductSuctionLevelAssignedMultiChoiceAttributeAttributeTranslation"
    ]


class IndexedProductSuctionLevelAssignedMultiChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductSuctionLevelAssignedMultiChoiceAttributeChoices(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class IndexedProductSuctionLevelAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "IndexedProductSuctionLevelAssignedSingleChoiceAttributeAttribute"
    choice: Optional["IndexedProductSuctionLevelAssignedSingleChoiceAttributeChoice"]


class IndexedProductSuctionLevelAssignedSingleChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "IndexedProductSuctionLevelAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class IndexedProductSuctionLevelAssignedSingleChoiceAttributeAttributeTranslation(
    BaseModel
):
    name: str


class IndexedProductSuctionLevelAssignedSingleChoiceAttributeChoice(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class LineInsert(BaseModel):
    insert: Optional[str]
    variant: Optional["LineInsertVariant"]


class LineInsertVariant(BaseModel):
    product: "LineInsertVariantProduct"


class LineInsertVariantProduct(BaseModel):
    assigned_attribute: Optional[
        Annotated[
            Union[
                "LineInsertVariantProductAssignedAttributeAssignedAttribute",
                "LineInsertVariantProductAssignedAttributeAssignedSinglePageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="assignedAttribute")


class LineInsertVariantProductAssignedAttributeAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class LineInsertVariantProductAssignedAttributeAssignedSinglePageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    page: Optional[
        "LineInsertVariantProductAssignedAttributeAssignedSinglePageReferenceAttributePage"
    ]


class LineInsertVariantProductAssignedAttributeAssignedSinglePageReferenceAttributePage(
    BaseModel
):
    slug: str


class OrderLineMoney(BaseModel):
    id: str
    total_price: "OrderLineMoneyTotalPrice" = Field(alias="totalPrice")
    undiscounted_total_price: "OrderLineMoneyUndiscountedTotalPrice" = Field(
        alias="undiscountedTotalPrice"
    )


class OrderLineMoneyTotalPrice(TaxedAmounts):
    pass


class OrderLineMoneyUndiscountedTotalPrice(TaxedAmounts):
    pass


class OrderLineProgress(BaseModel):
    quantity: int
    quantity_fulfilled: int = Field(alias="quantityFulfilled")


class OrderMoney(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    voucher_code: Optional[str] = Field(alias="voucherCode")
    shipping_method_name: Optional[str] = Field(alias="shippingMethodName")
    collection_point_name: Optional[str] = Field(alias="collectionPointName")
    discounts: list["OrderMoneyDiscounts"]
    gift_cards: list["OrderMoneyGiftCards"] = Field(alias="giftCards")
    subtotal: "OrderMoneySubtotal"
    shipping_price: "OrderMoneyShippingPrice" = Field(alias="shippingPrice")
    shipping_tax_rate: float = Field(alias="shippingTaxRate")
    undiscounted_shipping_price: "OrderMoneyUndiscountedShippingPrice" = Field(
        alias="undiscountedShippingPrice"
    )
    total: "OrderMoneyTotal"


class OrderMoneyDiscounts(BaseModel):
    name: Optional[str]
    type_: OrderDiscountType = Field(alias="type")
    amount: "OrderMoneyDiscountsAmount"


class OrderMoneyDiscountsAmount(BaseModel):
    amount: float


class OrderMoneyGiftCards(BaseModel):
    last_4_code_chars: str = Field(alias="last4CodeChars")


class OrderMoneySubtotal(TaxedAmounts):
    pass


class OrderMoneyShippingPrice(TaxedAmounts):
    pass


class OrderMoneyUndiscountedShippingPrice(BaseModel):
    amount: float


class OrderMoneyTotal(TaxedAmounts):
    pass


class OrderProgress(BaseModel):
    status: OrderStatus
    shipping_price: "OrderProgressShippingPrice" = Field(alias="shippingPrice")
    total: "OrderProgressTotal"
    total_authorized: "OrderProgressTotalAuthorized" = Field(alias="totalAuthorized")
    total_charged: "OrderProgressTotalCharged" = Field(alias="totalCharged")
    total_refunded: "OrderProgressTotalRefunded" = Field(alias="totalRefunded")


class OrderProgressShippingPrice(TaxedAmounts):
    pass


class OrderProgressTotal(TaxedAmounts):
    pass


class OrderProgressTotalAuthorized(BaseModel):
    amount: float


class OrderProgressTotalCharged(BaseModel):
    amount: float


class OrderProgressTotalRefunded(BaseModel):
    amount: float


class MailOrder(OrderMoney, OrderProgress):
    id: str
    number: str
    user_email: Optional[str] = Field(alias="userEmail")
    user: Optional["MailOrderUser"]
    shipping_address: Optional["MailOrderShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["MailOrderBillingAddress"] = Field(alias="billingAddress")
    lines: list["MailOrderLines"]
    fulfillments: list["MailOrderFulfillments"]


class MailOrderUser(BaseModel):
    first_name: str = Field(alias="firstName")


class MailOrderShippingAddress(AddressBlock):
    pass


class MailOrderBillingAddress(AddressBlock):
    pass


class MailOrderLines(LineInsert, OrderLineMoney, OrderLineProgress):
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    translated_product_name: str = Field(alias="translatedProductName")
    translated_variant_name: str = Field(alias="translatedVariantName")


class MailOrderFulfillments(FulfillmentProgress):
    id: str
    lines: Optional[list["MailOrderFulfillmentsLines"]]


class MailOrderFulfillmentsLines(BaseModel):
    quantity: int
    order_line: Optional["MailOrderFulfillmentsLinesOrderLine"] = Field(
        alias="orderLine"
    )


class MailOrderFulfillmentsLinesOrderLine(BaseModel):
    id: str


class PageVariant(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    translation: Optional["PageVariantTranslation"]
    quantity_available: Optional[int] = Field(alias="quantityAvailable")
    quantity_limit_per_customer: Optional[int] = Field(alias="quantityLimitPerCustomer")
    media: Optional[list["PageVariantMedia"]]
    pricing: Optional["PageVariantPricing"]
    selection: list["PageVariantSelection"]
    facts: list["PageVariantFacts"]


class PageVariantTranslation(BaseModel):
    name: str


class PageVariantMedia(BaseModel):
    id: str


class PageVariantPricing(BaseModel):
    price: Optional["PageVariantPricingPrice"]
    price_undiscounted: Optional["PageVariantPricingPriceUndiscounted"] = Field(
        alias="priceUndiscounted"
    )


class PageVariantPricingPrice(BaseModel):
    gross: "PageVariantPricingPriceGross"
    net: "PageVariantPricingPriceNet"


class PageVariantPricingPriceGross(BaseModel):
    amount: float
    currency: str


class PageVariantPricingPriceNet(BaseModel):
    amount: float
    currency: str


class PageVariantPricingPriceUndiscounted(BaseModel):
    gross: "PageVariantPricingPriceUndiscountedGross"
    net: "PageVariantPricingPriceUndiscountedNet"


class PageVariantPricingPriceUndiscountedGross(BaseModel):
    amount: float
    currency: str


class PageVariantPricingPriceUndiscountedNet(BaseModel):
    amount: float
    currency: str


class PageVariantSelection(BaseModel):
    attribute: "PageVariantSelectionAttribute"
    values: list["PageVariantSelectionValues"]


class PageVariantSelectionAttribute(BaseModel):
    slug: str
    name: str
    translation: Optional["PageVariantSelectionAttributeTranslation"]


class PageVariantSelectionAttributeTranslation(BaseModel):
    name: str


class PageVariantSelectionValues(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    value: Optional[str]
    translation: Optional["PageVariantSelectionValuesTranslation"]


class PageVariantSelectionValuesTranslation(BaseModel):
    name: str


class PageVariantFacts(BaseModel):
    attribute: "PageVariantFactsAttribute"
    values: list["PageVariantFactsValues"]


class PageVariantFactsAttribute(BaseModel):
    slug: str
    name: str
    unit: Optional[MeasurementUnitsEnum]
    translation: Optional["PageVariantFactsAttributeTranslation"]


class PageVariantFactsAttributeTranslation(BaseModel):
    name: str


class PageVariantFactsValues(BaseModel):
    name: Optional[str]
    plain_text: Optional[str] = Field(alias="plainText")
    translation: Optional["PageVariantFactsValuesTranslation"]


class PageVariantFactsValuesTranslation(BaseModel):
    name: str
    plain_text: Optional[str] = Field(alias="plainText")


class ProductCard(BaseModel):
    id: str
    slug: str
    name: str
    translation: Optional["ProductCardTranslation"]
    is_available: Optional[bool] = Field(alias="isAvailable")
    thumbnail: Optional["ProductCardThumbnail"]
    small: Optional["ProductCardSmall"]
    large: Optional["ProductCardLarge"]
    media: Optional[list["ProductCardMedia"]]
    category: Optional["ProductCardCategory"]
    pricing: Optional["ProductCardPricing"]
    use_level: Optional[
        Annotated[
            Union[
                "ProductCardUseLevelAssignedAttribute",
                "ProductCardUseLevelAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="useLevel")
    suction: Optional[
        Annotated[
            Union[
                "ProductCardSuctionAssignedAttribute",
                "ProductCardSuctionAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]
    cup_count: Optional[
        Annotated[
            Union[
                "ProductCardCupCountAssignedAttribute",
                "ProductCardCupCountAssignedNumericAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="cupCount")
    product_variants: Optional["ProductCardProductVariants"] = Field(
        alias="productVariants"
    )


class ProductCardTranslation(BaseModel):
    name: Optional[str]


class ProductCardThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class ProductCardSmall(BaseModel):
    url: str


class ProductCardLarge(BaseModel):
    url: str


class ProductCardMedia(BaseModel):
    alt: str
    translated_alt: Optional[str] = Field(alias="translatedAlt")
    type_: ProductMediaType = Field(alias="type")
    url: str


class ProductCardCategory(BaseModel):
    slug: str
    name: str


class ProductCardPricing(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    price_range: Optional["ProductCardPricingPriceRange"] = Field(alias="priceRange")
    price_range_undiscounted: Optional["ProductCardPricingPriceRangeUndiscounted"] = (
        Field(alias="priceRangeUndiscounted")
    )


class ProductCardPricingPriceRange(BaseModel):
    start: Optional["ProductCardPricingPriceRangeStart"]
    stop: Optional["ProductCardPricingPriceRangeStop"]


class ProductCardPricingPriceRangeStart(BaseModel):
    gross: "ProductCardPricingPriceRangeStartGross"
    net: "ProductCardPricingPriceRangeStartNet"


class ProductCardPricingPriceRangeStartGross(BaseModel):
    amount: float
    currency: str


class ProductCardPricingPriceRangeStartNet(BaseModel):
    amount: float
    currency: str


class ProductCardPricingPriceRangeStop(BaseModel):
    gross: "ProductCardPricingPriceRangeStopGross"
    net: "ProductCardPricingPriceRangeStopNet"


class ProductCardPricingPriceRangeStopGross(BaseModel):
    amount: float
    currency: str


class ProductCardPricingPriceRangeStopNet(BaseModel):
    amount: float
    currency: str


class ProductCardPricingPriceRangeUndiscounted(BaseModel):
    start: Optional["ProductCardPricingPriceRangeUndiscountedStart"]


class ProductCardPricingPriceRangeUndiscountedStart(BaseModel):
    gross: "ProductCardPricingPriceRangeUndiscountedStartGross"
    net: "ProductCardPricingPriceRangeUndiscountedStartNet"


class ProductCardPricingPriceRangeUndiscountedStartGross(BaseModel):
    amount: float
    currency: str


class ProductCardPricingPriceRangeUndiscountedStartNet(BaseModel):
    amount: float
    currency: str


class ProductCardUseLevelAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductCardUseLevelAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    value: Optional["ProductCardUseLevelAssignedSingleChoiceAttributeValue"]


class ProductCardUseLevelAssignedSingleChoiceAttributeValue(BaseModel):
    name: Optional[str]
    translation: Optional[str]


class ProductCardSuctionAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductCardSuctionAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "ProductCardSuctionAssignedSingleChoiceAttributeAttribute"
    value: Optional["ProductCardSuctionAssignedSingleChoiceAttributeValue"]


class ProductCardSuctionAssignedSingleChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "ProductCardSuctionAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class ProductCardSuctionAssignedSingleChoiceAttributeAttributeTranslation(BaseModel):
    name: str


class ProductCardSuctionAssignedSingleChoiceAttributeValue(BaseModel):
    name: Optional[str]
    translation: Optional[str]


class ProductCardCupCountAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductCardCupCountAssignedNumericAttribute(BaseModel):
    typename__: Literal["AssignedNumericAttribute"] = Field(alias="__typename")
    value: Optional[float]


class ProductCardProductVariants(BaseModel):
    edges: list["ProductCardProductVariantsEdges"]


class ProductCardProductVariantsEdges(BaseModel):
    node: "ProductCardProductVariantsEdgesNode"


class ProductCardProductVariantsEdgesNode(BaseModel):
    cup_count: Optional[
        Annotated[
            Union[
                "ProductCardProductVariantsEdgesNodeCupCountAssignedAttribute",
                "ProductCardProductVariantsEdgesNodeCupCountAssignedNumericAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="cupCount")
    color: Optional[
        Annotated[
            Union[
                "ProductCardProductVariantsEdgesNodeColorAssignedAttribute",
                "ProductCardProductVariantsEdgesNodeColorAssignedSwatchAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


class ProductCardProductVariantsEdgesNodeCupCountAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductCardProductVariantsEdgesNodeCupCountAssignedNumericAttribute(BaseModel):
    typename__: Literal["AssignedNumericAttribute"] = Field(alias="__typename")
    value: Optional[float]


class ProductCardProductVariantsEdgesNodeColorAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class ProductCardProductVariantsEdgesNodeColorAssignedSwatchAttribute(BaseModel):
    typename__: Literal["AssignedSwatchAttribute"] = Field(alias="__typename")
    value: Optional[
        "ProductCardProductVariantsEdgesNodeColorAssignedSwatchAttributeValue"
    ]


class ProductCardProductVariantsEdgesNodeColorAssignedSwatchAttributeValue(BaseModel):
    name: Optional[str]
    hex_color: Optional[str] = Field(alias="hexColor")
    translation: Optional[str]


class SearchTexts(BaseModel):
    description: Optional[str]
    own_words: Optional["SearchTextsOwnWords"] = Field(alias="ownWords")
    cup_sizes: Optional[
        Annotated[
            Union[
                "SearchTextsCupSizesAssignedAttribute",
                "SearchTextsCupSizesAssignedMultiChoiceAttribute",
                "SearchTextsCupSizesAssignedSingleChoiceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="cupSizes")
    box_contents: Optional[
        Annotated[
            Union[
                "SearchTextsBoxContentsAssignedAttribute",
                "SearchTextsBoxContentsAssignedPlainTextAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="boxContents")
    product_variants: Optional["SearchTextsProductVariants"] = Field(
        alias="productVariants"
    )


class SearchTextsOwnWords(BaseModel):
    description: Optional[str]


class SearchTextsCupSizesAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedPlainTextAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "SearchTextsCupSizesAssignedAttributeAttribute"


class SearchTextsCupSizesAssignedAttributeAttribute(BaseModel):
    name: str
    translation: Optional["SearchTextsCupSizesAssignedAttributeAttributeTranslation"]


class SearchTextsCupSizesAssignedAttributeAttributeTranslation(BaseModel):
    name: str


class SearchTextsCupSizesAssignedMultiChoiceAttribute(BaseModel):
    typename__: Literal["AssignedMultiChoiceAttribute"] = Field(alias="__typename")
    attribute: "SearchTextsCupSizesAssignedMultiChoiceAttributeAttribute"
    choices: list["SearchTextsCupSizesAssignedMultiChoiceAttributeChoices"]


class SearchTextsCupSizesAssignedMultiChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "SearchTextsCupSizesAssignedMultiChoiceAttributeAttributeTranslation"
    ]


class SearchTextsCupSizesAssignedMultiChoiceAttributeAttributeTranslation(BaseModel):
    name: str


class SearchTextsCupSizesAssignedMultiChoiceAttributeChoices(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class SearchTextsCupSizesAssignedSingleChoiceAttribute(BaseModel):
    typename__: Literal["AssignedSingleChoiceAttribute"] = Field(alias="__typename")
    attribute: "SearchTextsCupSizesAssignedSingleChoiceAttributeAttribute"
    choice: Optional["SearchTextsCupSizesAssignedSingleChoiceAttributeChoice"]


class SearchTextsCupSizesAssignedSingleChoiceAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "SearchTextsCupSizesAssignedSingleChoiceAttributeAttributeTranslation"
    ]


class SearchTextsCupSizesAssignedSingleChoiceAttributeAttributeTranslation(BaseModel):
    name: str


class SearchTextsCupSizesAssignedSingleChoiceAttributeChoice(BaseModel):
    slug: Optional[str]
    name: Optional[str]
    translation: Optional[str]


class SearchTextsBoxContentsAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
        "AssignedMultiPageReferenceAttribute",
        "AssignedMultiProductReferenceAttribute",
        "AssignedMultiProductVariantReferenceAttribute",
        "AssignedNumericAttribute",
        "AssignedSingleCategoryReferenceAttribute",
        "AssignedSingleChoiceAttribute",
        "AssignedSingleCollectionReferenceAttribute",
        "AssignedSinglePageReferenceAttribute",
        "AssignedSingleProductReferenceAttribute",
        "AssignedSingleProductVariantReferenceAttribute",
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")
    attribute: "SearchTextsBoxContentsAssignedAttributeAttribute"


class SearchTextsBoxContentsAssignedAttributeAttribute(BaseModel):
    name: str
    translation: Optional["SearchTextsBoxContentsAssignedAttributeAttributeTranslation"]


class SearchTextsBoxContentsAssignedAttributeAttributeTranslation(BaseModel):
    name: str


class SearchTextsBoxContentsAssignedPlainTextAttribute(BaseModel):
    typename__: Literal["AssignedPlainTextAttribute"] = Field(alias="__typename")
    attribute: "SearchTextsBoxContentsAssignedPlainTextAttributeAttribute"
    text: Optional[str]
    text_translation: Optional[str] = Field(alias="textTranslation")


class SearchTextsBoxContentsAssignedPlainTextAttributeAttribute(BaseModel):
    name: str
    translation: Optional[
        "SearchTextsBoxContentsAssignedPlainTextAttributeAttributeTranslation"
    ]


class SearchTextsBoxContentsAssignedPlainTextAttributeAttributeTranslation(BaseModel):
    name: str


class SearchTextsProductVariants(BaseModel):
    edges: list["SearchTextsProductVariantsEdges"]


class SearchTextsProductVariantsEdges(BaseModel):
    node: "SearchTextsProductVariantsEdgesNode"


class SearchTextsProductVariantsEdgesNode(BaseModel):
    sku: Optional[str]
    name: str
    translation: Optional["SearchTextsProductVariantsEdgesNodeTranslation"]


class SearchTextsProductVariantsEdgesNodeTranslation(BaseModel):
    name: str


class TextValues(BaseModel):
    attribute: "TextValuesAttribute"
    values: list["TextValuesValues"]


class TextValuesAttribute(BaseModel):
    slug: str


class TextValuesValues(BaseModel):
    id: str
    plain_text: Optional[str] = Field(alias="plainText")
    de: Optional["TextValuesValuesDe"]
    es: Optional["TextValuesValuesEs"]


class TextValuesValuesDe(BaseModel):
    plain_text: Optional[str] = Field(alias="plainText")


class TextValuesValuesEs(BaseModel):
    plain_text: Optional[str] = Field(alias="plainText")


AddressBlock.model_rebuild()
CategoryName.model_rebuild()
CategoryTile.model_rebuild()
TaxedAmounts.model_rebuild()
CheckoutLineMoney.model_rebuild()
CheckoutMoney.model_rebuild()
CheckoutLines.model_rebuild()
CheckoutTotals.model_rebuild()
ConnectedApp.model_rebuild()
DeliveryOffer.model_rebuild()
FulfillmentProgress.model_rebuild()
IndexedProduct.model_rebuild()
LineInsert.model_rebuild()
OrderLineMoney.model_rebuild()
OrderLineProgress.model_rebuild()
OrderMoney.model_rebuild()
OrderProgress.model_rebuild()
MailOrder.model_rebuild()
PageVariant.model_rebuild()
ProductCard.model_rebuild()
SearchTexts.model_rebuild()
TextValues.model_rebuild()
