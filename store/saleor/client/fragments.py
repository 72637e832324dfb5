from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutAuthorizeStatusEnum, CheckoutChargeStatusEnum


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


class BasketLines(BaseModel):
    id: str
    quantity: int
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    lines: list["BasketLinesLines"]
    subtotal_price: "BasketLinesSubtotalPrice" = Field(alias="subtotalPrice")
    problems: Optional[
        list[
            Annotated[
                Union[
                    "BasketLinesProblemsCheckoutProblemDeliveryMethodStale",
                    "BasketLinesProblemsCheckoutProblemDeliveryMethodInvalid",
                    "BasketLinesProblemsCheckoutLineProblemInsufficientStock",
                    "BasketLinesProblemsCheckoutLineProblemVariantNotAvailable",
                ],
                Field(discriminator="typename__"),
            ]
        ]
    ]


class BasketLinesLines(BaseModel):
    id: str
    quantity: int
    unit_price: "BasketLinesLinesUnitPrice" = Field(alias="unitPrice")
    total_price: "BasketLinesLinesTotalPrice" = Field(alias="totalPrice")
    metadata: list["BasketLinesLinesMetadata"]
    variant: "BasketLinesLinesVariant"


class BasketLinesLinesUnitPrice(BaseModel):
    gross: "BasketLinesLinesUnitPriceGross"
    net: "BasketLinesLinesUnitPriceNet"


class BasketLinesLinesUnitPriceGross(BaseModel):
    amount: float
    currency: str


class BasketLinesLinesUnitPriceNet(BaseModel):
    amount: float
    currency: str


class BasketLinesLinesTotalPrice(BaseModel):
    gross: "BasketLinesLinesTotalPriceGross"
    net: "BasketLinesLinesTotalPriceNet"


class BasketLinesLinesTotalPriceGross(BaseModel):
    amount: float
    currency: str


class BasketLinesLinesTotalPriceNet(BaseModel):
    amount: float
    currency: str


class BasketLinesLinesMetadata(BaseModel):
    key: str
    value: str


class BasketLinesLinesVariant(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    quantity_available: Optional[int] = Field(alias="quantityAvailable")
    product: "BasketLinesLinesVariantProduct"


class BasketLinesLinesVariantProduct(BaseModel):
    slug: str
    name: str
    thumbnail: Optional["BasketLinesLinesVariantProductThumbnail"]
    insert: Optional[
        Annotated[
            Union[
                "BasketLinesLinesVariantProductInsertAssignedAttribute",
                "BasketLinesLinesVariantProductInsertAssignedSinglePageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


class BasketLinesLinesVariantProductThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class BasketLinesLinesVariantProductInsertAssignedAttribute(BaseModel):
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


class BasketLinesLinesVariantProductInsertAssignedSinglePageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedSinglePageReferenceAttribute"] = Field(
        alias="__typename"
    )
    value: Optional[
        "BasketLinesLinesVariantProductInsertAssignedSinglePageReferenceAttributeValue"
    ]


class BasketLinesLinesVariantProductInsertAssignedSinglePageReferenceAttributeValue(
    BaseModel
):
    slug: str


class BasketLinesSubtotalPrice(BaseModel):
    gross: "BasketLinesSubtotalPriceGross"
    net: "BasketLinesSubtotalPriceNet"


class BasketLinesSubtotalPriceGross(BaseModel):
    amount: float
    currency: str


class BasketLinesSubtotalPriceNet(BaseModel):
    amount: float
    currency: str


class BasketLinesProblemsCheckoutProblemDeliveryMethodStale(BaseModel):
    typename__: Literal["CheckoutProblemDeliveryMethodStale"] = Field(
        alias="__typename"
    )


class BasketLinesProblemsCheckoutProblemDeliveryMethodInvalid(BaseModel):
    typename__: Literal["CheckoutProblemDeliveryMethodInvalid"] = Field(
        alias="__typename"
    )


class BasketLinesProblemsCheckoutLineProblemInsufficientStock(BaseModel):
    typename__: Literal["CheckoutLineProblemInsufficientStock"] = Field(
        alias="__typename"
    )
    available_quantity: Optional[int] = Field(alias="availableQuantity")
    line: "BasketLinesProblemsCheckoutLineProblemInsufficientStockLine"


class BasketLinesProblemsCheckoutLineProblemInsufficientStockLine(BaseModel):
    id: str


class BasketLinesProblemsCheckoutLineProblemVariantNotAvailable(BaseModel):
    typename__: Literal["CheckoutLineProblemVariantNotAvailable"] = Field(
        alias="__typename"
    )
    line: "BasketLinesProblemsCheckoutLineProblemVariantNotAvailableLine"


class BasketLinesProblemsCheckoutLineProblemVariantNotAvailableLine(BaseModel):
    id: str


class BasketTotals(BaseModel):
    email: Optional[str]
    charge_status: CheckoutChargeStatusEnum = Field(alias="chargeStatus")
    authorize_status: CheckoutAuthorizeStatusEnum = Field(alias="authorizeStatus")
    is_shipping_required: bool = Field(alias="isShippingRequired")
    shipping_address: Optional["BasketTotalsShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["BasketTotalsBillingAddress"] = Field(
        alias="billingAddress"
    )
    delivery: Optional["BasketTotalsDelivery"]
    shipping_price: "BasketTotalsShippingPrice" = Field(alias="shippingPrice")
    total_price: "BasketTotalsTotalPrice" = Field(alias="totalPrice")
    total_balance: "BasketTotalsTotalBalance" = Field(alias="totalBalance")


class BasketTotalsShippingAddress(AddressBlock):
    pass


class BasketTotalsBillingAddress(AddressBlock):
    pass


class BasketTotalsDelivery(BaseModel):
    id: str
    shipping_method: Optional["BasketTotalsDeliveryShippingMethod"] = Field(
        alias="shippingMethod"
    )


class BasketTotalsDeliveryShippingMethod(BaseModel):
    id: str
    name: str
    minimum_delivery_days: Optional[int] = Field(alias="minimumDeliveryDays")
    maximum_delivery_days: Optional[int] = Field(alias="maximumDeliveryDays")
    price: "BasketTotalsDeliveryShippingMethodPrice"


class BasketTotalsDeliveryShippingMethodPrice(BaseModel):
    amount: float
    currency: str


class BasketTotalsShippingPrice(BaseModel):
    gross: "BasketTotalsShippingPriceGross"
    net: "BasketTotalsShippingPriceNet"


class BasketTotalsShippingPriceGross(BaseModel):
    amount: float
    currency: str


class BasketTotalsShippingPriceNet(BaseModel):
    amount: float
    currency: str


class BasketTotalsTotalPrice(BaseModel):
    gross: "BasketTotalsTotalPriceGross"
    net: "BasketTotalsTotalPriceNet"
    tax: "BasketTotalsTotalPriceTax"


class BasketTotalsTotalPriceGross(BaseModel):
    amount: float
    currency: str


class BasketTotalsTotalPriceNet(BaseModel):
    amount: float
    currency: str


class BasketTotalsTotalPriceTax(BaseModel):
    amount: float
    currency: str


class BasketTotalsTotalBalance(BaseModel):
    amount: float
    currency: str


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


class ProductCard(BaseModel):
    id: str
    slug: str
    name: str
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


AddressBlock.model_rebuild()
BasketLines.model_rebuild()
BasketTotals.model_rebuild()
LineInsert.model_rebuild()
ProductCard.model_rebuild()
