"""The template tags that texts in guides/emails may use."""

from django import template
from django.template import Context

from store.mailer import mail_blocks

register = template.Library()


@register.simple_tag(takes_context=True)
def statements(context: Context, *ids: str) -> str:
    """`{% statements "W-FLAME" "L-TIME" %}`: safety statements by id, from guides/statements."""
    block = mail_blocks.statements_block([plain(id_) for id_ in ids], plain(context["lang"]))
    token: str = context["slots"].block(block)
    return token


@register.simple_tag(takes_context=True)
def sections(context: Context, *keys: str) -> str:
    """`{% sections "use" "release" %}`: sections of the mail's insert or guide (`document`), those that it has."""
    wanted = [plain(key) for key in keys]
    by_key = {section.key: section for section in context["document"].sections}
    found = [by_key[key] for key in wanted if key in by_key and by_key[key].items]
    block = mail_blocks.sections_block(found, plain(context["lang"]))
    token: str = context["slots"].block(block)
    return token


@register.simple_tag(takes_context=True)
def guides(context: Context, *slugs: str) -> str:
    """`{% guides "first-session" "aftercare" %}`: links to guides, with their own titles."""
    block = mail_blocks.guide_links_block([plain(slug) for slug in slugs], plain(context["lang"]))
    token: str = context["slots"].block(block)
    return token


@register.simple_tag(takes_context=True)
def button(context: Context, label: str, url: str) -> str:
    """`{% button "Track your parcel" tracking_url %}`: a link as a button."""
    token: str = context["slots"].block(mail_blocks.button_block(label=plain(label), url=plain(url)))
    return token


def plain(value: str) -> str:
    """The value of a slot instead of its token."""
    return "".join(value)
