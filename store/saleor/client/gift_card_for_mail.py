from datetime import date
from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class GiftCardForMail(BaseModel):
    gift_card: Optional["GiftCardForMailGiftCard"] = Field(alias="giftCard")


class GiftCardForMailGiftCard(BaseModel):
    code: str
    is_active: bool = Field(alias="isActive")
    expiry_date: Optional[date] = Field(alias="expiryDate")
    current_balance: "GiftCardForMailGiftCardCurrentBalance" = Field(
        alias="currentBalance"
    )


class GiftCardForMailGiftCardCurrentBalance(BaseModel):
    amount: float
    currency: str


GiftCardForMail.model_rebuild()
GiftCardForMailGiftCard.model_rebuild()
