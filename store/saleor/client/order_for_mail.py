from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import (  # noqa: F401
    AddressBlock,
    FulfillmentProgress,
    FulfillmentProgressLines,
    LineInsert,
    LineInsertVariant,
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


class OrderForMail(BaseModel):
    order: Optional["OrderForMailOrder"]


class OrderForMailOrder(OrderMoney, OrderProgress):
    id: str
    number: str
    user_email: Optional[str] = Field(alias="userEmail")
    user: Optional["OrderForMailOrderUser"]
    shipping_address: Optional["OrderForMailOrderShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["OrderForMailOrderBillingAddress"] = Field(
        alias="billingAddress"
    )
    lines: list["OrderForMailOrderLines"]
    fulfillments: list["OrderForMailOrderFulfillments"]


class OrderForMailOrderUser(BaseModel):
    first_name: str = Field(alias="firstName")


OrderForMailOrderShippingAddress = AddressBlock
OrderForMailOrderBillingAddress = AddressBlock


class OrderForMailOrderLines(LineInsert, OrderLineMoney, OrderLineProgress):
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    translated_product_name: str = Field(alias="translatedProductName")
    translated_variant_name: str = Field(alias="translatedVariantName")


class OrderForMailOrderFulfillments(FulfillmentProgress):
    id: str
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
OrderForMailOrderFulfillments.model_rebuild()
OrderForMailOrderFulfillmentsLines.model_rebuild()
