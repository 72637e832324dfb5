"""Stylesheets inside the pages, so that the first picture of a page waits for nothing but the page itself.

A linked stylesheet costs a slow phone one round trip more before anything shows, 150 to 400 ms. Inside the page it
costs each further page its compressed bytes instead, some 5 KB, which are sent along with it. What only the cart, the
checkout and the account need is linked: nobody's visit begins there. A page can't know who has been here, since it is
kept and sent to all alike; so a style is allowed by its hash, which is the same for all too, and not by a nonce.
Nothing is preloaded: the browser finds the fonts as soon as it has the page, and asks for them after the picture that
the page is about. Until they are there the text stands in a font of the same measures.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

_ADDRESS = re.compile(r'url\("\.\./([^"]+)"\)')  # of a font or picture beside the stylesheets' folder
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """`source` is what a Content-Security-Policy names it by, such as `'sha256-…'`."""

    element: SafeString
    source: str


@lru_cache(maxsize=32)
def inline(name: str) -> Stylesheet:
    """A stylesheet of ours, such as `shop.css`, as an element of a page; raises FileNotFoundError."""
    found = finders.find(f"storefront/{name}")
    if not found:
        raise FileNotFoundError(name)
    text = _COMMENT.sub("", Path(found).read_text(encoding="utf-8"))
    text = _ADDRESS.sub(lambda address: f'url("{static(address[1])}")', text)
    text = "\n".join(line for line in map(str.strip, text.splitlines()) if line)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Stylesheet(mark_safe(f"<style>{text}</style>"), f"'sha256-{digest}'")  # noqa: S308 - a file of ours
