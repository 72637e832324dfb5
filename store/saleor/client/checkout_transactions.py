from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionEventTypeEnum


class CheckoutTransactions(BaseModel):
    checkout: Optional["CheckoutTransactionsCheckout"]


class CheckoutTransactionsCheckout(BaseModel):
    transactions: Optional[list["CheckoutTransactionsCheckoutTransactions"]]


class CheckoutTransactionsCheckoutTransactions(BaseModel):
    id: str
    created_by: Optional[
        Annotated[
            Union[
                "CheckoutTransactionsCheckoutTransactionsCreatedByUser",
                "CheckoutTransactionsCheckoutTransactionsCreatedByApp",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="createdBy")
    authorized_amount: "CheckoutTransactionsCheckoutTransactionsAuthorizedAmount" = (
        Field(alias="authorizedAmount")
    )
    authorize_pending_amount: "CheckoutTransactionsCheckoutTransactionsAuthorizePendingAmount" = Field(
        alias="authorizePendingAmount"
    )
    events: list["CheckoutTransactionsCheckoutTransactionsEvents"]


class CheckoutTransactionsCheckoutTransactionsCreatedByUser(BaseModel):
    typename__: Literal["User"] = Field(alias="__typename")


class CheckoutTransactionsCheckoutTransactionsCreatedByApp(BaseModel):
    typename__: Literal["App"] = Field(alias="__typename")
    identifier: Optional[str]


class CheckoutTransactionsCheckoutTransactionsAuthorizedAmount(BaseModel):
    amount: float
    currency: str


class CheckoutTransactionsCheckoutTransactionsAuthorizePendingAmount(BaseModel):
    amount: float
    currency: str


class CheckoutTransactionsCheckoutTransactionsEvents(BaseModel):
    type_: Optional[TransactionEventTypeEnum] = Field(alias="type")
    amount: "CheckoutTransactionsCheckoutTransactionsEventsAmount"
    message: str
    psp_reference: str = Field(alias="pspReference")
    idempotency_key: Optional[str] = Field(alias="idempotencyKey")
    created_by: Optional[
        Annotated[
            Union[
                "CheckoutTransactionsCheckoutTransactionsEventsCreatedByUser",
                "CheckoutTransactionsCheckoutTransactionsEventsCreatedByApp",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="createdBy")


class CheckoutTransactionsCheckoutTransactionsEventsAmount(BaseModel):
    amount: float
    currency: str


class CheckoutTransactionsCheckoutTransactionsEventsCreatedByUser(BaseModel):
    typename__: Literal["User"] = Field(alias="__typename")


class CheckoutTransactionsCheckoutTransactionsEventsCreatedByApp(BaseModel):
    typename__: Literal["App"] = Field(alias="__typename")


CheckoutTransactions.model_rebuild()
CheckoutTransactionsCheckout.model_rebuild()
CheckoutTransactionsCheckoutTransactions.model_rebuild()
CheckoutTransactionsCheckoutTransactionsEvents.model_rebuild()
