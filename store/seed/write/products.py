"""Products with their channel listings and translations; variants are in variants.py."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.input_types import (
    AttributeValueInput,
    AttributeValueSelectableTypeInput,
    ProductChannelListingAddInput,
    ProductChannelListingUpdateInput,
    ProductCreateInput,
    ProductInput,
    SeoInput,
    TranslationInput,
)
from store.seed.read import Catalog, editorjs
from store.seed.read.file_models import Attribute, AttributeValue, Product, Translation
from store.seed.write.box_dimensions import cups_metadata
from store.seed.write.context import SeedContext
from store.seed.write.variants import write_variants


def write_products(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    attributes = {attribute.slug: attribute for attribute in catalog.attributes}
    for product in catalog.products:
        id_ = _product(context, product, attributes)
        _listing(context, catalog, product, id_)
        write_variants(context, product, id_, attributes)
        for language, translation in product.translations.items():
            _translation(context, product, id_, language, translation)
        context.fingerprints.save()
        yield product.name


def _product(context: SeedContext, product: Product, attributes: dict[str, Attribute]) -> str:
    client = context.client
    fields: dict[str, Any] = {
        "name": product.name,
        "description": editorjs.document(product.description),
        "category": context.id("category", product.category),
        "collections": context.ids_of("collection", product.collections),
        "seo": SeoInput(title=product.seo.title, description=product.seo.description),
        "weight": Decimal(str(product.weight_kg)),
        "attributes": [
            _value(context, attributes[slug], value) for slug, value in product.attributes.items()
        ],
        "metadata": cups_metadata(product.cups),
    }
    create_input = ProductCreateInput(
        slug=product.slug, product_type=context.id("product-type", product.product_type), **fields
    )
    return context.upsert(
        "product",
        product.slug,
        create_input,
        create=lambda: client.product_create(create_input).product_create,
        update=lambda id_: client.product_update(id_, ProductInput(**fields)).product_update,
    )


def _value(context: SeedContext, attribute: Attribute, value: AttributeValue) -> AttributeValueInput:
    """Saleor's input has another field for each input type."""
    names = value if isinstance(value, list) else [str(value)]
    selected_values = [AttributeValueSelectableTypeInput(value=name) for name in names]
    value_by_input: dict[str, Callable[[], dict[str, Any]]] = {
        "dropdown": lambda: {"dropdown": selected_values[0]},
        "swatch": lambda: {"swatch": selected_values[0]},
        "multiselect": lambda: {"multiselect": selected_values},
        "numeric": lambda: {"numeric": names[0]},
        "plain-text": lambda: {"plain_text": names[0]},
        "page": lambda: {"reference": context.id("page", names[0])},
        "pages": lambda: {"references": context.ids_of("page", names)},
    }
    return AttributeValueInput(
        id=context.id("attribute", attribute.slug), **value_by_input[attribute.input]()
    )


def _listing(context: SeedContext, catalog: Catalog, product: Product, id_: str) -> None:
    channels = context.ids_of("channel", [channel.slug for channel in catalog.channels])
    create_input = ProductChannelListingUpdateInput(
        update_channels=[
            ProductChannelListingAddInput(
                channel_id=channel,
                is_published=True,
                visible_in_listings=True,
                is_available_for_purchase=True,
            )
            for channel in channels
        ]
    )
    context.send_if_changed(
        "product-listing",
        product.slug,
        [create_input, id_],
        lambda: (
            context.client.product_channel_listing_update(id_, create_input).product_channel_listing_update
        ),
    )


def _translation(
    context: SeedContext, product: Product, id_: str, language: str, translation: Translation
) -> None:
    create_input = TranslationInput(
        name=translation.name,
        description=editorjs.document(translation.description),
        seo_title=translation.seo.title,
        seo_description=translation.seo.description,
    )
    code = LanguageCodeEnum(language.upper())
    context.send_if_changed(
        f"product-{language}",
        product.slug,
        [create_input, id_],
        lambda: context.client.product_translate(id_, code, create_input).product_translate,
    )
