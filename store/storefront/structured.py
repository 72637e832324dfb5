"""What machines read about a product (schema.org as JSON-LD)."""

import json
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

_SCRIPT_SAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def product(
    *, product: Any, variants: list[Any], description: str, url: str, images: list[str]
) -> SafeString:
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": product.name,
            "description": description,
            "url": url,
            "image": images,
            "brand": {"@type": "Brand", "name": "Cupwell"},
            "category": product.category.name if product.category else None,
            "offers": [_offer(variant, url) for variant in variants if _price(variant)],
        }
    )


def breadcrumbs(steps: list[tuple[str, str]]) -> SafeString:
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": url}
        for n, (name, url) in enumerate(steps, 1)
    ]
    return _script({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def _offer(variant: Any, url: str) -> dict[str, Any]:
    price = _price(variant)
    stock = "InStock" if (variant.quantity_available or 0) > 0 else "OutOfStock"
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "name": variant.name,
        "url": f"{url}?{urlencode({'sku': variant.sku})}" if variant.sku else url,
        "price": f"{price.amount:.2f}",
        "priceCurrency": price.currency,
        "availability": f"https://schema.org/{stock}",
    }


def _price(variant: Any) -> Any:
    return variant.pricing.price.gross if variant.pricing and variant.pricing.price else None


def _script(data: dict[str, Any]) -> SafeString:
    """Escaped so that no text of a product can end the script element."""
    kept = {key: value for key, value in data.items() if value not in (None, [], "")}
    return mark_safe(json.dumps(kept, ensure_ascii=False).translate(_SCRIPT_SAFE))  # noqa: S308
