"""What all sections of the move share: both shops, the ids of the new one, what a dry run must not do, the report."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import BaseModel

from store.move.report import Report
from store.move.shop_api import Mutation, ShopApi, Written
from store.saleor.client.client import Client
from store.seed.write.context import SeedContext
from store.seed.write.fingerprints import fingerprint
from store.seed.write.merge import amount, rich_text

PREFIX = "move:"
Keys = dict[str, tuple[str, str]]
RICH_TEXTS = ("description", "content")


class DryWritten(BaseModel):
    """Stands for the answer to a mutation that a dry run did not send."""

    id: str
    errors: list[Any] = []


class MoveContext(SeedContext):
    """A seed's context whose files are the former shop.

    `former_keys`, `new_keys`: the natural key of an object, as (kind, key), by its id in that shop: what a reference is
    resolved with. `created`: (kind, key) of what this run has made. `is_filling`: the new shop was empty when the first
    move began, and none has come to its end: what is there is Saleor's own or of that move, no merchant's work.
    `is_told`: whether the former shop has delivered all its events about orders.
    """

    source = "in the former shop"

    def __init__(
        self,
        former: Client,
        new: Client,
        report: Report,
        *,
        overwrite: bool,
        dry: bool,
        is_told: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(new, overwrite=overwrite, prefix=PREFIX)
        self.former, self.new = ShopApi(former), ShopApi(new)
        self.report, self.is_dry, self.is_told = report, dry, is_told
        self.former_keys: Keys = {}
        self.new_keys: Keys = {}
        self.created: set[tuple[str, str]] = set()
        self.is_filling = self.fingerprints.is_unfinished or self._is_empty()

    def _is_empty(self) -> bool:
        return (
            not self.fingerprints.is_finished and next(self.new.nodes("Products", "products"), None) is None
        )

    def start(self) -> None:
        if self.is_filling and not self.is_dry:
            self.fingerprints.start()

    def finish(self) -> None:
        if not self.is_dry:
            self.fingerprints.finish()

    def send(self, kind: str, key: str, call: Callable[[], Any]) -> Any:
        """As the seed's. A dry run sends nothing."""
        return DryWritten(id=f"{kind} {key}") if self.is_dry else super().send(kind, key, call)

    def mutate(self, kind: str, key: str, mutation: Mutation, **variables: Any) -> Written | DryWritten:
        """Raises ObjectRefused."""
        answer: Written | DryWritten = self.send(kind, key, lambda: self.new.write(mutation, **variables))
        return answer

    def carry(
        self,
        kind: str,
        key: str,
        fields: Mapping[str, Any],
        *,
        found: tuple[str, Mapping[str, Any]] | None,
        create: Callable[[], str],
        update: Callable[[str, Collection[str]], None],
    ) -> str:
        """Make the object in the new shop, or bring what has changed in the former one since; returns its new id.

        `fields`: values by name, with keys of the former shop instead of ids. `found`: id and fields in the new shop.
        `update` gets the id and the names of the fields to send. What the new shop's merchant has changed, or had
        before the first move, is kept and noted. Raises ObjectRefused.
        """
        content = {name: comparable(name, value) for name, value in fields.items()}
        if found is None:
            if self.is_deleted(kind, key) and not self.overwrite:
                self.notes.append(f"{kind} {key} was deleted in the new shop; it stays deleted")
                return ""
            id_ = self.ids[kind][key] = create()
            self.created.add((kind, key))
            self.note_fields(kind, key, content)
            self.report.count(kind, "created")
            return id_
        id_, present = found
        self.ids[kind][key] = id_
        in_shop = {name: comparable(name, value) for name, value in present.items()}
        if self.fingerprints.get(kind, key) is None and not self.is_filling:
            # It was there before the first move, or a move was killed while it wrote it: what is empty is filled.
            self.fingerprints.put(kind, key, "{}")
            in_shop = {name: value for name, value in in_shop.items() if not is_empty(value)}
        self.shop_values[kind, key] = {name: fingerprint(value) for name, value in in_shop.items()}
        before = self.counts["unchanged"]
        self.update_fields(kind, key, content, lambda changed: self._update(update, id_, changed))
        self.report.count(kind, "unchanged" if self.counts["unchanged"] > before else "updated")
        return id_

    def _update(
        self, update: Callable[[str, Collection[str]], None], id_: str, changed: Collection[str]
    ) -> DryWritten:
        update(id_, changed)
        return DryWritten(id=id_)

    def save(self) -> None:
        if not self.is_dry:
            self.fingerprints.save()


def comparable(name: str, value: Any) -> Any:
    """The same text for what the two shops write differently: EditorJS documents, numbers, null and empty."""
    if name in RICH_TEXTS and (value is None or isinstance(value, str)):
        return rich_text(value)
    if isinstance(value, dict):
        return {key: comparable(key, one) for key, one in value.items()}
    if isinstance(value, list):
        return [comparable("", one) for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return amount(value)
    return "" if value is None else value


def is_empty(value: Any) -> bool:
    """Whether a comparable value says nothing that somebody has written."""
    if isinstance(value, dict):
        return all(is_empty(one) for one in value.values())
    return value in ("", [], False)
