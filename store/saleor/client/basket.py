from typing import Optional

from .base_model import BaseModel
from .fragments import BasketLines


class Basket(BaseModel):
    checkout: Optional["BasketCheckout"]


BasketCheckout = BasketLines
Basket.model_rebuild()
