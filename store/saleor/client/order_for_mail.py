from typing import Optional

from .base_model import BaseModel
from .fragments import MailOrder


class OrderForMail(BaseModel):
    order: Optional["OrderForMailOrder"]


OrderForMailOrder = MailOrder
OrderForMail.model_rebuild()
