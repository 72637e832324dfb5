"""The channel of a request, its taxes and the shop's settings; each is looked up once per request."""

from store.engine.channels import channels, shop_settings
from store.engine.channels.models import Channel, ShopSettings
from store.engine.errors import NotFound, OperationError
from store.engine.graphql.context import Context
from store.engine.graphql.registry import Info
from store.engine.taxes.tax_rates import Taxation, taxation


def channel_of(info: Info, slug: str | None) -> Channel | None:
    """The channel with this slug, None when there is none."""
    if slug is None:
        return None
    return channels_by_slug(info.context).get(slug)


def channels_by_slug(context: Context) -> dict[str, Channel]:
    """All channels of the shop: a handful, cached until one is changed."""
    by_slug: dict[str, Channel] = context.get_or_set(
        "channels", lambda: {channel.slug: channel for channel in context.rows.bind(channels.all_channels())}
    )
    return by_slug


def channels_by_pk(context: Context) -> dict[int, Channel]:
    return {channel.pk: channel for channel in channels_by_slug(context).values()}


def requested_channel(info: Info, slug: str | None, *codes: str) -> tuple[Channel | None, bool]:
    """(channel, whether the requestor may see what isn't published in it, by having one of `codes`).

    Without a slug, customers get the shop's only active channel; raises OperationError if there isn't exactly one.
    """
    may_see_unpublished = info.context.has_permission(*codes)
    if slug is None and not may_see_unpublished:
        return _only_active_channel(info), False
    return channel_of(info, slug), may_see_unpublished


def _only_active_channel(info: Info) -> Channel:
    active = [channel for channel in channels_by_slug(info.context).values() if channel.is_active]
    if not active:
        raise OperationError("No active channel exists: create one, or activate it.", code="NoDefaultChannel")
    if len(active) > 1:
        raise OperationError(
            "More than one channel exists, please specify which one.", code="ChannelNotDefined"
        )
    return active[0]


def required_channel(info: Info, slug: str) -> Channel:
    """The channel with this slug; raises NotFound."""
    if (channel := channel_of(info, slug)) is None:
        raise NotFound(f"Channel with '{slug}' slug does not exist.", field="channel")
    return channel


def taxation_of(info: Info, channel: Channel, country: str | None = None) -> Taxation:
    key = ("taxation", channel.pk, country)
    cached: Taxation = info.context.get_or_set(key, lambda: taxation(channel, country))
    return cached


def settings_of(info: Info) -> ShopSettings:
    settings: ShopSettings = info.context.get_or_set("shop settings", shop_settings.current)
    return settings
