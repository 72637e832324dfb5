"""The `url` tag with addresses that were made before: a page has some sixty of them, most of them on every page.

An address depends on the view's name, its arguments, the language and the application, and all are in the key.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.base import Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# Others may look alike and not be: True equals 1.
PLAIN = frozenset({str, int, SafeString})


class CachedUrlNode(defaulttags.URLNode):
    """As Django's own; what it can't keep, and an address that goes into a variable, is left to that."""

    def render(self, context: Context) -> SafeString | str:
        if self.asvar:
            return super().render(context)
        name = self.view_name.resolve(context)
        args = tuple(one.resolve(context) for one in self.args)
        kwargs = tuple((key, one.resolve(context)) for key, one in self.kwargs.items())
        if not PLAIN.issuperset(map(type, (name, *args, *(value for _, value in kwargs)))):
            return super().render(context)
        application = _application(context)
        place = get_language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF
        url = _reverse(name, args, kwargs, application, place)
        return conditional_escape(url) if context.autoescape else url


def _application(context: Context) -> str | None:
    """That of the page, as Django's own tag takes it."""
    request: Any = getattr(context, "request", None)
    if (current := getattr(request, "current_app", None)) is not None:
        return str(current)
    return getattr(getattr(request, "resolver_match", None), "namespace", None)


@lru_cache(maxsize=4096)
def _reverse(
    name: str,
    args: tuple[Any, ...],
    kwargs: tuple[tuple[str, Any], ...],
    application: str | None,
    _place: tuple[str | None, str, str],
) -> str:
    """Raises NoReverseMatch, which is not kept."""
    return reverse(name, args=args, kwargs=dict(kwargs), current_app=application)


@register.tag
def url(parser: Parser, token: Token) -> CachedUrlNode:
    node = defaulttags.url(parser, token)
    return CachedUrlNode(node.view_name, node.args, node.kwargs, node.asvar)
