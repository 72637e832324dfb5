"""The pages of the shop itself (about, shipping, terms and the like): Saleor pages that the merchant edits."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from store.saleor import clients
from store.saleor.client.shop_page import ShopPagePage
from store.saleor.shop_pages import CONTACT, EXAMPLE_MARK, PAGE_TYPE
from store.storefront import languages, richtext, structured_data, view_decorators
from store.storefront.page_context import render


@dataclass(frozen=True, slots=True)
class ShopPage:
    """In the reader's language, or else as the merchant wrote it first; `description` for search engines."""

    slug: str
    title: str
    seo_title: str
    description: str
    body: SafeString


@view_decorators.public
def shop_page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug == CONTACT:
        return HttpResponsePermanentRedirect(reverse("storefront:contact"))
    page = find(slug)
    if page is None:
        raise Http404(gettext("We have no page of that name."))
    return render(request, "shop_page.html", {"page": page, "organization": structured_data.organization()})


def find(slug: str) -> ShopPage | None:
    """The published page of the shop with this slug; None for another one's, such as that of a guide."""
    answer = clients.storefront().shop_page(slug=slug, language=languages.current_code()).page
    return _shop_page(answer) if answer and answer.page_type.slug == PAGE_TYPE else None


def _shop_page(answer: ShopPagePage) -> ShopPage:
    own = answer.translation
    title = (own and own.title) or answer.title
    content = (own and own.content) or answer.content or ""
    return ShopPage(
        answer.slug,
        title,
        (own and own.seo_title) or (answer.seo_title if not own else "") or title,
        (own and own.seo_description) or (answer.seo_description if not own else "") or "",
        richtext.html(content.replace(EXAMPLE_MARK, gettext("[EXAMPLE]")), top_level=2),
    )
