"""Products, where they are sold, and their translations. Their variants: see variants.py."""

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
from store.seed.read import Catalogue, editorjs
from store.seed.read.file_models import Attribute, AttributeValue, Product, Translation
from store.seed.write.box_dimensions import cups_metadata
from store.seed.write.context import Bench
from store.seed.write.variants import write_variants


def write_products(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    attributes = {one.slug: one for one in catalogue.attributes}
    for product in catalogue.products:
        id_ = _product(bench, product, attributes)
        _listing(bench, catalogue, product, id_)
        write_variants(bench, product, id_, attributes)
        for language, words in product.translations.items():
            _translation(bench, product, id_, language, words)
        bench.ledger.save()
        yield product.name


def _product(bench: Bench, one: Product, attributes: dict[str, Attribute]) -> str:
    client = bench.client
    said: dict[str, Any] = {
        "name": one.name,
        "description": editorjs.document(one.description),
        "category": bench.id("category", one.category),
        "collections": bench.all_ids("collection", one.collections),
        "seo": SeoInput(title=one.seo.title, description=one.seo.description),
        "weight": Decimal(str(one.weight_kg)),
        "attributes": [_value(bench, attributes[slug], value) for slug, value in one.attributes.items()],
        "metadata": cups_metadata(one.cups),
    }
    wanted = ProductCreateInput(
        slug=one.slug, product_type=bench.id("product-type", one.product_type), **said
    )
    return bench.keep(
        "product",
        one.slug,
        wanted,
        create=lambda: client.product_create(wanted).product_create,
        update=lambda id_: client.product_update(id_, ProductInput(**said)).product_update,
    )


def _value(bench: Bench, attribute: Attribute, value: AttributeValue) -> AttributeValueInput:
    """Saleor has a field of its own for each kind of attribute."""
    names = value if isinstance(value, list) else [str(value)]
    picks = [AttributeValueSelectableTypeInput(value=name) for name in names]
    forms: dict[str, Callable[[], dict[str, Any]]] = {
        "dropdown": lambda: {"dropdown": picks[0]},
        "swatch": lambda: {"swatch": picks[0]},
        "multiselect": lambda: {"multiselect": picks},
        "numeric": lambda: {"numeric": names[0]},
        "plain-text": lambda: {"plain_text": names[0]},
        "page": lambda: {"reference": bench.id("page", names[0])},
        "pages": lambda: {"references": bench.all_ids("page", names)},
    }
    return AttributeValueInput(id=bench.id("attribute", attribute.slug), **forms[attribute.input]())


def _listing(bench: Bench, catalogue: Catalogue, one: Product, id_: str) -> None:
    channels = bench.all_ids("channel", [channel.slug for channel in catalogue.channels])
    wanted = ProductChannelListingUpdateInput(
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
    bench.once(
        "product-listing",
        one.slug,
        [wanted, id_],
        lambda: bench.client.product_channel_listing_update(id_, wanted).product_channel_listing_update,
    )


def _translation(bench: Bench, one: Product, id_: str, language: str, words: Translation) -> None:
    wanted = TranslationInput(
        name=words.name,
        description=editorjs.document(words.description),
        seo_title=words.seo.title,
        seo_description=words.seo.description,
    )
    code = LanguageCodeEnum(language.upper())
    bench.once(
        f"product-{language}",
        one.slug,
        [wanted, id_],
        lambda: bench.client.product_translate(id_, code, wanted).product_translate,
    )
