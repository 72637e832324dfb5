"""Values that several pages show: money, and pictures. Made from the answers of the generated client.

Each page maps what the client returns to frozen dataclasses, so that a template never meets an answer's optional
parts, and a renamed field fails in mypy instead of on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from babel.numbers import get_currency_precision
from django.conf import settings

from store.saleor.client.enums import ProductMediaType


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str

    @property
    def plain_amount(self) -> str:
        """Such as "29.00", as machines read it: with as many decimals as the currency has."""
        return f"{self.amount:.{get_currency_precision(self.currency)}f}"


@dataclass(frozen=True, slots=True)
class TaxedMoney:
    """An amount with tax (`gross`) and without (`net`)."""

    gross: Money
    net: Money

    def shown(self, *, gross: bool) -> Money:
        """The amount to show: with tax (Europe) or without (United States), as Saleor's displayGrossPrices says."""
        return self.gross if gross else self.net


@dataclass(frozen=True, slots=True)
class Picture:
    """`url` has no host where the picture is ours, so that it loads under any name of the shop.

    `srcset`: the same picture in several widths, as the attribute of that name; empty where there is one only.
    """

    url: str
    alt: str
    srcset: str = ""


class MoneyAnswer(Protocol):
    """The fields `amount` and `currency` of any Money in an answer."""

    @property
    def amount(self) -> float: ...
    @property
    def currency(self) -> str: ...


class TaxedMoneyAnswer(Protocol):
    """The fields `gross` and `net` of any TaxedMoney in an answer."""

    @property
    def gross(self) -> MoneyAnswer: ...
    @property
    def net(self) -> MoneyAnswer: ...


class ImageAnswer(Protocol):
    """The fields `url` and `alt` of any Image or ProductMedia in an answer."""

    @property
    def url(self) -> str: ...
    @property
    def alt(self) -> str | None: ...


class MediaAnswer(ImageAnswer, Protocol):
    """The fields `url`, `alt` and `type` of any ProductMedia in an answer."""

    @property
    def type_(self) -> ProductMediaType: ...


def money(answer: MoneyAnswer) -> Money:
    """Exact: the client reads amounts as float, whose shortest text is what Saleor sent."""
    return Money(Decimal(str(answer.amount)), answer.currency)


def taxed_money(answer: TaxedMoneyAnswer) -> TaxedMoney:
    return TaxedMoney(gross=money(answer.gross), net=money(answer.net))


def picture(answer: ImageAnswer | None) -> Picture | None:
    return Picture(relative_url(answer.url), answer.alt or "") if answer else None


def variant_picture(media: Iterable[MediaAnswer] | None, thumbnail: ImageAnswer | None) -> Picture | None:
    """The picture of the variant that was chosen: its own first image, else the product's thumbnail."""
    own = next((item for item in media or () if item.type_ is ProductMediaType.IMAGE), None)
    return picture(own or thumbnail)


def relative_url(url: str) -> str:
    """A URL of ours by its path, so that it works under any host name (localhost, a proxy)."""
    return url.removeprefix(settings.PUBLIC_URL)


def absolute_url(url: str) -> str:
    """For search engines and link previews, which need the host."""
    return url if "//" in url else settings.PUBLIC_URL + url
