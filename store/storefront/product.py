"""The product page: variants, description, guides, safety insert, and adding to the cart."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.cross_site_forms import checks_origin
from store.reviews import published
from store.saleor.errors import Refused
from store.storefront import (
    cart_checkout,
    cart_cookie,
    channels,
    compare,
    delivery_offers,
    error_messages,
    form_state,
    guide_content,
    languages,
    open_graph_images,
    richtext,
    structured_data,
    variant_selection,
    view_decorators,
    wishlist,
)
from store.storefront.channels import Channel
from store.storefront.form_state import FormState
from store.storefront.page_context import render
from store.storefront.product_details import Fact, Product, Variant
from store.storefront.product_fetching import fetch_product
from store.storefront.request_values import whole_number
from store.storefront.values import absolute_url

VARIANT_GONE = gettext_lazy("That choice is not made any more. This is what we have now.")
NOT_ON_SALE = gettext_lazy("A preview: this is not on sale. Only who has the link sees it.")
MAX_KEPT = 20  # characters of a quantity that are shown again
BOX_CONTENTS = "box-contents"  # an attribute with a section of its own on the page


@dataclass(frozen=True, slots=True)
class Offer:
    """The product as `channel` sells it, which is the shopper's, or the first other that does (`is_elsewhere`)."""

    product: Product
    channel: Channel
    is_elsewhere: bool


@checks_origin
@view_decorators.public
def product(request: HttpRequest, slug: str) -> HttpResponse:
    offer = _find_offer(channels.current_channel(request), slug)
    if request.method == "POST":
        return _in_requested_channel(request, _add_to_cart(request, offer))
    state = form_state.read(request) or FormState()
    variants = offer.product.variants
    asked = {**request.GET.dict(), **state.values}
    is_requested, variant = variant_selection.requested_variant(variants, asked)
    if is_requested and variant is None and not state.messages:
        state = FormState(messages=(str(VARIANT_GONE),))
    return _render_product(request, offer, variant or variant_selection.select_variant(variants, {}), state)


def render_preview(request: HttpRequest, offer: Offer) -> HttpResponse:
    """The page of a product that is not on sale, which says so."""
    variants = offer.product.variants
    _, variant = variant_selection.requested_variant(variants, request.GET.dict())
    state = FormState(messages=(str(NOT_ON_SALE),))
    return _render_product(request, offer, variant or variant_selection.select_variant(variants, {}), state)


def _in_requested_channel(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Who buys in the market of the address goes on in it: the cart is there."""
    if channel := channels.requested(request):
        channels.set_cookie(response, channel, secure=request.is_secure())
    return response


def _find_offer(current: Channel, slug: str) -> Offer:
    """Raises Http404 for a product that no channel sells."""
    others = [channel for channel in channels.known() if channel != current]
    for channel in (current, *others):
        if found := fetch_product(slug, channel=channel):
            return Offer(found, channel, is_elsewhere=channel != current)
    raise Http404(_("We don't sell this, or not any more."))


def _add_to_cart(request: HttpRequest, offer: Offer) -> HttpResponse:
    found = offer.product
    if offer.is_elsewhere:
        message = _("This is sold in this region only: {region}.").format(region=offer.channel.region)
        return _show_errors(request, offer, None, [message], status=409)
    variant = next((v for v in found.variants if v.id == request.POST.get("variant")), None)
    if variant is None:
        return _show_errors(request, offer, None, [str(VARIANT_GONE)], status=410)
    if not found.may_be_sold:
        return _show_errors(request, offer, variant, [str(error_messages.WITHOUT_INSERT)], status=409)
    quantity = whole_number(request.POST.get("quantity", "1"), minimum=1)
    if quantity is None:
        return _show_errors(request, offer, variant, [_number_advice(variant)], status=422)
    try:
        added = cart_checkout.add_line(request, offer.channel, variant=variant.id, quantity=quantity)
    except Refused as refused:
        return _show_errors(request, offer, variant, _refusal_messages(refused, found, variant), status=409)
    if added.replaced_expired:
        flash.info(request, _("Your earlier cart had expired, so we started a new one."))
    flash.success(request, _("{name} is in your cart.").format(name=_full_name(found, variant)))
    query = "" if request.COOKIES else f"?{cart_cookie.FIRST}"
    response = form_state.leave(request.path, to=reverse("storefront:cart") + query)
    added.set_cookie(request, response)
    return response


def _show_errors(
    request: HttpRequest, offer: Offer, variant: Variant | None, messages: list[str], *, status: int
) -> HttpResponse:
    """Back to the page with what was typed. `status` is that of the page where the state is too large to be kept."""
    chosen = {variant_selection.BY_NAME: variant.id} if variant else {}
    entered = request.POST.get("quantity", "1")[:MAX_KEPT]
    state = FormState(chosen | {"quantity": entered}, tuple(messages))
    shown = variant or variant_selection.select_variant(offer.product.variants, {})
    return form_state.redirect(request, request.path, state) or _render_product(
        request, offer, shown, state, status=status
    )


def _number_advice(variant: Variant) -> str:
    most = variant.max_shown
    if most:
        return _("Please enter a number from 1 to {most}.").format(most=most)
    return _("Please enter a whole number from 1.")


def _refusal_messages(refused: Refused, found: Product, variant: Variant) -> list[str]:
    if "INSUFFICIENT_STOCK" in refused.codes:
        available = variant.available or 0
        message = error_messages.low_stock_message(available, _full_name(found, variant))
        return [" ".join((message, _("Your cart may already hold some of them."))) if available else message]
    if "QUANTITY_GREATER_THAN_LIMIT" in refused.codes and variant.max_quantity:
        name = _full_name(found, variant)
        return [
            _("One order can hold {quantity} of {name}, with those that your cart holds already.").format(
                quantity=variant.max_quantity, name=name
            )
        ]
    return error_messages.messages_for(refused)


def _full_name(found: Product, variant: Variant) -> str:
    return f"{found.name}, {variant.name}" if len(found.variants) > 1 else found.name


def _render_product(
    request: HttpRequest, offer: Offer, variant: Variant | None, state: FormState, *, status: int = 200
) -> HttpResponse:
    found = offer.product
    url = settings.PUBLIC_URL + reverse("storefront:product", args=[found.slug])
    pictures = found.pictures_of(variant)
    facts = found.facts_of(variant)
    description = richtext.plain(found.description)
    ratings = published.ratings()
    reviews = published.reviews_of(found.slug) if found.slug in ratings else ()
    context = {
        "product": found,
        "market": offer.channel,
        "is_elsewhere": offer.is_elsewhere,
        "variant": variant,
        "choices": variant_selection.choices(found.variants, variant) if variant else [],
        "has_others_in_stock": any(one.is_in_stock for one in found.variants if one != variant),
        "pictures": pictures,
        "description": richtext.html(found.description),
        "facts": [*(fact for fact in facts if fact.slug != BOX_CONTENTS), *_article_number(variant)],
        "box": [line for fact in facts if fact.slug == BOX_CONTENTS for line in fact.value.splitlines()],
        "guides": guide_content.guide_cards(found.guide_slugs, languages.current()),
        "insert": guide_content.insert_card(found.insert_slug, languages.current()),
        "ratings": ratings,
        "reviews": reviews,
        "delivery": delivery_offers.estimate(found.delivery_offers, variant.price if variant else None),
        "most_saved": wishlist.MOST,
        "compare_url": compare.url_of([found.slug, *(card.slug for card in found.related[:1])]),
        "errors": state.messages,
        "entered": state.values.get("quantity", "1"),
        "market_query": _market_query(request),
        "canonical": url,
        "card": open_graph_images.card_url(found.slug, languages.current())
        or (absolute_url(pictures[0].url) if pictures else ""),
        "summary": found.seo_description or description,
        "json_ld": structured_data.product(
            found,
            url=url,
            description=description,
            country=offer.channel.country,
            rating=ratings.get(found.slug),
            reviews=reviews,
        ),
        "breadcrumbs_ld": structured_data.breadcrumbs(_breadcrumbs(found, url)),
    }
    return render(request, "product.html", context, status=status)


def _market_query(request: HttpRequest) -> str:
    """What the links between the choices add to stay in the market of the address."""
    channel = channels.requested(request)
    return f"&{urlencode({channels.PARAMETER: channel.slug})}" if channel else ""


def _article_number(variant: Variant | None) -> list[Fact]:
    return [Fact("sku", _("Article number (SKU)"), variant.sku)] if variant and variant.sku else []


def _breadcrumbs(found: Product, url: str) -> list[tuple[str, str]]:
    listing = settings.PUBLIC_URL + reverse("storefront:listing")
    steps = [(_("Shop"), listing)]
    if found.category:
        steps.append((found.category.name, f"{listing}?{urlencode({'material': found.category.slug})}"))
    return [*steps, (found.name, url)]
