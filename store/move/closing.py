"""Closes the former shop for buying, and opens it again. Its pages, orders and mails go on."""

import time
from collections.abc import Callable, Iterator

from store.move.shop_api import Mutation, ShopApi

WAIT = 60.0  # seconds: how long its workers get for what was bought right before
PAUSE = 2.0
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


class StillBusy(Exception):
    """The former shop has not told of all that was bought; the message names what is waited for."""


def wait_until_quiet(
    *, to_tell: Callable[[], int], under_way: Callable[[], int], seconds: float = WAIT
) -> None:
    """Wait for the closed shop's workers. `to_tell`: events about orders that its mailer has not got; `under_way`:
    mails that are being sent and events that are not planned. Raises StillBusy after `seconds`.
    """
    end = time.monotonic() + seconds
    while (events := to_tell()) + (mails := under_way()):
        if time.monotonic() >= end:
            raise StillBusy(
                f"The former shop is closed, but {events} of its events about orders are not delivered and "
                f"{mails} of its mails are being sent or not planned yet. Let its workers run until both are 0, then "
                "run it again; nothing was moved."
            )
        time.sleep(min(PAUSE, seconds))


def reopen(shop: ShopApi) -> Iterator[str]:
    """Switch the channels on that `close` has switched off; yields their slugs. Raises SaleorError."""
    for channel in shop.ask("Channels")["channels"]:
        if any(one["key"] == CLOSED for one in channel["privateMetadata"]):
            shop.write(_UPDATE, id=channel["id"], input={"isActive": True})
            shop.write(_FORGET, id=channel["id"], keys=[CLOSED])
            yield channel["slug"]
