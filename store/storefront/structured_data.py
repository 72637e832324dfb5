"""Structured data of a product and of the shop itself: schema.org as JSON-LD."""

import json
from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from store import guidebook
from store.guidebook.guides import Guide
from store.guidebook.records import postal_address
from store.reviews.models import RATINGS, Review
from store.reviews.published import Rating
from store.storefront import languages
from store.storefront.delivery_offers import DeliveryOffer
from store.storefront.product_details import Product, Variant
from store.storefront.values import Money, absolute_url

JsonObject = Mapping[str, object]

_SCRIPT_SAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def product(
    found: Product,
    *,
    url: str,
    description: str,
    country: str,
    rating: Rating | None = None,
    reviews: Sequence[Review] = (),
) -> SafeString:
    """`url` is absolute, `country` that of the channel (ISO 3166).

    The offers have the prices that the page shows, one for each variant with a price.
    """
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": found.name,
        "description": description,
        "url": url,
        "image": [absolute_url(picture.url) for picture in found.pictures],
        "brand": {"@type": "Brand", "name": "Cupwell"},
        "category": found.category.name if found.category else None,
        "offers": [
            _offer(variant, variant.price, url, _shipping(found.delivery_offers, variant.price, country))
            for variant in found.variants
            if variant.price
        ],
    }
    return _script(data | (_reviewed(rating, reviews) if rating and reviews else {}))


def _reviewed(rating: Rating, reviews: Sequence[Review]) -> dict[str, object]:
    """Only what the page shows, and only where there is a review."""
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": f"{rating.average:.1f}",
            "reviewCount": rating.count,
            "bestRating": max(RATINGS),
            "worstRating": min(RATINGS),
        },
        "review": [_review(review) for review in reviews],
    }


def _review(review: Review) -> JsonObject:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.name or _("A buyer")},
        "datePublished": f"{review.written_at:%Y-%m-%d}",
        "inLanguage": review.language,
        "reviewBody": review.text,
        "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": max(RATINGS)},
    }


def organization() -> SafeString:
    """Who sells here and how to reach them; name and address as they stand in the safety inserts."""
    seller = guidebook.library().maker.maker
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "OnlineStore",
            "@id": f"{settings.PUBLIC_URL}/#organization",
            "name": "Cupwell",
            "legalName": seller.get("name"),
            "url": f"{settings.PUBLIC_URL}/",
            "logo": absolute_url(static("brand/icon-512.png")),
            "address": postal_address(seller, languages.current()),
            "contactPoint": {
                "@type": "ContactPoint",
                "contactType": "customer service",
                "email": parseaddr(settings.MAIL_REPLY_TO)[1],
                "url": settings.PUBLIC_URL + reverse("storefront:contact"),
                "availableLanguage": list(languages.NAMES),
            },
            "hasMerchantReturnPolicy": _return_policy(),
        }
    )


def questions(guide: Guide, lang: str) -> SafeString:
    """A guide of questions: each heading with the statements that answer it."""
    asked = [
        {
            "@type": "Question",
            "name": section.heading(lang),
            "acceptedAnswer": {
                "@type": "Answer",
                "text": " ".join(statement.text(lang) for statement in section.statements),
            },
        }
        for section in guide.sections
    ]
    return _script(
        {"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": lang, "mainEntity": asked}
    )


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> SafeString:
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": url}
        for n, (name, url) in enumerate(steps, 1)
    ]
    return _script({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def _return_policy() -> JsonObject:
    """The page that the merchant writes: its terms are nowhere else, so none can differ from it."""
    return {
        "@type": "MerchantReturnPolicy",
        "merchantReturnLink": settings.PUBLIC_URL + reverse("storefront:shop-page", args=["returns"]),
    }


def _offer(variant: Variant, price: Money, url: str, shipping: Sequence[JsonObject]) -> JsonObject:
    return {
        "@type": "Offer",
        "sku": variant.sku or None,
        "name": variant.name,
        "url": f"{url}?{urlencode({'sku': variant.sku})}" if variant.sku else url,
        "price": price.plain_amount,
        "priceCurrency": price.currency,
        "availability": f"https://schema.org/{'InStock' if variant.is_in_stock else 'OutOfStock'}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@id": f"{settings.PUBLIC_URL}/#organization"},
        "hasMerchantReturnPolicy": _return_policy(),
    } | ({"shippingDetails": shipping} if shipping else {})


def _shipping(offers: Sequence[DeliveryOffer], price: Money, country: str) -> list[JsonObject]:
    """Each method that takes this variant alone. The days are those from the order to the door, as the page says."""
    return [
        _shipping_details(offer, country)
        for offer in offers
        if offer.price.currency == price.currency and offer.fits(price.amount)
    ]


def _shipping_details(offer: DeliveryOffer, country: str) -> JsonObject:
    rate = {
        "@type": "MonetaryAmount",
        "value": offer.price.plain_amount,
        "currency": offer.price.currency,
    }
    details: dict[str, object] = {
        "@type": "OfferShippingDetails",
        "shippingRate": rate,
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": country},
    }
    return details | (_delivery_time(offer) if offer.first_day and offer.last_day else {})


def _delivery_time(offer: DeliveryOffer) -> dict[str, object]:
    days = {
        "@type": "QuantitativeValue",
        "minValue": offer.first_day,
        "maxValue": offer.last_day,
        "unitCode": "DAY",
    }
    return {"deliveryTime": {"@type": "ShippingDeliveryTime", "transitTime": days}}


def _script(data: JsonObject) -> SafeString:
    """JSON for a script element, escaped so that no product text can end the element."""
    non_empty = {key: value for key, value in data.items() if value not in (None, [], "")}
    return mark_safe(json.dumps(non_empty, ensure_ascii=False).translate(_SCRIPT_SAFE))  # noqa: S308
