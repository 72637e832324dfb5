from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, LanguageCodeEnum, OrderStatus
from .fragments import (
    AddressBlock,
    LineInsert,
    LineInsertVariant,  # noqa: F401
)


class OrderForMail(BaseModel):
    order: Optional["OrderForMailOrder"]


class OrderForMailOrder(BaseModel):
    id: str
    number: str
    created: datetime
    status: OrderStatus
    is_paid: bool = Field(alias="isPaid")
    user_email: Optional[str] = Field(alias="userEmail")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    channel: "OrderForMailOrderChannel"
    shipping_method_name: Optional[str] = Field(alias="shippingMethodName")
    shipping_address: Optional["OrderForMailOrderShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["OrderForMailOrderBillingAddress"] = Field(
        alias="billingAddress"
    )
    subtotal: "OrderForMailOrderSubtotal"
    shipping_price: "OrderForMailOrderShippingPrice" = Field(alias="shippingPrice")
    total: "OrderForMailOrderTotal"
    lines: list["OrderForMailOrderLines"]
    fulfillments: list["OrderForMailOrderFulfillments"]


class OrderForMailOrderChannel(BaseModel):
    slug: str


OrderForMailOrderShippingAddress = AddressBlock
OrderForMailOrderBillingAddress = AddressBlock


class OrderForMailOrderSubtotal(BaseModel):
    gross: "OrderForMailOrderSubtotalGross"


class OrderForMailOrderSubtotalGross(BaseModel):
    amount: float
    currency: str


class OrderForMailOrderShippingPrice(BaseModel):
    gross: "OrderForMailOrderShippingPriceGross"


class OrderForMailOrderShippingPriceGross(BaseModel):
    amount: float
    currency: str


class OrderForMailOrderTotal(BaseModel):
    gross: "OrderForMailOrderTotalGross"
    tax: "OrderForMailOrderTotalTax"


class OrderForMailOrderTotalGross(BaseModel):
    amount: float
    currency: str


class OrderForMailOrderTotalTax(BaseModel):
    amount: float
    currency: str


class OrderForMailOrderLines(LineInsert):
    id: str
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    translated_product_name: str = Field(alias="translatedProductName")
    translated_variant_name: str = Field(alias="translatedVariantName")
    product_sku: Optional[str] = Field(alias="productSku")
    quantity: int
    total_price: "OrderForMailOrderLinesTotalPrice" = Field(alias="totalPrice")


class OrderForMailOrderLinesTotalPrice(BaseModel):
    gross: "OrderForMailOrderLinesTotalPriceGross"


class OrderForMailOrderLinesTotalPriceGross(BaseModel):
    amount: float
    currency: str


class OrderForMailOrderFulfillments(BaseModel):
    id: str
    status: FulfillmentStatus
    tracking_number: str = Field(alias="trackingNumber")
    created: datetime
    delivered_at: Optional[str] = Field(alias="deliveredAt")
    lines: Optional[list["OrderForMailOrderFulfillmentsLines"]]


class OrderForMailOrderFulfillmentsLines(BaseModel):
    quantity: int
    order_line: Optional["OrderForMailOrderFulfillmentsLinesOrderLine"] = Field(
        alias="orderLine"
    )


class OrderForMailOrderFulfillmentsLinesOrderLine(BaseModel):
    id: str


OrderForMail.model_rebuild()
OrderForMailOrder.model_rebuild()
OrderForMailOrderSubtotal.model_rebuild()
OrderForMailOrderShippingPrice.model_rebuild()
OrderForMailOrderTotal.model_rebuild()
OrderForMailOrderLines.model_rebuild()
OrderForMailOrderLinesTotalPrice.model_rebuild()
OrderForMailOrderFulfillments.model_rebuild()
OrderForMailOrderFulfillmentsLines.model_rebuild()
