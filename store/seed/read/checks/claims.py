"""The guidebook's check for health claims and dangerous instructions, on all catalog texts that shoppers read."""

from collections.abc import Iterator

from store.guidebook import wording
from store.seed.read.catalog import Catalog
from store.seed.read.file_models import Translations
from store.seed.read.problems import Problem
from store.seed.read.toml import KeyPath, SourceFile

CheckedText = tuple[SourceFile, KeyPath, str, str]  # file, key path, language, text


def check(catalog: Catalog) -> Iterator[Problem]:
    for source, key_path, language, text in _texts(catalog):
        for finding in wording.check(text, lang=language):
            what = f"`{finding.words}` may not be published ({finding.id}): {finding.marked.rstrip('.')}"
            yield source.problem(key_path, what, "Say what it is, how it feels or how to clean it instead")


def _texts(catalog: Catalog) -> Iterator[CheckedText]:
    yield catalog.sources["shop"], ("description",), "en", catalog.shop.description
    for index, category in enumerate(catalog.categories):
        source = catalog.sources["categories"]
        yield source, ("categories", index, "name"), "en", category.name
        yield source, ("categories", index, "description"), "en", category.description
        yield source, ("categories", index, "seo"), "en", f"{category.seo.title}. {category.seo.description}"
    for index, collection in enumerate(catalog.collections):
        source = catalog.sources["collections"]
        yield source, ("collections", index, "name"), "en", collection.name
        yield source, ("collections", index, "description"), "en", collection.description
    yield from _product_texts(catalog)
    yield from _shop_page_texts(catalog)
    for language, translated in catalog.translations.items():
        yield from _translated_texts(catalog.sources[f"translations/{language}"], language, translated)
    for index, picture in enumerate(catalog.pictures):
        for language, text in picture.alt.items():
            yield catalog.sources["pictures"], ("pictures", index, "alt"), language, text


def _translated_texts(source: SourceFile, language: str, translated: Translations) -> Iterator[CheckedText]:
    for table in ("names", "box"):
        for text, translation in getattr(translated, table).items():
            yield source, (table, text), "en", text
            yield source, (table, text), language, translation
    for slug, category in translated.categories.items():
        seo = category.seo
        text = f"{category.name}. {category.description} {seo.title}. {seo.description}"
        yield source, ("categories", slug), language, text
    for slug, collection in translated.collections.items():
        yield source, ("collections", slug), language, f"{collection.name}. {collection.description}"


def _product_texts(catalog: Catalog) -> Iterator[CheckedText]:
    for product in catalog.products:
        source = catalog.sources.get(f"products/{product.slug}")
        if source is None:
            continue
        yield source, ("name",), "en", product.name
        yield source, ("description",), "en", product.description
        yield source, ("seo",), "en", f"{product.seo.title}. {product.seo.description}"
        yield source, ("attributes", "box-contents"), "en", str(product.attributes.get("box-contents", ""))
        for language, translation in product.translations.items():
            key_path = ("translations", language)
            seo = translation.seo
            text = f"{translation.name}. {translation.description} {seo.title}. {seo.description}"
            yield source, key_path, language, text


def _shop_page_texts(catalog: Catalog) -> Iterator[CheckedText]:
    for name, source in catalog.sources.items():
        if name.startswith("shop_pages/"):
            for language, texts in source.data.get("texts", {}).items():
                words = f"{texts['title']}. {texts['summary']}\n\n{texts['text']}"
                yield source, ("texts", language), language, words
