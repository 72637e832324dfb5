"""How the words of a mail are kept: both parts compressed, under their digest, so that equal ones are stored once."""

import hashlib
import json
import zlib
from functools import lru_cache


@lru_cache(maxsize=8)
def pack(text: str, html: str) -> tuple[str, bytes]:
    """(digest, compressed): of the text part and the HTML part."""
    plain = json.dumps([text, html], ensure_ascii=False).encode()
    return hashlib.sha256(plain).hexdigest(), zlib.compress(plain)


def unpack(packed: bytes | memoryview) -> tuple[str, str]:
    """(text part, HTML part)."""
    text, html = json.loads(zlib.decompress(packed))
    return text, html
