"""The tag that puts a stylesheet into the page; `page_context.render` lets the page's policy allow it."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from store.storefront import stylesheets

register = template.Library()


@register.simple_tag(takes_context=True)
def inline_stylesheet(context: Context, name: str) -> SafeString:
    sheet = stylesheets.inline(name)
    context["style_sources"].append(sheet.source)
    return sheet.element
