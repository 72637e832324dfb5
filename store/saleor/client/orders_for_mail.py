from typing import Optional

from .base_model import BaseModel
from .fragments import MailOrder


class OrdersForMail(BaseModel):
    orders: Optional["OrdersForMailOrders"]


class OrdersForMailOrders(BaseModel):
    edges: list["OrdersForMailOrdersEdges"]


class OrdersForMailOrdersEdges(BaseModel):
    node: "OrdersForMailOrdersEdgesNode"


OrdersForMailOrdersEdgesNode = MailOrder
OrdersForMail.model_rebuild()
OrdersForMailOrders.model_rebuild()
OrdersForMailOrdersEdges.model_rebuild()
