"""Addresses of a Saleor as people write them."""

from urllib.parse import urlsplit, urlunsplit


class NoApiUrl(ValueError):
    pass


def api_url(text: str) -> str:
    """`https://shop.example` as `https://shop.example/graphql/`; without the last slash Saleor answers 404."""
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise NoApiUrl(f"{text} is no address; it looks like https://shop.example/graphql/")
    path = parts.path.rstrip("/") or "/graphql"
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))
