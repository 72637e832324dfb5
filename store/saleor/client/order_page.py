from datetime import datetime
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import LanguageCodeEnum
from .fragments import (  # noqa: F401
    AddressBlock,
    FulfillmentProgress,
    OrderLineMoney,
    OrderLineMoneyTotalPrice,
    OrderLineMoneyUndiscountedTotalPrice,
    OrderLineProgress,
    OrderMoney,
    OrderMoneyDiscounts,
    OrderMoneyGiftCards,
    OrderMoneyShippingPrice,
    OrderMoneySubtotal,
    OrderMoneyTotal,
    OrderMoneyUndiscountedShippingPrice,
    OrderProgress,
    OrderProgressShippingPrice,
    OrderProgressTotal,
    OrderProgressTotalAuthorized,
    OrderProgressTotalCharged,
    OrderProgressTotalRefunded,
)


class OrderPage(BaseModel):
    order: Optional["OrderPageOrder"]


class OrderPageOrder(OrderMoney, OrderProgress):
    id: str
    number: str
    created: datetime
    user_email: Optional[str] = Field(alias="userEmail")
    language_code: LanguageCodeEnum = Field(alias="languageCode")
    delivery_method: Optional[
        Annotated[
            Union[
                "OrderPageOrderDeliveryMethodWarehouse",
                "OrderPageOrderDeliveryMethodShippingMethod",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="deliveryMethod")
    shipping_address: Optional["OrderPageOrderShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["OrderPageOrderBillingAddress"] = Field(
        alias="billingAddress"
    )
    lines: list["OrderPageOrderLines"]
    fulfillments: list["OrderPageOrderFulfillments"]


class OrderPageOrderDeliveryMethodWarehouse(BaseModel):
    typename__: Literal["Warehouse"] = Field(alias="__typename")


class OrderPageOrderDeliveryMethodShippingMethod(BaseModel):
    typename__: Literal["ShippingMethod"] = Field(alias="__typename")
    minimum_delivery_days: Optional[int] = Field(alias="minimumDeliveryDays")
    maximum_delivery_days: Optional[int] = Field(alias="maximumDeliveryDays")
    translation: Optional["OrderPageOrderDeliveryMethodShippingMethodTranslation"]


class OrderPageOrderDeliveryMethodShippingMethodTranslation(BaseModel):
    name: Optional[str]


OrderPageOrderShippingAddress = AddressBlock
OrderPageOrderBillingAddress = AddressBlock


class OrderPageOrderLines(OrderLineMoney, OrderLineProgress):
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    translated_product_name: str = Field(alias="translatedProductName")
    translated_variant_name: str = Field(alias="translatedVariantName")
    thumbnail: Optional["OrderPageOrderLinesThumbnail"]
    insert: Optional[str]
    variant: Optional["OrderPageOrderLinesVariant"]


class OrderPageOrderLinesThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class OrderPageOrderLinesVariant(BaseModel):
    translation: Optional["OrderPageOrderLinesVariantTranslation"]
    product: "OrderPageOrderLinesVariantProduct"


class OrderPageOrderLinesVariantTranslation(BaseModel):
    name: str


class OrderPageOrderLinesVariantProduct(BaseModel):
    slug: str
    translation: Optional["OrderPageOrderLinesVariantProductTranslation"]
    guides: Optional[
        Annotated[
            Union[
                "OrderPageOrderLinesVariantProductGuidesAssignedAttribute",
                "OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


class OrderPageOrderLinesVariantProductTranslation(BaseModel):
    name: Optional[str]


class OrderPageOrderLinesVariantProductGuidesAssignedAttribute(BaseModel):
    typename__: Literal[
        "AssignedAttribute",
        "AssignedBooleanAttribute",
        "AssignedDateAttribute",
        "AssignedDateTimeAttribute",
        "AssignedFileAttribute",
        "AssignedMultiCategoryReferenceAttribute",
        "AssignedMultiChoiceAttribute",
        "AssignedMultiCollectionReferenceAttribute",
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
        "AssignedSwatchAttribute",
        "AssignedTextAttribute",
    ] = Field(alias="__typename")


class OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute(
    BaseModel
):
    typename__: Literal["AssignedMultiPageReferenceAttribute"] = Field(
        alias="__typename"
    )
    value: list[
        "OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttributeValue"
    ]


class OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttributeValue(
    BaseModel
):
    slug: str


OrderPageOrderFulfillments = FulfillmentProgress
OrderPage.model_rebuild()
OrderPageOrder.model_rebuild()
OrderPageOrderDeliveryMethodShippingMethod.model_rebuild()
OrderPageOrderLines.model_rebuild()
OrderPageOrderLinesVariant.model_rebuild()
OrderPageOrderLinesVariantProduct.model_rebuild()
OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute.model_rebuild()
