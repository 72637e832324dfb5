"""Which shop an event or a mail is of. Ids of orders, parcels and accounts of two shops may be the same.

A store that is connected to another shop leaves the mails of the former one alone: it can't ask about their orders.
They go on by themselves when that shop is connected again.
"""

from django.conf import settings
from django.db.models import Q


def current_shop() -> str:
    """The shop that this store is connected to: "embedded", or what SALEOR_ID or SALEOR_API_URL names."""
    return str(settings.SHOP_ID)


def of_current_shop() -> Q:
    """For rows of OrderEvent and MailPlan."""
    return Q(shop=current_shop())
