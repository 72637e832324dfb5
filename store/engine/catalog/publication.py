"""What a product must have before anybody can buy it. The rule comes from outside: `wiring` hands it in.

Without a rule everything may be published, as in Saleor. With one, a product that does not fit stays unpublished, and
what a published product needs can't be taken away from it: the change is undone and says for which products.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from store.engine.catalog.models import (
    AssignedProductAttributeValue,
    AttributeProduct,
    Product,
    ProductChannelListing,
)
from store.engine.channels.models import Channel
from store.engine.errors import Refusal, Refusals

NAMED = 3  # products that a refusal names; the rest are counted


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product as shoppers of a country would meet it."""

    name: str
    asks: frozenset[str]  # slugs of the attributes that products of its type have
    choices: Mapping[str, Sequence[str]]  # names of its values, by the attribute's slug
    pages: Mapping[
        str, Sequence[str]
    ]  # slugs of the published pages that it points to, by the attribute's slug
    country: str  # ISO 3166, of the channel


Rule = Callable[[Candidate], Sequence[str] | None]
_rule: Rule | None = None


def use(rule: Rule | None) -> None:
    """`rule(candidate)`: sentences that say what is missing and what to do; None when it is not about this product."""
    global _rule  # noqa: PLW0603 - set once, when the program starts
    _rule = rule


def check(*, product: Product, channels: Sequence[Channel], field: str) -> None:
    """Refuse to publish. Inside the transaction that has written all but the commit."""
    if _rule is None or not channels:
        return
    said: dict[str, list[Channel]] = {}
    for channel in channels:
        for sentence in _rule(_candidate(product, channel)) or ():
            said.setdefault(sentence, []).append(channel)
    if said:
        raise Refusals(Refusal(sentence, field=field, channels=where) for sentence, where in said.items())


@contextmanager
def still_fit(products: QuerySet[Product], *, field: str | None = None) -> Iterator[None]:
    """Around a change, inside its transaction: those of these products that are published must fit afterwards, too."""
    held = [] if _rule is None else _held(products, _rule)
    yield
    said: dict[str, list[str]] = {}
    for product, channel, before in held:
        found = _rule(_candidate(product, channel)) if _rule else ()
        for sentence in TAKEN_AWAY if found is None else found:
            if sentence not in before:
                said.setdefault(sentence, []).append(product.name)
    if said:
        raise Refusals(
            Refusal(f"{_some(names)} on sale, so this can't be done. {sentence}", field=field)
            for sentence, names in said.items()
        )


TAKEN_AWAY = ("Products of this type are published with it. Take them off sale first.",)


def _held(products: QuerySet[Product], rule: Rule) -> list[tuple[Product, Channel, Sequence[str]]]:
    """Those that are published and that the rule is about, once a channel, with what is wrong with them already."""
    listings = ProductChannelListing.objects.filter(is_published=True, product__in=products.values("pk"))
    judged = [
        (row.product, row.channel, rule(_candidate(row.product, row.channel)))
        for row in listings.select_related("product", "channel")
    ]
    return [(product, channel, wrong) for product, channel, wrong in judged if wrong is not None]


def _some(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    shown, more = distinct[:NAMED], len(distinct) - NAMED
    return (
        f"{', '.join(shown)}{f' and {more} more' if more > 0 else ''} {'is' if len(distinct) == 1 else 'are'}"
    )


def _candidate(product: Product, channel: Channel) -> Candidate:
    asks = AttributeProduct.objects.filter(product_type_id=product.product_type_id)
    given = AssignedProductAttributeValue.objects.filter(product=product).select_related(
        "value__attribute", "value__reference_page"
    )
    choices: dict[str, list[str]] = {}
    pages: dict[str, list[str]] = {}
    for one in given:
        slug, page = one.value.attribute.slug, one.value.reference_page
        choices.setdefault(slug, []).append(one.value.name)
        if page is not None and page.is_published:
            pages.setdefault(slug, []).append(page.slug)
    return Candidate(
        name=product.name,
        asks=frozenset(asks.values_list("attribute__slug", flat=True)),
        choices=choices,
        pages=pages,
        country=channel.default_country,
    )
