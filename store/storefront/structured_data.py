"""Structured data of a product: schema.org as JSON-LD."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from store.storefront.product_details import Product, Variant
from store.storefront.values import Money, absolute_url

JsonObject = Mapping[str, object]

_SCRIPT_SAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def product(found: Product, *, url: str, description: str) -> SafeString:
    """`url` is absolute; the offers have the prices that the page shows, one for each variant with a price."""
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": found.name,
            "description": description,
            "url": url,
            "image": [absolute_url(picture.url) for picture in found.pictures],
            "brand": {"@type": "Brand", "name": "Cupwell"},
            "category": found.category.name if found.category else None,
            "offers": [_offer(variant, variant.price, url) for variant in found.variants if variant.price],
        }
    )


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> SafeString:
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": url}
        for n, (name, url) in enumerate(steps, 1)
    ]
    return _script({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def _offer(variant: Variant, price: Money, url: str) -> JsonObject:
    return {
        "@type": "Offer",
        "sku": variant.sku or None,
        "name": variant.name,
        "url": f"{url}?{urlencode({'sku': variant.sku})}" if variant.sku else url,
        "price": f"{price.amount:.2f}",
        "priceCurrency": price.currency,
        "availability": f"https://schema.org/{'InStock' if variant.is_in_stock else 'OutOfStock'}",
    }


def _script(data: JsonObject) -> SafeString:
    """JSON for a script element, escaped so that no product text can end the element."""
    non_empty = {key: value for key, value in data.items() if value not in (None, [], "")}
    return mark_safe(json.dumps(non_empty, ensure_ascii=False).translate(_SCRIPT_SAFE))  # noqa: S308
