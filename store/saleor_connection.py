"""The Saleor that the store is connected to, in a file of the data folder.

`manage.py connect_saleor` writes it and settings read it; what the environment says goes before it. It is readable by
its owner only and its token is encrypted with SECRET_KEY, so that a copy of the folder alone opens no shop.
"""

import base64
import dataclasses
import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "saleor.json"


class UnreadableConnection(Exception):
    """The file is damaged, or no SECRET_KEY at hand decrypts its token."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} can't be read with this SECRET_KEY. Set the one that was used before (or SECRET_KEY_FALLBACKS), "
            "or connect again: manage.py connect_saleor URL"
        )


@dataclass(frozen=True, slots=True)
class SaleorConnection:
    """`api_url` ends with /graphql/; `picture_hosts` are origins such as https://media.example."""

    api_url: str
    app_token: str
    app_id: str
    picture_hosts: tuple[str, ...] = ()


def read(folder: Path, keys: Sequence[str]) -> SaleorConnection | None:
    """The connection; None without one. `keys`: SECRET_KEY and its earlier values. Raises UnreadableConnection."""
    file = folder / FILE
    if not file.exists():
        return None
    try:
        values = json.loads(file.read_text())
        token = _decrypted(values.pop("encrypted_token"), keys)
        return SaleorConnection(app_token=token, picture_hosts=tuple(values.pop("picture_hosts")), **values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableConnection(file) from error


def write(folder: Path, connection: SaleorConnection, key: str) -> Path:
    """Replace the file as a whole: another process reads the old or the new one. Returns its path."""
    values = dataclasses.asdict(connection)
    values["encrypted_token"] = _fernet(key).encrypt(values.pop("app_token").encode()).decode()
    new = folder / f".{FILE}.{secrets.token_hex(4)}"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(values, stream, indent=1)
    return new.replace(folder / FILE)


def add_picture_hosts(folder: Path, hosts: Sequence[str], keys: Sequence[str]) -> tuple[str, ...]:
    """Write the hosts that are not in the file yet, and return them; none without a connection. `keys`: see `read`."""
    connection = read(folder, keys)
    new = tuple(host for host in hosts if connection and host not in connection.picture_hosts)
    if connection and new:
        all_hosts = (*connection.picture_hosts, *new)
        write(folder, dataclasses.replace(connection, picture_hosts=all_hosts), keys[0])
    return new


def remove(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)


def _decrypted(text: str, keys: Sequence[str]) -> str:
    """Raises ValueError if none of the keys fits."""
    from cryptography.fernet import InvalidToken  # a store without a connection does not load it

    for key in keys:
        try:
            return str(_fernet(key).decrypt(text.encode()).decode())
        except InvalidToken:
            continue
    raise ValueError("no key decrypts the token")


def _fernet(key: str) -> Any:
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"saleor connection:" + key.encode()).digest()))
