from typing import Optional

from .base_model import BaseModel
from .fragments import CheckoutLines


class CartPage(BaseModel):
    checkout: Optional["CartPageCheckout"]


CartPageCheckout = CheckoutLines
CartPage.model_rebuild()
