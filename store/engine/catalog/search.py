"""Search for products by their words, in the database: FTS5 on SQLite, tsvector on PostgreSQL, one interface.

Words are kept without accents and in lower case, so that "Silikon" and "glas" find what shoppers mean in each
language. The full-text index beside the table `ProductSearch` is made by the migration.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from store.engine.catalog.editorjs import words
from store.engine.catalog.models import (
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
    Product,
    ProductSearch,
    ProductVariant,
)
from store.engine.channels.models import Translation

MOST_WORDS = 12


def plain(text: str) -> str:
    """`Größe, 50-mm` → `grosse 50 mm`: only words, so that both databases cut them alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(one for one in decomposed if not unicodedata.combining(one))))


def terms(text: str) -> list[str]:
    """The beginnings of words to look for. A plural s is dropped: "cups" finds "cup" and "cups"."""
    found = plain(text).split()[:MOST_WORDS]
    return [one[:-1] if len(one) > 3 and one.endswith("s") else one for one in found]


def ranked(text: str) -> list[int]:
    """Pks of the products that have all the words, best first (the name counts four times)."""
    wanted = terms(text)
    if not wanted:
        return []
    statement, parameters = _sqlite(wanted) if connection.vendor == "sqlite" else _postgres(wanted)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def _sqlite(wanted: Sequence[str]) -> tuple[str, list[Any]]:
    match = " ".join(f'"{one}"*' for one in wanted)
    return (
        "SELECT rowid FROM catalog_productfts WHERE catalog_productfts MATCH %s"
        " ORDER BY bm25(catalog_productfts, 4.0, 1.0), rowid",
        [match],
    )


def _postgres(wanted: Sequence[str]) -> tuple[str, list[Any]]:
    match = " & ".join(f"'{one}':*" for one in wanted)
    return (
        "SELECT product_id FROM catalog_productsearch WHERE vector @@ to_tsquery('simple', %s)"
        " ORDER BY ts_rank(vector, to_tsquery('simple', %s)) DESC, product_id",
        [match, match],
    )


# --- keeping it ---------------------------------------------------------------------------------------
def index(product_ids: Iterable[int]) -> None:
    """Write the words of these products anew: five statements however many. Inside the caller's transaction."""
    pks = list(dict.fromkeys(product_ids))
    if not pks:
        return
    rows = _rows(pks)
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


def forget(product_ids: Iterable[int]) -> None:
    """Products are gone. Inside the caller's transaction."""
    pks = list(product_ids)
    ProductSearch.objects.filter(pk__in=pks).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM catalog_productfts WHERE rowid = %s", [(pk,) for pk in pks])


def _rows(pks: Sequence[int]) -> list[ProductSearch]:
    said: dict[int, list[str]] = {pk: [] for pk in pks}
    names: dict[int, list[str]] = {pk: [] for pk in pks}
    for product in Product.objects.filter(pk__in=pks).select_related("category"):
        names[product.pk].append(product.name)
        said[product.pk] += [words(product.description), product.category.name if product.category else ""]
    _add_variants(pks, said)
    _add_values(pks, said)
    _add_translations(pks, names, said)
    return [
        ProductSearch(product_id=pk, name=plain(" ".join(names[pk])), words=plain(" ".join(said[pk])))
        for pk in pks
        if names[pk]
    ]


def _add_variants(pks: Sequence[int], said: dict[int, list[str]]) -> None:
    for pk, sku, name in ProductVariant.objects.filter(product_id__in=pks).values_list(
        "product_id", "sku", "name"
    ):
        said[pk] += [sku or "", name]


def _add_values(pks: Sequence[int], said: dict[int, list[str]]) -> None:
    of_products = AssignedProductAttributeValue.objects.filter(product_id__in=pks)
    of_variants = AssignedVariantAttributeValue.objects.filter(variant__product_id__in=pks)
    for pk, name, text in of_products.values_list("product_id", "value__name", "value__plain_text"):
        said[pk].append(text or name)
    for pk, name in of_variants.values_list("variant__product_id", "value__name"):
        said[pk].append(name)


def _add_translations(pks: Sequence[int], names: dict[int, list[str]], said: dict[int, list[str]]) -> None:
    rows = Translation.objects.filter(kind="Product", object_pk__in=[str(pk) for pk in pks])
    for pk, values in rows.values_list("object_pk", "values"):
        names[int(pk)].append(values.get("name") or "")
        said[int(pk)].append(words(values.get("description")))
