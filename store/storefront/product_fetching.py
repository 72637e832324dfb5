"""Fetches a product with all its variants, and maps the client's answer to `product_details`."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from store.saleor import clients
from store.saleor.client import product_page as answers
from store.saleor.client.client import Client
from store.saleor.client.enums import CountryCode, MeasurementUnitsEnum, ProductMediaType
from store.saleor.client.fragments import (
    PageVariant,
    PageVariantFacts,
    PageVariantFactsValues,
    PageVariantSelection,
)
from store.saleor.translations import translated_name
from store.storefront import guide_content, languages
from store.storefront.channels import Channel
from store.storefront.connections import ConnectionAnswer, all_nodes
from store.storefront.delivery_offers import DeliveryOffer, delivery_offers
from store.storefront.product_cards import ProductCard, product_card
from store.storefront.product_details import (
    Category,
    Fact,
    Product,
    ProductPicture,
    SelectedValue,
    Variant,
)
from store.storefront.values import Money, TaxedMoneyAnswer, relative_url, taxed_money

MOST_RELATED = 4
GUIDES, INSERT = "guides", "safety-insert"  # attributes that refer to pages of guides/
# A variant's attribute `variant-cup-count` takes the place of the product's `cup-count`: Saleor refuses one attribute
# for both the products and the variants of a product type.
VARIANT_PREFIX = "variant-"

AttributeAnswer = (
    answers.ProductPageProductAssignedAttributesAssignedAttribute
    | answers.ProductPageProductAssignedAttributesAssignedBooleanAttribute
    | answers.ProductPageProductAssignedAttributesAssignedDateAttribute
    | answers.ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute
    | answers.ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute
    | answers.ProductPageProductAssignedAttributesAssignedNumericAttribute
    | answers.ProductPageProductAssignedAttributesAssignedPlainTextAttribute
    | answers.ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute
    | answers.ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute
    | answers.ProductPageProductAssignedAttributesAssignedSwatchAttribute
)


def fetch_product(slug: str, *, channel: Channel, client: Client | None = None) -> Product | None:
    """The product as this channel sells it; None when it does not. Raises SaleorError.

    `client`: who asks, a shopper if None; staff are answered about what is not on sale, too.
    """
    if not slug:  # Saleor answers that with an error: "" is no slug
        return None
    client = client or clients.storefront()
    data = client.product_page(
        slug=slug,
        channel=channel.slug,
        country=CountryCode(channel.country),
        language=languages.current_code(),
        alt_key=languages.alt_key(),
    )
    if (found := data.product) is None:
        return None
    offers = delivery_offers(data.shop.available_shipping_methods)
    return _product(found, _all_variants(found, channel.slug, client), offers)


def _all_variants(product: answers.ProductPageProduct, channel: str, client: Client) -> Iterator[PageVariant]:
    def fetch_after(cursor: str) -> ConnectionAnswer[PageVariant] | None:
        found = client.product_page_variants(
            slug=product.slug, channel=channel, after=cursor, language=languages.current_code()
        ).product
        return found.product_variants if found else None

    return all_nodes(product.product_variants, fetch_after)


def _product(
    answer: answers.ProductPageProduct, variants: Iterable[PageVariant], offers: Sequence[DeliveryOffer]
) -> Product:
    with_tax = bool(answer.pricing and answer.pricing.display_gross_prices)
    assigned, own = answer.assigned_attributes, answer.translation
    insert = next(iter(_page_slugs(assigned, INSERT)), "")
    needs_insert = any(one.attribute.slug == INSERT for one in assigned)
    return Product(
        slug=answer.slug,
        name=translated_name(answer),
        description=(own and own.description) or answer.description or "",
        seo_title=(own and own.seo_title) or answer.seo_title or "",
        seo_description=(own and own.seo_description) or answer.seo_description or "",
        is_for_sale=bool(answer.is_available_for_purchase),
        with_tax=with_tax,
        category=Category(answer.category.slug, translated_name(answer.category))
        if answer.category
        else None,
        pictures=[_picture(media) for media in answer.media or [] if media.type_ is ProductMediaType.IMAGE],
        variants=[_variant(variant, with_tax) for variant in variants],
        facts=[fact for fact in map(_fact, assigned) if fact.value],
        guide_slugs=_page_slugs(assigned, GUIDES),
        insert_slug=insert,
        may_be_sold=guide_content.has_insert(insert) or not needs_insert,
        related=_related(answer),
        delivery_offers=offers,
    )


def _related(answer: answers.ProductPageProduct) -> list[ProductCard]:
    """Others of the category that can be bought, at most four."""
    edges = answer.category.products.edges if answer.category and answer.category.products else ()
    cards = [product_card(edge.node) for edge in edges if edge.node.slug != answer.slug]
    return [card for card in cards if card.is_available][:MOST_RELATED]


def _picture(media: answers.ProductPageProductMedia) -> ProductPicture:
    return ProductPicture(
        media.id,
        relative_url(media.url),
        relative_url(media.small),
        relative_url(media.large),
        media.translated_alt or media.alt,
    )


# --- attributes of the product ------------------------------------------------------------------------
def _fact(answer: AttributeAnswer) -> Fact:
    name = translated_name(answer.attribute) or answer.attribute.slug
    value = _fact_value(answer)
    if isinstance(answer, answers.ProductPageProductAssignedAttributesAssignedNumericAttribute):
        name, value = _with_unit_of_name(name, value)
    return Fact(answer.attribute.slug, name, value)


def _with_unit_of_name(name: str, value: str) -> tuple[str, str]:
    """A unit that Saleor doesn't know stands in the name: ("Time, minutes", "5") is read as ("Time", "5 minutes").

    One alone stays as it is: the unit is in the plural.
    """
    stem, comma, unit = name.rpartition(", ")
    return (stem, f"{value} {unit}") if comma and value not in ("", "1") else (name, value)


def _fact_value(answer: AttributeAnswer) -> str:
    """Empty for an attribute without a value, and for types that are no text, such as files and references."""
    found: Sequence[str | None] = ()
    match answer:
        case answers.ProductPageProductAssignedAttributesAssignedPlainTextAttribute():
            found = [answer.text_translation or answer.text]
        case answers.ProductPageProductAssignedAttributesAssignedNumericAttribute():
            found = [_number(answer.number, answer.attribute.unit)]
        case answers.ProductPageProductAssignedAttributesAssignedBooleanAttribute():
            found = ["" if answer.flag is None else _("Yes") if answer.flag else _("No")]
        case answers.ProductPageProductAssignedAttributesAssignedDateAttribute():
            found = [answer.date.isoformat() if answer.date else ""]
        case answers.ProductPageProductAssignedAttributesAssignedSwatchAttribute():
            found = [_value_name(answer.swatch)]
        case answers.ProductPageProductAssignedAttributesAssignedSingleChoiceAttribute():
            found = [_value_name(answer.choice)]
        case answers.ProductPageProductAssignedAttributesAssignedMultiChoiceAttribute():
            found = [_value_name(choice) for choice in answer.choices]
    return _joined(found)


class ValueAnswer(Protocol):
    """The fields `name` and `translation` of a value that was chosen from a list."""

    @property
    def name(self) -> str | None: ...
    @property
    def translation(self) -> str | None: ...


def _value_name(value: ValueAnswer | None) -> str:
    return (value.translation or value.name or "") if value else ""


def _page_slugs(assigned: Iterable[AttributeAnswer], attribute: str) -> list[str]:
    """Slugs of the pages that this attribute of the product refers to, be it one page or several."""
    slugs: list[str] = []
    for answer in assigned:
        if answer.attribute.slug != attribute:
            continue
        if isinstance(
            answer, answers.ProductPageProductAssignedAttributesAssignedMultiPageReferenceAttribute
        ):
            slugs += [page.slug for page in answer.pages]
        elif (
            isinstance(
                answer, answers.ProductPageProductAssignedAttributesAssignedSinglePageReferenceAttribute
            )
            and answer.page
        ):
            slugs.append(answer.page.slug)
    return slugs


def _number(number: float | None, unit: MeasurementUnitsEnum | None) -> str:
    """Such as 12, 0.5 or 60 mm; never 1e+06."""
    if number is None:
        return ""
    digits = f"{Decimal(str(number)).normalize():f}"
    return f"{digits} {unit.value.lower()}" if unit else digits


# --- variants -----------------------------------------------------------------------------------------
def _variant(answer: PageVariant, with_tax: bool) -> Variant:
    price = answer.pricing.price if answer.pricing else None
    undiscounted = answer.pricing.price_undiscounted if answer.pricing else None
    now, before = _shown(price, with_tax), _shown(undiscounted, with_tax)
    return Variant(
        id=answer.id,
        sku=answer.sku or "",
        name=translated_name(answer),
        available=answer.quantity_available,
        limit_per_customer=answer.quantity_limit_per_customer,
        price=now,
        price_before=before if now and before and before.amount > now.amount else None,
        media_ids=frozenset(media.id for media in answer.media or []),
        selection=[value for selected in answer.selection for value in _selected_value(selected)],
        facts=[fact for fact in map(_variant_fact, answer.facts) if fact.value],
    )


def _shown(price: TaxedMoneyAnswer | None, with_tax: bool) -> Money | None:
    return taxed_money(price).shown(gross=with_tax) if price else None


def _selected_value(answer: PageVariantSelection) -> Iterator[SelectedValue]:
    """The first value: an attribute that variants are selected by has at most one."""
    for value in answer.values[:1]:
        color = value.value or ""
        yield SelectedValue(
            attribute=answer.attribute.slug,
            attribute_name=translated_name(answer.attribute),
            slug=value.slug or "",
            name=translated_name(value),
            color=color if color.startswith("#") else "",
        )


def _variant_fact(answer: PageVariantFacts) -> Fact:
    value = _joined(_text_or_name(value) for value in answer.values)
    if value and answer.attribute.unit:
        value = f"{value} {answer.attribute.unit.value.lower()}"
    return Fact(answer.attribute.slug.removeprefix(VARIANT_PREFIX), translated_name(answer.attribute), value)


def _text_or_name(value: PageVariantFactsValues) -> str:
    own = value.translation.plain_text if value.translation else None
    return own or value.plain_text or translated_name(value)


def _joined(texts: Iterable[str | None]) -> str:
    return ", ".join(text.strip() for text in texts if text and text.strip())
