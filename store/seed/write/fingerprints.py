"""Fingerprints of what the seed wrote, by kind and natural key, stored in the shop's private metadata."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from store.saleor import errors
from store.saleor.client.client import Client
from store.saleor.client.input_types import MetadataInput, ShopSettingsInput

PREFIX = "seed:"
STATE = "state"


def fingerprint(*parts: Any) -> str:
    """16 hexadecimal digits of the SHA-256 of the parts as JSON. Unset fields of pydantic models do not count."""
    parts_json = [_to_json(part) for part in parts]
    text = json.dumps(parts_json, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class FingerprintStore:
    """Changes are sent by `save()`; a seed that dies before it only writes some objects again.

    `prefix`: of the keys in the shop's private metadata; what else writes into a shop has one of its own.
    """

    def __init__(self, client: Client, prefix: str = PREFIX) -> None:
        self._client, self._prefix = client, prefix
        entries = client.shop_private_metadata().shop.private_metadata
        self._stored = {entry.key: entry.value for entry in entries if entry.key.startswith(prefix)}
        self._unsaved: dict[str, str] = {}

    @property
    def is_unfinished(self) -> bool:
        return self._stored.get(f"{self._prefix}{STATE}") == "started"

    @property
    def is_finished(self) -> bool:
        return self._stored.get(f"{self._prefix}{STATE}") == "finished"

    def start(self) -> None:
        self._put(f"{self._prefix}{STATE}", "started")
        self.save()

    def finish(self) -> None:
        self._put(f"{self._prefix}{STATE}", "finished")
        self.save()

    def get(self, kind: str, key: str) -> str | None:
        return self._stored.get(f"{self._prefix}{kind}:{key}")

    def put(self, kind: str, key: str, value: str) -> None:
        self._put(f"{self._prefix}{kind}:{key}", value)

    def forget(self, kind: str, key: str) -> None:
        """Of an object that is gone; the next `put` counts as the first."""
        self._stored.pop(f"{self._prefix}{kind}:{key}", None)

    def save(self) -> None:
        if self._unsaved:
            items = [MetadataInput(key=key, value=value) for key, value in sorted(self._unsaved.items())]
            errors.check(
                self._client.shop_settings_update(
                    ShopSettingsInput(private_metadata=items)
                ).shop_settings_update
            )
            self._unsaved.clear()

    def _put(self, name: str, value: str) -> None:
        if self._stored.get(name) != value:
            self._stored[name] = self._unsaved[name] = value


def _to_json(part: Any) -> Any:
    return (
        part.model_dump(mode="json", exclude_unset=True)
        if isinstance(part, BaseModel)
        else to_jsonable_python(part)
    )
