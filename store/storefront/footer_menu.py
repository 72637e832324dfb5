"""The links at the foot of every page, in the order of the shop's menu `footer`, which the merchant edits."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from store.saleor import clients
from store.saleor.client.footer_menu import FooterMenuMenuItems, FooterMenuMenuItemsPage
from store.saleor.errors import SaleorError
from store.saleor.last_known import LastKnown
from store.saleor.shop_pages import CONTACT, PAGE_TYPE
from store.storefront import languages
from store.storefront.channels import Channel

MENU = "footer"
PAGE_VIEWS = {
    "guide": "storefront:guide",
    "safety-insert": "storefront:insert",
    PAGE_TYPE: "storefront:shop-page",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FooterLink:
    name: str
    url: str


_last_known: LastKnown[Sequence[FooterLink]] = LastKnown(empty=(), seconds=settings.SALEOR_ASK_AGAIN_SECONDS)


def links(channel: Channel) -> Sequence[FooterLink]:
    """Empty while the shop does not answer: a page that says so must not fail at its foot.

    No page waits for a Saleor on another machine because of its foot: cart, checkout, guides and inserts have it too.
    """
    slug, language = channel.slug, languages.current()

    def fetch() -> Sequence[FooterLink]:
        with translation.override(language):
            return _fetch(slug)

    if not settings.EMBEDDED:
        return _last_known.get((slug, language), fetch)
    try:
        return fetch()
    except SaleorError as error:
        log.warning("the menu of the footer can't be read: %s", error)
        return ()


def _fetch(channel: str) -> Sequence[FooterLink]:
    """Raises SaleorError."""
    menu = (
        clients.storefront().footer_menu(slug=MENU, channel=channel, language=languages.current_code()).menu
    )
    found = [(item, _url(item)) for item in (menu.items if menu else None) or ()]
    return [FooterLink(_name(item), url) for item, url in found if url]


def _name(item: FooterMenuMenuItems) -> str:
    return (item.translation and item.translation.name) or item.name


def _url(item: FooterMenuMenuItems) -> str:
    """Empty for an item whose target is hidden, or that this shop has no page for."""
    if item.page:
        return _page_url(item.page)
    if item.category:
        return f"{reverse('storefront:listing')}?{urlencode({'material': item.category.slug})}"
    return item.url or ""


def _page_url(page: FooterMenuMenuItemsPage) -> str:
    view = PAGE_VIEWS.get(page.page_type.slug)
    if view is None:
        return ""
    return shop_page_url(page.slug) if page.page_type.slug == PAGE_TYPE else reverse(view, args=[page.slug])


def shop_page_url(slug: str) -> str:
    """The path of a page of the shop; the contact page has a form and therefore a view of its own."""
    return reverse("storefront:contact") if slug == CONTACT else reverse("storefront:shop-page", args=[slug])
