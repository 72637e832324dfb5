"""Saleor's error codes as messages to the shopper: each says what happened and what to do next."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from store.saleor.errors import Problem, Refused

MESSAGES: dict[str, Promise] = {
    "INSUFFICIENT_STOCK": gettext_lazy("There are not that many left. Please choose a smaller number."),
    "QUANTITY_GREATER_THAN_LIMIT": gettext_lazy(
        "That is more than one order can hold. Please choose a smaller number."
    ),
    "ZERO_QUANTITY": gettext_lazy("Please choose at least one."),
    "UNAVAILABLE_VARIANT_IN_CHANNEL": gettext_lazy(
        "This choice is no longer sold here. Please pick another one."
    ),
    "PRODUCT_NOT_PUBLISHED": gettext_lazy("This product is no longer sold. Please pick another one."),
    "PRODUCT_UNAVAILABLE_FOR_PURCHASE": gettext_lazy("This product can't be bought at the moment."),
    "NOT_FOUND": gettext_lazy("We couldn't find that any more. Please look at your cart and try again."),
    "EMAIL_NOT_SET": gettext_lazy("Please enter your email address first."),
    "SHIPPING_ADDRESS_NOT_SET": gettext_lazy("Please enter your shipping address first."),
    "BILLING_ADDRESS_NOT_SET": gettext_lazy("Please enter your billing address first."),
    "SHIPPING_METHOD_NOT_SET": gettext_lazy("Please choose how we deliver first."),
    "SHIPPING_METHOD_NOT_APPLICABLE": gettext_lazy(
        "That delivery does not fit this order. Please choose another."
    ),
    "INVALID_SHIPPING_METHOD": gettext_lazy("That delivery does not fit this order. Please choose another."),
    "DELIVERY_METHOD_NOT_APPLICABLE": gettext_lazy(
        "That delivery does not fit this order. Please choose another."
    ),
    "CHECKOUT_NOT_FULLY_PAID": gettext_lazy(
        "The total changed while you paid. Please check it and pay what is open."
    ),
    "PAYMENT_ERROR": gettext_lazy("The payment did not go through. You can try again."),
    "NO_LINES": gettext_lazy("Your cart is empty."),
    "CHANNEL_INACTIVE": gettext_lazy("This shop is closed for orders at the moment. Please try again later."),
    "INVALID_CREDENTIALS": gettext_lazy("This email address and password do not fit together."),
    "INVALID_PASSWORD": gettext_lazy("This email address and password do not fit together."),
    "LOGIN_ATTEMPT_DELAYED": gettext_lazy("Too many tries. Please wait a little, then try again."),
    "ACCOUNT_NOT_CONFIRMED": gettext_lazy(
        "Please confirm your email address first, with the link in our mail. If it is lost, set a new password: that"
        " confirms the address as well."
    ),
    "INACTIVE": gettext_lazy("This account is closed. Please write to us."),
    "PASSWORD_TOO_SHORT": gettext_lazy("Please choose a longer password."),
    "PASSWORD_TOO_COMMON": gettext_lazy("This password is used by too many. Please choose another."),
    "PASSWORD_ENTIRELY_NUMERIC": gettext_lazy("Please use more than digits."),
    "PASSWORD_TOO_SIMILAR": gettext_lazy("This password is too much like your name or address."),
    "REQUIRED": gettext_lazy("Please fill this in."),
    "INVALID": gettext_lazy("Please check this entry."),
}
UNKNOWN = gettext_lazy("That did not work. Nothing was changed; please try again.")
WITHOUT_INSERT = gettext_lazy("This product has no safety insert yet, so it can't be ordered.")

# By field, then code; these go before MESSAGES.
FIELD_MESSAGES: dict[str, dict[str, Promise]] = {
    "postalCode": {
        "REQUIRED": gettext_lazy("Please enter your postal code."),
        "INVALID": gettext_lazy("This postal code does not fit the country. Please check it."),
    },
    "countryArea": {
        "REQUIRED": gettext_lazy("Please choose your state or region."),
        "INVALID": gettext_lazy("Please choose one from the list."),
    },
    "email": {"INVALID": gettext_lazy("Please check your email address: it looks unfinished.")},
    "promoCode": {
        "INVALID": gettext_lazy("We don't know this code, or it has ended. Please check it."),
        "NOT_FOUND": gettext_lazy("We don't know this code, or it has ended. Please check it."),
        "VOUCHER_NOT_APPLICABLE": gettext_lazy("This code does not fit what is in your cart."),
        "GIFT_CARD_NOT_APPLICABLE": gettext_lazy("This gift card can't be used here."),
    },
    "oldPassword": {"INVALID_CREDENTIALS": gettext_lazy("This is not your current password.")},
    "phone": {
        "INVALID": gettext_lazy("Please check the phone number, with its country code if you are abroad.")
    },
}


def message_for(problem: Problem) -> str:
    field_message = FIELD_MESSAGES.get(problem.field or "", {}).get(problem.code)
    return str(field_message or MESSAGES.get(problem.code, UNKNOWN))


def messages_for(refused: Refused) -> list[str]:
    """Each message once, in Saleor's order."""
    return list(dict.fromkeys(message_for(problem) for problem in refused.problems))


def is_checkout_missing(problems: Iterable[Problem]) -> bool:
    """Was NOT_FOUND returned for the checkout itself? Then it has expired or became an order."""
    return any(p.code == "NOT_FOUND" and p.field in {"id", "token", "checkoutId"} for p in problems)


def low_stock_message(quantity: int, name: str) -> str:
    if quantity <= 0:
        return _("{name} is sold out. Please take it out of your cart or pick another choice.").format(
            name=name
        )
    message = ngettext(
        "Only {quantity} of {name} is left. Please lower the number.",
        "Only {quantity} of {name} are left. Please lower the number.",
        quantity,
    )
    return message.format(quantity=quantity, name=name)
