"""Products with their channel listings and translations; variants are in variants.py."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.input_types import (
    ProductChannelListingAddInput,
    ProductChannelListingUpdateInput,
    ProductCreateInput,
    ProductInput,
    SeoInput,
    TranslationInput,
)
from store.seed.read import Catalog, editorjs
from store.seed.read.file_models import Attribute, Product, Translation
from store.seed.write.attribute_values import attribute_value
from store.seed.write.box_dimensions import cups_metadata
from store.seed.write.context import SeedContext
from store.seed.write.merge import changed_values, comparable_texts, rich_text
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
    attribute_inputs = {
        slug: attribute_value(context, attributes[slug], value)
        for slug, value in product.own_attributes.items()
    }
    fields: dict[str, Any] = {
        "name": product.name,
        "description": editorjs.document(product.description),
        "category": context.id("category", product.category),
        "collections": context.ids_of("collection", product.collections),
        "seo": SeoInput(title=product.seo.title, description=product.seo.description),
        "weight": Decimal(str(product.weight_kg)),
        "metadata": cups_metadata(product.cups),
    }
    content = {
        **fields,
        "description": rich_text(fields["description"]),
        "seo": [product.seo.title, product.seo.description],
        **{f"attribute {slug}": given for slug, given in attribute_inputs.items()},
    }

    def update(id_: str, changed: Collection[str]) -> Any:
        chosen = changed_values(fields, attribute_inputs, changed)
        return client.product_update(id_, ProductInput(**chosen)).product_update

    if known := context.ids["product"].get(product.slug):
        context.update_fields("product", product.slug, content, partial(update, known))
        return known
    create_input = ProductCreateInput(
        slug=product.slug,
        product_type=context.id("product-type", product.product_type),
        attributes=list(attribute_inputs.values()),
        **fields,
    )
    id_ = context.create("product", product.slug, lambda: client.product_create(create_input).product_create)
    context.note_fields("product", product.slug, content)
    return id_


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
    texts = {
        "name": translation.name,
        "description": editorjs.document(translation.description),
        "seo_title": translation.seo.title,
        "seo_description": translation.seo.description,
    }
    code = LanguageCodeEnum(language.upper())
    context.update_fields(
        f"product-{language}",
        product.slug,
        comparable_texts(texts),
        lambda changed: (
            context.client.product_translate(
                id_, code, TranslationInput(**{name: texts[name] for name in changed})
            ).product_translate
        ),
    )
