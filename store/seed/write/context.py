"""What every section works with: the client, the ids of what exists, the ledger, the tally."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from store.saleor.client.client import Client
from store.saleor.errors import SaleorError, check
from store.seed.write.fingerprints import Ledger, fingerprint


class NotThere(Exception):
    """A section needs something that no earlier section has written: `--only` left out too much."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(
            f"The {kind} `{key}` is not in the shop yet. Run `manage.py seed` without --only first."
        )
        self.kind, self.key = kind, key


class Declined(Exception):
    """The shop would not take one object; `reason` is what it said."""

    def __init__(self, kind: str, key: str, reason: SaleorError) -> None:
        super().__init__(f"The shop refused the {kind.replace('-', ' ')} `{key}`: {reason}")
        self.kind, self.key, self.reason = kind, key, reason


class Bench:
    def __init__(self, client: Client) -> None:
        self.client = client
        self.ledger = Ledger(client)
        self.ids: dict[str, dict[str, str]] = defaultdict(dict)
        self.tally: Counter[str] = Counter()

    def id(self, kind: str, key: str) -> str:
        try:
            return self.ids[kind][key]
        except KeyError:
            raise NotThere(kind, key) from None

    def all_ids(self, kind: str, keys: list[str]) -> list[str]:
        return [self.id(kind, key) for key in keys]

    def keep(
        self,
        kind: str,
        key: str,
        wanted: Any,
        *,
        create: Callable[[], Any],
        update: Callable[[str], Any] | None = None,
    ) -> str:
        """Bring one object to the wanted state; says its id. Nothing is sent when nothing changed.

        `create` and `update` answer the mutation's payload, which holds the object under its kind.
        Without `update` an object that is there stays as it is.
        """
        found = self.ids[kind].get(key)
        print_ = fingerprint(wanted)
        if found is None:
            found = self.ids[kind][key] = str(
                getattr(self.send(kind, key, create), kind.replace("-", "_")).id
            )
            self.tally["created"] += 1
        elif update and self.ledger.get(kind, key) != print_:
            self.send(kind, key, partial(update, found))
            self.tally["updated"] += 1
        else:
            self.tally["unchanged"] += 1
        self.ledger.mark(kind, key, print_)
        return found

    def once(self, kind: str, key: str, wanted: Any, send: Callable[[], Any]) -> None:
        """For settings and translations, which are only ever set: send them when they changed."""
        print_ = fingerprint(wanted)
        if self.ledger.get(kind, key) != print_:
            self.send(kind, key, send)
            self.tally["updated" if self.ledger.get(kind, key) else "created"] += 1
            self.ledger.mark(kind, key, print_)

    def send(self, kind: str, key: str, call: Callable[[], Any]) -> Any:
        """The payload of one mutation, or Declined with the name of what was refused."""
        try:
            return check(call())
        except SaleorError as error:
            raise Declined(kind, key, error) from error


def every(ask: Callable[[str | None], Any]) -> Iterator[Any]:
    """All nodes of a connection, page after page."""
    after: str | None = None
    while True:
        found = ask(after)
        if found is None:
            return
        yield from (edge.node for edge in found.edges)
        if not found.page_info.has_next_page:
            return
        after = found.page_info.end_cursor
