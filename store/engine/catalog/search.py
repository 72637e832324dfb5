"""Full-text search for products in the database: FTS5 on SQLite, tsvector on PostgreSQL.

Text is indexed in lower case and without accents. The full-text index beside the table `ProductSearch` is created by a
migration.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from store.engine.catalog.editorjs import plain_text
from store.engine.catalog.models import (
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
    Product,
    ProductSearch,
    ProductVariant,
)
from store.engine.channels.models import Translation

MAX_TERMS = 12


def normalize(text: str) -> str:
    """`Größe, 50mm` → `grosse 50 mm`: words only, numbers apart from letters, so that both databases split alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\d+|[^\W\d]+", plain))


def search_terms(text: str) -> list[tuple[str, ...]]:
    """The beginnings of words to search for; a product must have a word for each, any of its alternatives."""
    return [_beginnings(word) for word in normalize(text).split()[:MAX_TERMS]]


def _beginnings(word: str) -> tuple[str, ...]:
    """What singular and plural begin with: "cups" → "cup", "glasses" → "glass", "bodies" → "bodie" or "body"."""
    if len(word) > 3 and word.endswith("y"):
        return (word, f"{word[:-1]}ie")
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return (word,)
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return (word[:-2],)
    return (word[:-1], f"{word[:-3]}y") if word.endswith("ies") else (word[:-1],)


def ranked_product_pks(text: str) -> list[int]:
    """Pks of the products that contain all words, best match first (a match in the name counts four times)."""
    terms = search_terms(text)
    if not terms:
        return []
    statement, parameters = _sqlite_query(terms) if connection.vendor == "sqlite" else _postgres_query(terms)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def _sqlite_query(terms: Sequence[tuple[str, ...]]) -> tuple[str, list[Any]]:
    match = " AND ".join("(" + " OR ".join(f'"{word}"*' for word in term) + ")" for term in terms)
    return (
        "SELECT rowid FROM catalog_productfts WHERE catalog_productfts MATCH %s"
        " ORDER BY bm25(catalog_productfts, 4.0, 1.0), rowid",
        [match],
    )


def _postgres_query(terms: Sequence[tuple[str, ...]]) -> tuple[str, list[Any]]:
    match = " & ".join("(" + " | ".join(f"'{word}':*" for word in term) + ")" for term in terms)
    return (
        "SELECT product_id FROM catalog_productsearch WHERE vector @@ to_tsquery('simple', %s)"
        " ORDER BY ts_rank(vector, to_tsquery('simple', %s)) DESC, product_id",
        [match, match],
    )


# --- the index ----------------------------------------------------------------------------------------
def index(product_ids: Iterable[int]) -> None:
    """Update the search index of these products, inside the caller's transaction. The number of statements does not
    depend on the number of products."""
    pks = list(dict.fromkeys(product_ids))
    if not pks:
        return
    rows = _build_rows(pks)
    ProductSearch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["product"], update_fields=["name", "words"]
    )
    if connection.vendor == "sqlite":
        _index_sqlite(rows)


def _index_sqlite(rows: Sequence[ProductSearch]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM catalog_productfts WHERE rowid = %s", [(row.pk,) for row in rows])
        cursor.executemany(
            "INSERT INTO catalog_productfts(rowid, name, words) VALUES (%s, %s, %s)",
            [(row.pk, row.name, row.words) for row in rows],
        )


def remove(product_ids: Iterable[int]) -> None:
    """Remove deleted products from the index, inside the caller's transaction."""
    pks = list(product_ids)
    ProductSearch.objects.filter(pk__in=pks).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM catalog_productfts WHERE rowid = %s", [(pk,) for pk in pks])


def _build_rows(pks: Sequence[int]) -> list[ProductSearch]:
    texts: dict[int, list[str]] = {pk: [] for pk in pks}
    names: dict[int, list[str]] = {pk: [] for pk in pks}
    for product in Product.objects.filter(pk__in=pks).select_related("category"):
        names[product.pk].append(product.name)
        texts[product.pk] += [
            plain_text(product.description),
            product.category.name if product.category else "",
        ]
    _add_variants(pks, texts)
    _add_values(pks, texts)
    _add_translations(pks, names, texts)
    return [
        ProductSearch(
            product_id=pk, name=normalize(" ".join(names[pk])), words=normalize(" ".join(texts[pk]))
        )
        for pk in pks
        if names[pk]
    ]


def _add_variants(pks: Sequence[int], texts: dict[int, list[str]]) -> None:
    for pk, sku, name in ProductVariant.objects.filter(product_id__in=pks).values_list(
        "product_id", "sku", "name"
    ):
        texts[pk] += [sku or "", name]


def _add_values(pks: Sequence[int], texts: dict[int, list[str]]) -> None:
    of_products = AssignedProductAttributeValue.objects.filter(product_id__in=pks)
    of_variants = AssignedVariantAttributeValue.objects.filter(variant__product_id__in=pks)
    for pk, name, text in of_products.values_list("product_id", "value__name", "value__plain_text"):
        texts[pk].append(text or name)
    for pk, name in of_variants.values_list("variant__product_id", "value__name"):
        texts[pk].append(name)


def _add_translations(pks: Sequence[int], names: dict[int, list[str]], texts: dict[int, list[str]]) -> None:
    rows = Translation.objects.filter(kind="Product", object_pk__in=[str(pk) for pk in pks])
    for pk, values in rows.values_list("object_pk", "values"):
        names[int(pk)].append(values.get("name") or "")
        texts[int(pk)].append(plain_text(values.get("description")))
