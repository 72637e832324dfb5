"""What all sections share: the client, the ids of existing objects, the fingerprints, the counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from store.saleor.client.client import Client
from store.saleor.errors import SaleorError, check
from store.seed.write.fingerprints import FingerprintStore, fingerprint


class MissingObject(Exception):
    """A section refers to an object that does not exist yet: `--only` left out its section."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(
            f"The {kind} `{key}` is not in the shop yet. Run `manage.py seed` without --only first."
        )
        self.kind, self.key = kind, key


class ObjectRefused(Exception):
    """Saleor refused to write an object, or the call failed; `reason` is its error."""

    def __init__(self, kind: str, key: str, reason: SaleorError) -> None:
        super().__init__(f"The shop refused the {kind.replace('-', ' ')} `{key}`: {reason}")
        self.kind, self.key, self.reason = kind, key, reason


class SeedContext:
    """`ids`: ids in Saleor by kind and natural key; `counts`: objects created, updated and unchanged."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.fingerprints = FingerprintStore(client)
        self.ids: dict[str, dict[str, str]] = defaultdict(dict)
        self.counts: Counter[str] = Counter()

    def id(self, kind: str, key: str) -> str:
        """Raises MissingObject."""
        try:
            return self.ids[kind][key]
        except KeyError:
            raise MissingObject(kind, key) from None

    def ids_of(self, kind: str, keys: list[str]) -> list[str]:
        return [self.id(kind, key) for key in keys]

    def upsert(
        self,
        kind: str,
        key: str,
        content: Any,
        *,
        create: Callable[[], Any],
        update: Callable[[str], Any] | None = None,
    ) -> str:
        """Create the object, or update it when its `content` has changed since the last seed. Returns its id.

        `create` and `update` return the mutation's payload, which has the object under its kind. Without `update`
        an existing object is left as it is. Raises ObjectRefused.
        """
        object_id = self.ids[kind].get(key)
        new_fingerprint = fingerprint(content)
        if object_id is None:
            object_id = self.ids[kind][key] = str(
                getattr(self.send(kind, key, create), kind.replace("-", "_")).id
            )
            self.counts["created"] += 1
        elif update and self.fingerprints.get(kind, key) != new_fingerprint:
            self.send(kind, key, partial(update, object_id))
            self.counts["updated"] += 1
        else:
            self.counts["unchanged"] += 1
        self.fingerprints.put(kind, key, new_fingerprint)
        return object_id

    def send_if_changed(self, kind: str, key: str, content: Any, send: Callable[[], Any]) -> None:
        """Send settings or translations when they changed since the last seed. Raises ObjectRefused."""
        new_fingerprint = fingerprint(content)
        if self.fingerprints.get(kind, key) != new_fingerprint:
            self.send(kind, key, send)
            self.counts["updated" if self.fingerprints.get(kind, key) else "created"] += 1
            self.fingerprints.put(kind, key, new_fingerprint)

    def send(self, kind: str, key: str, call: Callable[[], Any]) -> Any:
        """The payload of one mutation. Raises ObjectRefused."""
        try:
            return check(call())
        except SaleorError as error:
            raise ObjectRefused(kind, key, error) from error


def iter_nodes(fetch_page: Callable[[str | None], Any]) -> Iterator[Any]:
    """All nodes of a connection. `fetch_page` takes a cursor and returns a page, or None when there is none."""
    after: str | None = None
    while True:
        connection = fetch_page(after)
        if connection is None:
            return
        yield from (edge.node for edge in connection.edges)
        if not connection.page_info.has_next_page:
            return
        after = connection.page_info.end_cursor
