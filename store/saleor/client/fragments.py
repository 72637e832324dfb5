from datetime import datetime
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    FulfillmentStatus,
    LanguageCodeEnum,
    MeasurementUnitsEnum,
    OrderDiscountType,
    OrderStatus,
    ProductMediaType,
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


class CategoryCount(BaseModel):
    slug: str
    name: str
    translation: Optional["CategoryCountTranslation"]
    products: Optional["CategoryCountProducts"]


class CategoryCountTranslation(BaseModel):
    name: Optional[str]


class CategoryCountProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")


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
    channel: "CheckoutLinesChannel"
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
    total_balance: "CheckoutTotalsTotalBalance" = Field(alias="totalBalance")


class CheckoutTotalsShippingAddress(AddressBlock):
    pass


class CheckoutTotalsBillingAddress(AddressBlock):
    pass


class CheckoutTotalsTotalBalance(BaseModel):
    amount: float
    currency: str


class FulfillmentProgress(BaseModel):
    status: FulfillmentStatus
    created: datetime
    tracking_number: str = Field(alias="trackingNumber")
    delivered_at: Optional[str] = Field(alias="deliveredAt")
    lines: Optional[list["FulfillmentProgressLines"]]


class FulfillmentProgressLines(BaseModel):
    quantity: int


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


class TextValues(BaseModel):
    attribute: "TextValuesAttribute"
    values: list["TextValuesValues"]


class TextValuesAttribute(BaseModel):
    slug: str


class TextValuesValues(BaseModel):
    id: str
    plain_text: Optional[str] = Field(alias="plainText")


AddressBlock.model_rebuild()
CategoryCount.model_rebuild()
CategoryTile.model_rebuild()
TaxedAmounts.model_rebuild()
CheckoutLineMoney.model_rebuild()
CheckoutMoney.model_rebuild()
CheckoutLines.model_rebuild()
CheckoutTotals.model_rebuild()
FulfillmentProgress.model_rebuild()
LineInsert.model_rebuild()
OrderLineMoney.model_rebuild()
OrderLineProgress.model_rebuild()
OrderMoney.model_rebuild()
OrderProgress.model_rebuild()
PageVariant.model_rebuild()
ProductCard.model_rebuild()
TextValues.model_rebuild()
