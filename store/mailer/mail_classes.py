"""Classes and kinds of mail by name, and the rules of a class. What a kind does is in `mail_kinds`.

They are code, so that no setting can turn off safety mail.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices


class MailClass(TextChoices):
    """SAFETY is sent at least once, the others at most once."""

    SAFETY = "safety", "Safety"
    SERVICE = "service", "Service"
    CARE = "care", "Care"


class Kind(TextChoices):
    ORDER_CONFIRMATION = "order-confirmation", "Order confirmation"
    SAFETY_FIRST = "safety-first", "Read this before you use your cups"
    SHIPPED = "shipped", "Shipped"
    HOWTO = "how-to", "How to use your cups"
    AREA = "area", "Technique for an area"
    CARE = "care", "Care and cleaning"
    CHECK_IN = "check-in", "Is all well?"
    INSERT_CHANGE = "insert-change", "A safety insert has changed"
    RECALL = "recall", "Product safety recall"
    RECALL_REMINDER = "recall-reminder", "Product safety recall, reminder"
    ORDER_CANCELLED = "order-cancelled", "Order cancelled"
    ORDER_REFUNDED = "order-refunded", "Money sent back"
    RETURN_RECEIVED = "return-received", "We have the request to return"
    RETURN_CLOSED = "return-closed", "The request to return is closed"
    ORDER_LINK = "order-link", "Link to the page of an order"
    MERCHANT_MESSAGE = "merchant-message", "Message to the merchant"
    LOW_STOCK = "low-stock", "A product runs low"
    GIFT_CARD = "gift-card", "Gift card"
    PAYMENT_RETURNED = "payment-returned", "Payment of a cart sent back"
    STOCK_CONFIRMATION = "stock-confirmation", "Confirm to be told when it is back"
    STOCK_NOTICE = "stock-notice", "It is back in stock"
    ACCOUNT_CONFIRMATION = "account-confirmation", "Confirm the address of an account"
    ACCOUNT_PASSWORD = "account-password", "Set a new password"
    STAFF_PASSWORD = "staff-password", "Set a password at the merchant's desk"
    STAFF_INVITATION = "staff-invitation", "Invitation to the merchant's desk"
    ACCOUNT_EMAIL = "account-email", "Confirm a new address"
    ACCOUNT_DELETION = "account-deletion", "Confirm the deletion of an account"


@dataclass(frozen=True, slots=True)
class AmbiguousPolicy:
    """How often a mail is resent automatically when the server may or may not have accepted it."""

    resends: int


AMBIGUOUS_POLICIES: dict[MailClass, AmbiguousPolicy] = {
    MailClass.SAFETY: AmbiguousPolicy(resends=2),
    MailClass.SERVICE: AmbiguousPolicy(resends=0),
    MailClass.CARE: AmbiguousPolicy(resends=0),
}
QUEUES: dict[MailClass, str] = {
    MailClass.SAFETY: "safety",
    MailClass.SERVICE: "default",
    MailClass.CARE: "default",
}

# How long a worker holds a row without renewing. Short, because until the final dot another worker may take the row
# over without harm: the slow one finds its lease lost and stops. Each step renews it.
LEASE = timedelta(seconds=90)
# Added to the timeout of the final reply, during which the row must not be taken over.
LEASE_MARGIN = timedelta(seconds=60)

SHIPPED_STALE_AFTER = timedelta(hours=1)  # after delivery; then the mail "shipped" is pointless
AREA_DELAY = timedelta(days=3)  # these three after the last parcel with cups has arrived
CARE_DELAY = timedelta(days=14)
CHECK_IN_DELAY = timedelta(days=30)
# A how-to or care mail is not repeated for the same insert, unless the insert has changed since.
REPEAT_BUYER_PERIOD = timedelta(days=90)
HOWTO_FALLBACK_DELAY = timedelta(days=10)  # after shipping, if no delivery is reported
