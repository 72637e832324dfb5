"""Requirements that a product must meet to be published.

The rule comes from outside the engine (`ports`). A product that does not meet it is not published, and a change after
which a published product would no longer meet it is refused with an error that names the products.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from store.engine import ports
from store.engine.caching.invalidation import CachedValue
from store.engine.catalog.models import (
    AssignedProductAttributeValue,
    AttributeProduct,
    Product,
    ProductChannelListing,
)
from store.engine.channels.models import Channel
from store.engine.errors import OperationError, OperationErrors
from store.engine.ports import Candidate, PublicationRule

MAX_NAMED_PRODUCTS = 3  # in an error message; the rest are counted


def check_publishable(*, product: Product, channels: Sequence[Channel], field: str) -> None:
    """Check the rule for a product in channels, after the changes were written and inside their transaction.

    Raises OperationErrors on `field`.
    """
    if not channels:
        return
    rule = ports.connected().missing_requirements
    channels_by_message: dict[str, list[Channel]] = {}
    for channel in channels:
        for message in rule(_build_candidate(product, channel)) or ():
            channels_by_message.setdefault(message, []).append(channel)
    if channels_by_message:
        raise OperationErrors(
            OperationError(message, field=field, channels=affected)
            for message, affected in channels_by_message.items()
        )


def missing(product: Product, channels: Sequence[Channel]) -> dict[int, list[str]]:
    """By channel pk what the rule asks for before the product may be published; nothing where it does not apply."""
    rule = ports.connected().missing_requirements
    slugs, values = _properties(product)
    return {channel.pk: list(rule(_candidate(product, channel, slugs, values)) or ()) for channel in channels}


@contextmanager
def guard_published(products: QuerySet[Product], *, field: str | None = None) -> Iterator[None]:
    """Around a change, inside its transaction: raises OperationErrors if one of these products is published and
    breaks the rule afterwards in a way that it did not before."""
    rule = ports.connected().missing_requirements
    published = _published_products(products, rule)
    yield
    names_by_message: dict[str, list[str]] = {}
    for product, channel, before in published:
        messages = rule(_build_candidate(product, channel))
        for message in ATTRIBUTE_REMOVED if messages is None else messages:
            if message not in before:
                names_by_message.setdefault(message, []).append(product.name)
    if names_by_message:
        raise OperationErrors(
            OperationError(f"{_name_products(names)} on sale, so this can't be done. {message}", field=field)
            for message, names in names_by_message.items()
        )


@dataclass(frozen=True, slots=True)
class Breach:
    """A product that is on sale in a channel although the rule forbids it; `messages` say what is missing."""

    product_id: int
    channel: str  # its name
    messages: tuple[str, ...]


def published_breaches() -> list[Breach]:
    """What is on sale against the rule, such as a product whose insert's page was unpublished later."""
    rule = ports.connected().missing_requirements
    listings = ProductChannelListing.objects.filter(is_published=True).select_related("product", "channel")
    rows = list(listings.order_by("product_id", "channel_id"))
    slugs: dict[int, set[str]] = defaultdict(set)
    for type_id, slug in AttributeProduct.objects.values_list("product_type_id", "attribute__slug"):
        slugs[type_id].add(slug)
    values: dict[int, list[AssignedProductAttributeValue]] = defaultdict(list)
    for assigned in AssignedProductAttributeValue.objects.filter(
        product__in={row.product_id for row in rows}
    ).select_related("value__attribute", "value__reference_page"):
        values[assigned.product_id].append(assigned)
    found = []
    for row in rows:
        type_slugs = frozenset(slugs[row.product.product_type_id])
        candidate = _candidate(row.product, row.channel, type_slugs, values[row.product_id])
        if messages := rule(candidate):
            found.append(Breach(row.product_id, row.channel.name, tuple(messages)))
    return found


# Read for each view of the admin's home page, and again only after the catalog has changed.
breach_count = CachedValue(lambda: len(published_breaches()))


ATTRIBUTE_REMOVED = ("Products of this type are published with it. Take them off sale first.",)


def _published_products(
    products: QuerySet[Product], rule: PublicationRule
) -> list[tuple[Product, Channel, Sequence[str]]]:
    """Published products to which the rule applies, once for each channel, with the messages that apply already."""
    listings = ProductChannelListing.objects.filter(is_published=True, product__in=products.values("pk"))
    results = [
        (row.product, row.channel, rule(_build_candidate(row.product, row.channel)))
        for row in listings.select_related("product", "channel")
    ]
    return [(product, channel, messages) for product, channel, messages in results if messages is not None]


def _name_products(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    shown, more = distinct[:MAX_NAMED_PRODUCTS], len(distinct) - MAX_NAMED_PRODUCTS
    return (
        f"{', '.join(shown)}{f' and {more} more' if more > 0 else ''} {'is' if len(distinct) == 1 else 'are'}"
    )


def _build_candidate(product: Product, channel: Channel) -> Candidate:
    return _candidate(product, channel, *_properties(product))


def _properties(product: Product) -> tuple[frozenset[str], list[AssignedProductAttributeValue]]:
    """The slugs of the attributes of its type, and its values."""
    attributes = AttributeProduct.objects.filter(product_type_id=product.product_type_id)
    assigned_values = AssignedProductAttributeValue.objects.filter(product=product).select_related(
        "value__attribute", "value__reference_page"
    )
    return frozenset(attributes.values_list("attribute__slug", flat=True)), list(assigned_values)


def _candidate(
    product: Product,
    channel: Channel,
    attribute_slugs: frozenset[str],
    assigned_values: Iterable[AssignedProductAttributeValue],
) -> Candidate:
    choices: dict[str, list[str]] = {}
    pages: dict[str, list[str]] = {}
    for assigned in assigned_values:
        slug, page = assigned.value.attribute.slug, assigned.value.reference_page
        choices.setdefault(slug, []).append(assigned.value.name)
        if page is not None and page.is_published:
            pages.setdefault(slug, []).append(page.slug)
    return Candidate(
        name=product.name,
        attribute_slugs=attribute_slugs,
        choices=choices,
        pages=pages,
        country=channel.default_country,
    )
