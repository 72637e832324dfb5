"""One product: choose a variant, see what it is, what comes with it and what to know before buying."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
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

MOST_AT_ONCE = 20
GONE = "That choice is not made any more. This is what we have now."
HIDDEN = {"guides", "safety-insert", "box-contents"}


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the product could not go into the cart; the page shows it beside the form, as it was filled in."""

    said: list[str]
    status: int
    typed: str = "1"


FINE = Objection([], 200)


@view_decorators.catalogue
def product(request: HttpRequest, slug: str) -> HttpResponse:
    found = _load(request, slug)
    if request.method == "POST":
        return _add(request, found)
    every = _variants(found)
    asked, chosen = _asked(request, every)
    objection = Objection([GONE], 200) if asked and chosen is None else FINE
    return _show(request, found, chosen or variant_selection.pick(every, {}), objection)


def _asked(request: HttpRequest, every: list[Any]) -> tuple[bool, Any | None]:
    """Was a variant asked for, by its SKU (from the cart) or by its choices, and which one is it?"""
    if sku := request.GET.get("sku"):
        return True, next((variant for variant in every if variant.sku == sku), None)
    slugs = {selected.attribute.slug for variant in every for selected in variant.selection}
    wanted = {key: str(value) for key, value in request.GET.items() if key in slugs}
    return bool(wanted), variant_selection.pick(every, wanted)


def _load(request: HttpRequest, slug: str) -> Any:
    found = clients.storefront().product_page(slug=slug, channel=channels.chosen(request).slug).product
    if found is None:
        raise Http404("We don't sell this, or not any more.")
    return found


def _variants(found: Any) -> list[Any]:
    return [edge.node for edge in found.product_variants.edges] if found.product_variants else []


def _add(request: HttpRequest, found: Any) -> HttpResponse:
    chosen = next((v for v in _variants(found) if v.id == request.POST.get("variant")), None)
    if chosen is None:
        return _show(request, found, variant_selection.pick(_variants(found), {}), Objection([GONE], 410))
    typed = request.POST.get("quantity", "1")
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST_AT_ONCE:
        said = [f"Please enter a number from 1 to {MOST_AT_ONCE}."]
        return _show(request, found, chosen, Objection(said, 422, typed))
    try:
        added = cart_checkout.add(request, channels.chosen(request), variant=chosen.id, quantity=int(typed))
    except Refused as refused:
        said = _why_not(refused, found, chosen)
        return _show(request, found, chosen, Objection(said, 409, typed))
    if added.replaced_expired:
        notices.info(request, "Your earlier cart had expired, so we started a new one.")
    notices.success(request, f"{_full_name(found, chosen)} is in your cart.")
    response = HttpResponseRedirect(reverse("storefront:cart"), status=303)
    added.remember(request, response)
    return response


def _why_not(refused: Refused, found: Any, chosen: Any) -> list[str]:
    if "INSUFFICIENT_STOCK" in refused.codes:
        left = chosen.quantity_available or 0
        said = error_messages.only_left(left, _full_name(found, chosen))
        return [said + " Your cart may already hold some of them." if left else said]
    return error_messages.sentences(refused)


def _full_name(found: Any, chosen: Any) -> str:
    return f"{found.name}, {chosen.name}" if len(_variants(found)) > 1 else str(found.name)


def _show(request: HttpRequest, found: Any, chosen: Any, objection: Objection) -> HttpResponse:
    every = _variants(found)
    given = {a.attribute.slug: a for a in found.assigned_attributes}
    url = settings.PUBLIC_URL + reverse("storefront:product", args=[found.slug])
    pictures = [m for m in found.media or [] if m.type_ == "IMAGE"]
    with_tax = bool(found.pricing and found.pricing.display_gross_prices)
    context = {
        "product": found,
        "with_tax": with_tax,
        "chosen": chosen,
        "choices": variant_selection.choices(every, chosen) if chosen else [],
        "pictures": _chosen_first(pictures, chosen),
        "description": richtext.html(found.description),
        "facts": [row for slug, a in given.items() if slug not in HIDDEN and (row := _fact(a))],
        "box": _lines(given.get("box-contents")),
        "guides": guide_content.guide_cards(page.slug for page in _pages(given.get("guides"))),
        "insert": guide_content.insert_card(_page_slug(given.get("safety-insert"))),
        "said": objection.said,
        "typed": objection.typed,
        "most": min(MOST_AT_ONCE, chosen.quantity_limit_per_customer or MOST_AT_ONCE) if chosen else 0,
        "canonical": url,
        "card": open_graph_images.card_url(found.slug) or (_absolute(pictures[0].url) if pictures else ""),
        "summary": found.seo_description or richtext.plain(found.description),
        "json_ld": structured_data.product(
            found,
            every,
            structured_data.Page(
                url, richtext.plain(found.description), [_absolute(m.url) for m in pictures], with_tax
            ),
        ),
        "breadcrumbs_ld": structured_data.breadcrumbs(_trail(found, url)),
    }
    return render(request, "product.html", context, status=objection.status)


def _trail(found: Any, url: str) -> list[tuple[str, str]]:
    listing = settings.PUBLIC_URL + reverse("storefront:listing")
    steps = [("Shop", listing)]
    if found.category:
        steps.append((found.category.name, f"{listing}?material={found.category.slug}"))
    return [*steps, (found.name, url)]


def _chosen_first(pictures: list[Any], chosen: Any) -> list[Any]:
    """The pictures that show the chosen variant come first; the shop's own order otherwise."""
    shown = {media.id for media in chosen.media or []} if chosen else set()
    return sorted(pictures, key=lambda picture: picture.id not in shown)


def _absolute(url: str) -> str:
    return url if "//" in url else settings.PUBLIC_URL + url


def _fact(assigned: Any) -> tuple[str, str] | None:
    name = assigned.attribute.name or assigned.attribute.slug
    if (number := getattr(assigned, "number", None)) is not None:
        return name, f"{number:g}"
    if text := getattr(assigned, "text", None):
        return name, text
    if choice := getattr(assigned, "choice", None):
        return name, choice.name
    if several := getattr(assigned, "choices", None):
        return name, ", ".join(choice.name for choice in several)
    return None


def _lines(assigned: Any) -> list[str]:
    return [line.strip() for line in (getattr(assigned, "text", None) or "").splitlines() if line.strip()]


def _page_slug(assigned: Any) -> str:
    page = getattr(assigned, "page", None)
    return page.slug if page else ""


def _pages(assigned: Any) -> list[Any]:
    return getattr(assigned, "pages", None) or []
