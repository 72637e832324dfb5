"""Querysets of the catalog rows that shoppers may see in a channel."""

from datetime import datetime

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from store.engine.caching.invalidation import CachedValue
from store.engine.catalog.models import (
    Collection,
    CollectionChannelListing,
    Page,
    Product,
    ProductChannelListing,
    ProductVariant,
)
from store.engine.channels.models import Channel


def products(channel: Channel, *, listed: bool = False) -> QuerySet[Product]:
    """Published products with at least one priced variant; with `listed` only those that are visible in listings.

    The channel's listing is joined once, so that sorting by `channel_listings__…` uses the same row.
    """
    if not channel.is_active:
        return Product.objects.none()
    conditions = _published() & Q(channel_listings__discounted_price_amount__isnull=False)
    if listed:
        conditions &= Q(channel_listings__visible_in_listings=True)
    return Product.objects.filter(conditions, channel_listings__channel=channel)


def variants(channel: Channel) -> QuerySet[ProductVariant]:
    """Priced variants of published products."""
    return ProductVariant.objects.filter(
        product__in=products(channel).values("pk"),
        channel_listings__channel=channel,
        channel_listings__price_amount__isnull=False,
    )


def collections(channel: Channel) -> QuerySet[Collection]:
    if not channel.is_active:
        return Collection.objects.none()
    return Collection.objects.filter(_published(), channel_listings__channel=channel)


def pages() -> QuerySet[Page]:
    return Page.objects.filter(
        Q(published_at__isnull=True) | Q(published_at__lte=timezone.now()), is_published=True
    )


def next_scheduled_change(now: datetime) -> datetime | None:
    """The next time at which a row is published or becomes available for purchase by its date, without a write."""
    return min((time for time in _scheduled_times() if time > now), default=None)


def _read_scheduled_times() -> list[datetime]:
    """All times in the future, when this is read."""
    now, times = timezone.now(), list[datetime]()
    for table, column in SCHEDULED_COLUMNS:
        rows = table._default_manager.filter(**{f"{column}__gt": now}).order_by()
        times += rows.values_list(column, flat=True).distinct()
    return times


SCHEDULED_COLUMNS: tuple[tuple[type[Model], str], ...] = (
    (ProductChannelListing, "published_at"),
    (ProductChannelListing, "available_for_purchase_at"),
    (CollectionChannelListing, "published_at"),
    (Page, "published_at"),
)
_scheduled_times = CachedValue(_read_scheduled_times)


def _published() -> Q:
    now = timezone.now()
    when = Q(channel_listings__published_at__isnull=True) | Q(channel_listings__published_at__lte=now)
    return when & Q(channel_listings__is_published=True)
