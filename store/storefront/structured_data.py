"""Structured data of a product: schema.org as JSON-LD."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

_SCRIPT_SAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class ProductPage:
    """What the offer takes from the page: `images` are absolute URLs, `with_tax` says which price is shown."""

    url: str
    description: str
    images: list[str]
    with_tax: bool


def product(product: Any, variants: list[Any], page: ProductPage) -> SafeString:
    offers = [_offer(variant, page) for variant in variants if _price(variant, page.with_tax)]
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": product.name,
            "description": page.description,
            "url": page.url,
            "image": page.images,
            "brand": {"@type": "Brand", "name": "Cupwell"},
            "category": product.category.name if product.category else None,
            "offers": offers,
        }
    )


def breadcrumbs(steps: list[tuple[str, str]]) -> SafeString:
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": url}
        for n, (name, url) in enumerate(steps, 1)
    ]
    return _script({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def _offer(variant: Any, page: ProductPage) -> dict[str, Any]:
    price = _price(variant, page.with_tax)
    stock = "InStock" if (variant.quantity_available or 0) > 0 else "OutOfStock"
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "name": variant.name,
        "url": f"{page.url}?{urlencode({'sku': variant.sku})}" if variant.sku else page.url,
        "price": f"{price.amount:.2f}",
        "priceCurrency": price.currency,
        "availability": f"https://schema.org/{stock}",
    }


def _price(variant: Any, with_tax: bool) -> Any:
    if not (variant.pricing and variant.pricing.price):
        return None
    return variant.pricing.price.gross if with_tax else variant.pricing.price.net


def _script(data: dict[str, Any]) -> SafeString:
    """JSON for a script element, escaped so that no product text can end the element."""
    non_empty = {key: value for key, value in data.items() if value not in (None, [], "")}
    return mark_safe(json.dumps(non_empty, ensure_ascii=False).translate(_SCRIPT_SAFE))  # noqa: S308
