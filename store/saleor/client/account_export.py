from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import FulfillmentStatus, LanguageCodeEnum, OrderStatus
from .fragments import AddressBlock


class AccountExport(BaseModel):
    me: Optional["AccountExportMe"]


class AccountExportMe(BaseModel):
    email: str
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    language_code: LanguageCodeEnum = Field(alias="languageCode")
    is_confirmed: bool = Field(alias="isConfirmed")
    date_joined: datetime = Field(alias="dateJoined")
    last_login: Optional[datetime] = Field(alias="lastLogin")
    addresses: list["AccountExportMeAddresses"]
    orders: Optional["AccountExportMeOrders"]


AccountExportMeAddresses = AddressBlock


class AccountExportMeOrders(BaseModel):
    page_info: "AccountExportMeOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["AccountExportMeOrdersEdges"]


class AccountExportMeOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AccountExportMeOrdersEdges(BaseModel):
    node: "AccountExportMeOrdersEdgesNode"


class AccountExportMeOrdersEdgesNode(BaseModel):
    number: str
    created: datetime
    status: OrderStatus
    user_email: Optional[str] = Field(alias="userEmail")
    voucher_code: Optional[str] = Field(alias="voucherCode")
    total: "AccountExportMeOrdersEdgesNodeTotal"
    shipping_address: Optional["AccountExportMeOrdersEdgesNodeShippingAddress"] = Field(
        alias="shippingAddress"
    )
    billing_address: Optional["AccountExportMeOrdersEdgesNodeBillingAddress"] = Field(
        alias="billingAddress"
    )
    lines: list["AccountExportMeOrdersEdgesNodeLines"]
    fulfillments: list["AccountExportMeOrdersEdgesNodeFulfillments"]


class AccountExportMeOrdersEdgesNodeTotal(BaseModel):
    gross: "AccountExportMeOrdersEdgesNodeTotalGross"


class AccountExportMeOrdersEdgesNodeTotalGross(BaseModel):
    amount: float
    currency: str


AccountExportMeOrdersEdgesNodeShippingAddress = AddressBlock
AccountExportMeOrdersEdgesNodeBillingAddress = AddressBlock


class AccountExportMeOrdersEdgesNodeLines(BaseModel):
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    product_sku: Optional[str] = Field(alias="productSku")
    quantity: int
    insert: Optional[str]
    total_price: "AccountExportMeOrdersEdgesNodeLinesTotalPrice" = Field(
        alias="totalPrice"
    )


class AccountExportMeOrdersEdgesNodeLinesTotalPrice(BaseModel):
    gross: "AccountExportMeOrdersEdgesNodeLinesTotalPriceGross"


class AccountExportMeOrdersEdgesNodeLinesTotalPriceGross(BaseModel):
    amount: float
    currency: str


class AccountExportMeOrdersEdgesNodeFulfillments(BaseModel):
    created: datetime
    status: FulfillmentStatus
    tracking_number: str = Field(alias="trackingNumber")


AccountExport.model_rebuild()
AccountExportMe.model_rebuild()
AccountExportMeOrders.model_rebuild()
AccountExportMeOrdersEdges.model_rebuild()
AccountExportMeOrdersEdgesNode.model_rebuild()
AccountExportMeOrdersEdgesNodeTotal.model_rebuild()
AccountExportMeOrdersEdgesNodeLines.model_rebuild()
AccountExportMeOrdersEdgesNodeLinesTotalPrice.model_rebuild()
