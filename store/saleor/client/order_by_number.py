from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import LanguageCodeEnum, OrderStatus


class OrderByNumber(BaseModel):
    orders: Optional["OrderByNumberOrders"]


class OrderByNumberOrders(BaseModel):
    edges: list["OrderByNumberOrdersEdges"]


class OrderByNumberOrdersEdges(BaseModel):
    node: "OrderByNumberOrdersEdgesNode"


class OrderByNumberOrdersEdgesNode(BaseModel):
    id: str
    number: str
    user_email: Optional[str] = Field(alias="userEmail")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    status: OrderStatus


OrderByNumber.model_rebuild()
OrderByNumberOrders.model_rebuild()
OrderByNumberOrdersEdges.model_rebuild()
