"""What the seed wrote before, kept by the shop itself: kind and natural key -> fingerprint."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from store.saleor import errors
from store.saleor.client.client import Client
from store.saleor.client.input_types import MetadataInput, ShopSettingsInput

PREFIX = "seed:"
STATE = f"{PREFIX}state"


def fingerprint(*parts: Any) -> str:
    plain = [_plain(part) for part in parts]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Ledger:
    """Marks are kept until `save()`: a seed that dies before sends a few things again and harms nothing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        entries = client.shop_ledger().shop.private_metadata
        self._known = {entry.key: entry.value for entry in entries if entry.key.startswith(PREFIX)}
        self._fresh: dict[str, str] = {}

    @property
    def is_unfinished(self) -> bool:
        return self._known.get(STATE) == "started"

    def start(self) -> None:
        self._set(STATE, "started")
        self.save()

    def finish(self) -> None:
        self._set(STATE, "finished")
        self.save()

    def get(self, kind: str, key: str) -> str | None:
        return self._known.get(f"{PREFIX}{kind}:{key}")

    def mark(self, kind: str, key: str, value: str) -> None:
        self._set(f"{PREFIX}{kind}:{key}", value)

    def save(self) -> None:
        if self._fresh:
            items = [MetadataInput(key=key, value=value) for key, value in sorted(self._fresh.items())]
            errors.check(
                self._client.shop_settings_update(
                    ShopSettingsInput(private_metadata=items)
                ).shop_settings_update
            )
            self._fresh.clear()

    def _set(self, name: str, value: str) -> None:
        if self._known.get(name) != value:
            self._known[name] = self._fresh[name] = value


def _plain(part: Any) -> Any:
    return (
        part.model_dump(mode="json", exclude_unset=True)
        if isinstance(part, BaseModel)
        else to_jsonable_python(part)
    )
