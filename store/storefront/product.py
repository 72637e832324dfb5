"""The product page: variants, description, guides, safety insert, and adding to the cart."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.errors import Refused
from store.storefront import (
    cart_checkout,
    channels,
    error_messages,
    guide_content,
    open_graph_images,
    richtext,
    structured_data,
    variant_selection,
    view_decorators,
)
from store.storefront.page_context import render

MAX_QUANTITY = 20
VARIANT_GONE = "That choice is not made any more. This is what we have now."
HIDDEN_ATTRIBUTES = {"guides", "safety-insert", "box-contents"}


@dataclass(frozen=True, slots=True)
class FormError:
    """Why the product was not added. `entered` is the quantity as typed, `status` the HTTP status."""

    messages: list[str]
    status: int
    entered: str = "1"


NO_ERROR = FormError([], 200)


@view_decorators.public
def product(request: HttpRequest, slug: str) -> HttpResponse:
    product = _load_product(request, slug)
    if request.method == "POST":
        return _add_to_cart(request, product)
    variants = _variants(product)
    is_requested, variant = _requested_variant(request, variants)
    error = FormError([VARIANT_GONE], 200) if is_requested and variant is None else NO_ERROR
    return _render_product(request, product, variant or variant_selection.select_variant(variants, {}), error)


def _requested_variant(request: HttpRequest, variants: list[Any]) -> tuple[bool, Any | None]:
    """Does the query ask for a variant, by SKU (links in the cart) or by attributes, and which one (None: not sold)?"""
    if sku := request.GET.get("sku"):
        return True, next((variant for variant in variants if variant.sku == sku), None)
    slugs = {selected.attribute.slug for variant in variants for selected in variant.selection}
    requested = {key: str(value) for key, value in request.GET.items() if key in slugs}
    return bool(requested), variant_selection.select_variant(variants, requested)


def _load_product(request: HttpRequest, slug: str) -> Any:
    product = (
        clients.storefront().product_page(slug=slug, channel=channels.current_channel(request).slug).product
    )
    if product is None:
        raise Http404("We don't sell this, or not any more.")
    return product


def _variants(product: Any) -> list[Any]:
    return [edge.node for edge in product.product_variants.edges] if product.product_variants else []


def _add_to_cart(request: HttpRequest, product: Any) -> HttpResponse:
    variant = next((v for v in _variants(product) if v.id == request.POST.get("variant")), None)
    if variant is None:
        return _render_product(
            request,
            product,
            variant_selection.select_variant(_variants(product), {}),
            FormError([VARIANT_GONE], 410),
        )
    entered = request.POST.get("quantity", "1")
    if not entered.isdecimal() or not 1 <= int(entered) <= MAX_QUANTITY:
        messages = [f"Please enter a number from 1 to {MAX_QUANTITY}."]
        return _render_product(request, product, variant, FormError(messages, 422, entered))
    try:
        added = cart_checkout.add_line(
            request, channels.current_channel(request), variant=variant.id, quantity=int(entered)
        )
    except Refused as refused:
        messages = _refusal_messages(refused, product, variant)
        return _render_product(request, product, variant, FormError(messages, 409, entered))
    if added.replaced_expired:
        flash.info(request, "Your earlier cart had expired, so we started a new one.")
    flash.success(request, f"{_full_name(product, variant)} is in your cart.")
    response = HttpResponseRedirect(reverse("storefront:cart"), status=303)
    added.set_cookie(request, response)
    return response


def _refusal_messages(refused: Refused, product: Any, variant: Any) -> list[str]:
    if "INSUFFICIENT_STOCK" in refused.codes:
        available = variant.quantity_available or 0
        message = error_messages.low_stock_message(available, _full_name(product, variant))
        return [message + " Your cart may already hold some of them." if available else message]
    return error_messages.messages_for(refused)


def _full_name(product: Any, variant: Any) -> str:
    return f"{product.name}, {variant.name}" if len(_variants(product)) > 1 else str(product.name)


def _render_product(request: HttpRequest, product: Any, variant: Any, error: FormError) -> HttpResponse:
    variants = _variants(product)
    assigned_by_slug = {a.attribute.slug: a for a in product.assigned_attributes}
    url = settings.PUBLIC_URL + reverse("storefront:product", args=[product.slug])
    pictures = [m for m in product.media or [] if m.type_ == "IMAGE"]
    with_tax = bool(product.pricing and product.pricing.display_gross_prices)
    context = {
        "product": product,
        "with_tax": with_tax,
        "variant": variant,
        "choices": variant_selection.choices(variants, variant) if variant else [],
        "pictures": _sort_pictures(pictures, variant),
        "description": richtext.html(product.description),
        "attributes": [
            row
            for slug, a in assigned_by_slug.items()
            if slug not in HIDDEN_ATTRIBUTES and (row := _attribute_row(a))
        ],
        "box": _text_lines(assigned_by_slug.get("box-contents")),
        "guides": guide_content.guide_cards(page.slug for page in _pages(assigned_by_slug.get("guides"))),
        "insert": guide_content.insert_card(_page_slug(assigned_by_slug.get("safety-insert"))),
        "errors": error.messages,
        "entered": error.entered,
        "max_quantity": min(MAX_QUANTITY, variant.quantity_limit_per_customer or MAX_QUANTITY)
        if variant
        else 0,
        "canonical": url,
        "card": open_graph_images.card_url(product.slug) or (_absolute(pictures[0].url) if pictures else ""),
        "summary": product.seo_description or richtext.plain(product.description),
        "json_ld": structured_data.product(
            product,
            variants,
            structured_data.ProductPage(
                url, richtext.plain(product.description), [_absolute(m.url) for m in pictures], with_tax
            ),
        ),
        "breadcrumbs_ld": structured_data.breadcrumbs(_breadcrumbs(product, url)),
    }
    return render(request, "product.html", context, status=error.status)


def _breadcrumbs(product: Any, url: str) -> list[tuple[str, str]]:
    listing = settings.PUBLIC_URL + reverse("storefront:listing")
    steps = [("Shop", listing)]
    if product.category:
        steps.append((product.category.name, f"{listing}?material={product.category.slug}"))
    return [*steps, (product.name, url)]


def _sort_pictures(pictures: list[Any], variant: Any) -> list[Any]:
    """The pictures of the chosen variant first, otherwise in the product's order."""
    shown = {media.id for media in variant.media or []} if variant else set()
    return sorted(pictures, key=lambda picture: picture.id not in shown)


def _absolute(url: str) -> str:
    return url if "//" in url else settings.PUBLIC_URL + url


def _attribute_row(assigned: Any) -> tuple[str, str] | None:
    name = assigned.attribute.name or assigned.attribute.slug
    if (number := getattr(assigned, "number", None)) is not None:
        return name, f"{number:g}"
    if text := getattr(assigned, "text", None):
        return name, text
    if choice := getattr(assigned, "choice", None):
        return name, choice.name
    if choices := getattr(assigned, "choices", None):
        return name, ", ".join(choice.name for choice in choices)
    return None


def _text_lines(assigned: Any) -> list[str]:
    return [line.strip() for line in (getattr(assigned, "text", None) or "").splitlines() if line.strip()]


def _page_slug(assigned: Any) -> str:
    page = getattr(assigned, "page", None)
    return page.slug if page else ""


def _pages(assigned: Any) -> list[Any]:
    return getattr(assigned, "pages", None) or []
