"""The few tags that the words in guides/emails may use."""

from django import template
from django.template import Context

from store.mailer import mail_blocks

register = template.Library()


@register.simple_tag(takes_context=True)
def statements(context: Context, *ids: str) -> str:
    """`{% statements "W-FLAME" "L-TIME" %}`: safety statements by id, from guides/statements."""
    found = mail_blocks.statements([plain(one) for one in ids], plain(context["lang"]))
    token: str = context["slots"].block(found)
    return token


@register.simple_tag(takes_context=True)
def guides(context: Context, *slugs: str) -> str:
    """`{% guides "first-session" "aftercare" %}`: links to guides, with their own titles."""
    found = mail_blocks.guides([plain(one) for one in slugs], plain(context["lang"]))
    token: str = context["slots"].block(found)
    return token


@register.simple_tag(takes_context=True)
def button(context: Context, label: str, url: str) -> str:
    """`{% button "Track your parcel" tracking_url %}`: a link that is easy to hit."""
    token: str = context["slots"].block(mail_blocks.button(label=plain(label), url=plain(url)))
    return token


def plain(value: str) -> str:
    """The value behind a slot, not its token."""
    return "".join(value)
