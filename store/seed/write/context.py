"""What all sections share: the client, the ids of existing objects, the fingerprints, the counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

from store.saleor.client.client import Client
from store.saleor.errors import SaleorError, check
from store.seed.write.fingerprints import PREFIX, FingerprintStore, fingerprint
from store.seed.write.merge import marks, merge, read_marks


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
    """`ids`: ids in Saleor by kind and natural key; `counts`: objects created, updated and unchanged.

    `shop_values`: by kind and key, fingerprints of the fields that a merchant may have edited, as the shop has them.
    `notes`: what was left as the merchant has made it, a line each.
    """

    source = "in the files"  # where the content comes from, for the notes

    def __init__(self, client: Client, *, overwrite: bool = False, prefix: str = PREFIX) -> None:
        self.overwrite = overwrite
        self.shop_values: dict[tuple[str, str], dict[str, str]] = {}
        self.notes: list[str] = []
        self.client = client
        self.fingerprints = FingerprintStore(client, prefix)
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
            object_id = self.create(kind, key, create)
        elif update and self.fingerprints.get(kind, key) != new_fingerprint:
            self.send(kind, key, partial(update, object_id))
            self.counts["updated"] += 1
        else:
            self.counts["unchanged"] += 1
        self.fingerprints.put(kind, key, new_fingerprint)
        return object_id

    def create(self, kind: str, key: str, create: Callable[[], Any]) -> str:
        """Create the object; its id. Raises ObjectRefused."""
        created = self.send(kind, key, create)
        object_id = self.ids[kind][key] = str(getattr(created, kind.replace("-", "_")).id)
        self.counts["created"] += 1
        return object_id

    def update_fields(
        self, kind: str, key: str, content: Mapping[str, Any], send: Callable[[Collection[str]], Any]
    ) -> None:
        """Send the fields that have changed in the files since the last seed; `send` gets their names.

        What the merchant has changed too is kept and noted. Raises ObjectRefused.
        """
        now = {field: fingerprint(value) for field, value in content.items()}
        before = read_marks(self.fingerprints.get(kind, key))
        merged = merge(before, now, self.shop_values.get((kind, key), {}), overwrite=self.overwrite)
        if merged.send:
            self.send(kind, key, partial(send, merged.send))
        is_known = key in self.ids[kind] or self.fingerprints.get(kind, key)
        self.counts[("updated" if is_known else "created") if merged.send else "unchanged"] += 1
        difference = (
            f"was changed in the shop and {self.source}" if before else f"is another than {self.source}"
        )
        self.notes += [
            f"{kind} {key}: {field} {difference}; the shop's is kept" for field in sorted(merged.kept)
        ]
        self.fingerprints.put(kind, key, marks(now))

    def merge_object(
        self,
        kind: str,
        key: str,
        content: Mapping[str, Any],
        *,
        create: Callable[[], Any],
        update: Callable[[str, Collection[str]], Any],
    ) -> str:
        """Create the object, or send what has changed in the files as `update_fields` does. Returns its id.

        `content`: the fields as they are compared; `update` gets the id and the names to send. Raises ObjectRefused.
        """
        known = self.ids[kind].get(key)
        if known:
            self.update_fields(kind, key, content, partial(update, known))
            return known
        id_ = self.create(kind, key, create)
        self.note_fields(kind, key, content)
        return id_

    def note_fields(self, kind: str, key: str, content: Mapping[str, Any]) -> None:
        """Of an object that was just created."""
        fields = {field: fingerprint(value) for field, value in content.items()}
        self.fingerprints.put(kind, key, marks(fields))

    def is_deleted(self, kind: str, key: str) -> bool:
        """Whether an earlier seed wrote it, and the merchant has deleted it since."""
        return self.fingerprints.get(kind, key) is not None and key not in self.ids[kind]

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
