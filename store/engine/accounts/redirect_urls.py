"""Redirect URLs in account mails: allowed only to hosts of ALLOWED_CLIENT_HOSTS."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http.request import validate_host

from store.engine.errors import OperationError
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url


def validate(url: str | None, *, field: str = "redirectUrl") -> str:
    """The URL itself; raises OperationError when it is missing, malformed or leads to another host."""
    if not url:
        raise OperationError("This field is required.", field=field, code="REQUIRED")
    try:
        host = parse_http_url(url).host
    except InvalidHttpUrl:
        raise OperationError(
            "Invalid URL. Please check if URL is in RFC 1808 format.", field=field, code="INVALID"
        ) from None
    if not validate_host(host, settings.ALLOWED_CLIENT_HOSTS):
        raise OperationError(
            f"{host} is not allowed. Please check `ALLOWED_CLIENT_HOSTS` configuration.",
            field=field,
            code="INVALID",
        )
    return url


def with_parameters(url: str, **parameters: str) -> str:
    """The URL with query parameters added."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *parameters.items()]
    return parts._replace(query=urlencode(query)).geturl()
