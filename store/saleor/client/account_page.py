from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import LanguageCodeEnum
from .fragments import (  # noqa: F401
    FulfillmentProgress,
    OrderLineProgress,
    OrderProgress,
    OrderProgressShippingPrice,
    OrderProgressTotal,
    OrderProgressTotalAuthorized,
    OrderProgressTotalCharged,
    OrderProgressTotalRefunded,
)


class AccountPage(BaseModel):
    me: Optional["AccountPageMe"]


class AccountPageMe(BaseModel):
    email: str
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    language_code: LanguageCodeEnum = Field(alias="languageCode")
    is_staff: bool = Field(alias="isStaff")
    orders: Optional["AccountPageMeOrders"]


class AccountPageMeOrders(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    page_info: "AccountPageMeOrdersPageInfo" = Field(alias="pageInfo")
    edges: list["AccountPageMeOrdersEdges"]


class AccountPageMeOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AccountPageMeOrdersEdges(BaseModel):
    node: "AccountPageMeOrdersEdgesNode"


class AccountPageMeOrdersEdgesNode(OrderProgress):
    id: str
    number: str
    created: datetime
    lines: list["AccountPageMeOrdersEdgesNodeLines"]
    fulfillments: list["AccountPageMeOrdersEdgesNodeFulfillments"]


class AccountPageMeOrdersEdgesNodeLines(OrderLineProgress):
    product_name: str = Field(alias="productName")
    translated_product_name: str = Field(alias="translatedProductName")


AccountPageMeOrdersEdgesNodeFulfillments = FulfillmentProgress
AccountPage.model_rebuild()
AccountPageMe.model_rebuild()
AccountPageMeOrders.model_rebuild()
AccountPageMeOrdersEdges.model_rebuild()
AccountPageMeOrdersEdgesNode.model_rebuild()
