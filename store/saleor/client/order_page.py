from datetime import datetime
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, OrderStatus
from .fragments import AddressBlock


class OrderPage(BaseModel):
    order: Optional["OrderPageOrder"]


class OrderPageOrder(BaseModel):
    id: str
    number: str
    created: datetime
    status: OrderStatus
    status_display: str = Field(alias="statusDisplay")
    is_paid: bool = Field(alias="isPaid")
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    user_email: Optional[str] = Field(alias="userEmail")
    shipping_method_name: Optional[str] = Field(alias="shippingMethodName")
    shipping_address: Optional["OrderPageOrderShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["OrderPageOrderBillingAddress"] = Field(
        alias="billingAddress"
    )
    lines: list["OrderPageOrderLines"]
    fulfillments: list["OrderPageOrderFulfillments"]
    subtotal: "OrderPageOrderSubtotal"
    shipping_price: "OrderPageOrderShippingPrice" = Field(alias="shippingPrice")
    total: "OrderPageOrderTotal"


OrderPageOrderShippingAddress = AddressBlock
OrderPageOrderBillingAddress = AddressBlock


class OrderPageOrderLines(BaseModel):
    id: str
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    quantity: int
    quantity_fulfilled: int = Field(alias="quantityFulfilled")
    thumbnail: Optional["OrderPageOrderLinesThumbnail"]
    total_price: "OrderPageOrderLinesTotalPrice" = Field(alias="totalPrice")
    insert: Optional[str]
    variant: Optional["OrderPageOrderLinesVariant"]


class OrderPageOrderLinesThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class OrderPageOrderLinesTotalPrice(BaseModel):
    gross: "OrderPageOrderLinesTotalPriceGross"
    net: "OrderPageOrderLinesTotalPriceNet"


class OrderPageOrderLinesTotalPriceGross(BaseModel):
    amount: float
    currency: str


class OrderPageOrderLinesTotalPriceNet(BaseModel):
    amount: float
    currency: str


class OrderPageOrderLinesVariant(BaseModel):
    product: "OrderPageOrderLinesVariantProduct"


class OrderPageOrderLinesVariantProduct(BaseModel):
    slug: str
    guides: Optional[
        Annotated[
            Union[
                "OrderPageOrderLinesVariantProductGuidesAssignedAttribute",
                "OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute",
            ],
            Field(discriminator="typename__"),
        ]
    ]


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


class OrderPageOrderFulfillments(BaseModel):
    id: str
    status: FulfillmentStatus
    created: datetime
    tracking_number: str = Field(alias="trackingNumber")
    delivered: Optional[str]


class OrderPageOrderSubtotal(BaseModel):
    gross: "OrderPageOrderSubtotalGross"
    net: "OrderPageOrderSubtotalNet"


class OrderPageOrderSubtotalGross(BaseModel):
    amount: float
    currency: str


class OrderPageOrderSubtotalNet(BaseModel):
    amount: float
    currency: str


class OrderPageOrderShippingPrice(BaseModel):
    gross: "OrderPageOrderShippingPriceGross"
    net: "OrderPageOrderShippingPriceNet"


class OrderPageOrderShippingPriceGross(BaseModel):
    amount: float
    currency: str


class OrderPageOrderShippingPriceNet(BaseModel):
    amount: float
    currency: str


class OrderPageOrderTotal(BaseModel):
    gross: "OrderPageOrderTotalGross"
    net: "OrderPageOrderTotalNet"
    tax: "OrderPageOrderTotalTax"


class OrderPageOrderTotalGross(BaseModel):
    amount: float
    currency: str


class OrderPageOrderTotalNet(BaseModel):
    amount: float
    currency: str


class OrderPageOrderTotalTax(BaseModel):
    amount: float
    currency: str


OrderPage.model_rebuild()
OrderPageOrder.model_rebuild()
OrderPageOrderLines.model_rebuild()
OrderPageOrderLinesTotalPrice.model_rebuild()
OrderPageOrderLinesVariant.model_rebuild()
OrderPageOrderLinesVariantProduct.model_rebuild()
OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute.model_rebuild()
OrderPageOrderSubtotal.model_rebuild()
OrderPageOrderShippingPrice.model_rebuild()
OrderPageOrderTotal.model_rebuild()
