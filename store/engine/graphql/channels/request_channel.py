"""Where a request shops: its channel, the taxes and settings there. Each looked up once per request."""

from store.engine.channels import channels, shop_settings
from store.engine.channels.models import Channel, ShopSettings
from store.engine.errors import NotFound, Refusal
from store.engine.graphql.context import Context
from store.engine.graphql.registry import Info
from store.engine.taxes.tax_rates import Taxation, taxation


def channel_of(info: Info, slug: str | None) -> Channel | None:
    """The channel of that slug; None when there is none such."""
    if slug is None:
        return None
    return by_slug(info.context).get(slug)


def by_slug(context: Context) -> dict[str, Channel]:
    """All channels of the shop: a handful, kept in memory until one is changed."""
    found: dict[str, Channel] = context.once("channels", lambda: {one.slug: one for one in channels.every()})
    return found


def by_pk(context: Context) -> dict[int, Channel]:
    return {one.pk: one for one in by_slug(context).values()}


def public_channel(info: Info, slug: str | None, *codes: str) -> tuple[Channel | None, bool]:
    """The channel that is asked about, and whether the asker may see what isn't published.

    A shopper needs not name the channel when the shop has only one that is active.
    """
    staff = info.context.may(*codes)
    if slug is None and not staff:
        return _only_one(info), False
    return channel_of(info, slug), staff


def _only_one(info: Info) -> Channel:
    active = [one for one in by_slug(info.context).values() if one.is_active]
    if not active:
        raise Refusal("No active channel exists: create one, or activate it.", code="NoDefaultChannel")
    if len(active) > 1:
        raise Refusal("More than one channel exists, please specify which one.", code="ChannelNotDefined")
    return active[0]


def required_channel(info: Info, slug: str) -> Channel:
    if (found := channel_of(info, slug)) is None:
        raise NotFound(f"Channel with '{slug}' slug does not exist.", field="channel")
    return found


def taxation_of(info: Info, channel: Channel, country: str | None = None) -> Taxation:
    key = ("taxation", channel.pk, country)
    found: Taxation = info.context.once(key, lambda: taxation(channel, country))
    return found


def settings_of(info: Info) -> ShopSettings:
    found: ShopSettings = info.context.once("shop settings", shop_settings.current)
    return found
