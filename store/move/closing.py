"""Closes the former shop for buying, and opens it again. Its pages, orders and mails go on."""

from collections.abc import Iterator

from store.move.shop_api import Mutation, ShopApi

# In the private metadata of a channel that was open before it was closed.
CLOSED = "closed_by_move"
_UPDATE = Mutation("channelUpdate", "channel", {"id": "ID!", "input": "ChannelUpdateInput!"})
_FORGET = Mutation("deletePrivateMetadata", "", {"id": "ID!", "keys": "[String!]!"})


def close(shop: ShopApi) -> Iterator[str]:
    """Switch every open channel off; yields their slugs. What is in a basket stays there. Raises SaleorError."""
    for channel in shop.ask("Channels")["channels"]:
        if channel["isActive"]:
            note = [{"key": CLOSED, "value": "1"}]
            shop.write(_UPDATE, id=channel["id"], input={"isActive": False, "privateMetadata": note})
            yield channel["slug"]


def reopen(shop: ShopApi) -> Iterator[str]:
    """Switch the channels on that `close` has switched off; yields their slugs. Raises SaleorError."""
    for channel in shop.ask("Channels")["channels"]:
        if any(one["key"] == CLOSED for one in channel["privateMetadata"]):
            shop.write(_UPDATE, id=channel["id"], input={"isActive": True})
            shop.write(_FORGET, id=channel["id"], keys=[CLOSED])
            yield channel["slug"]
