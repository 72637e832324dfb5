"""Mutations of product media, and file uploads."""

from typing import Any

from store.engine.catalog import media
from store.engine.catalog.models import Product, ProductMedia
from store.engine.errors import Required
from store.engine.graphql import ids
from store.engine.graphql.catalog.images import media_url
from store.engine.graphql.catalog.mutations.input_parsing import Payload
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation


@mutation(permissions="MANAGE_PRODUCTS")
def product_media_create(info: Info, *, input: dict[str, Any]) -> Payload:
    product = ids.get_row(input["product"], Product, field="product")
    created = media.create(
        product=product,
        alt=input.get("alt") or "",
        picture=input.get("image"),
        url=input.get("media_url"),
    )
    return {"product": product, "media": created}


@mutation(permissions="MANAGE_PRODUCTS")
def product_media_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = media.update(media=ids.get_row(id, ProductMedia), alt=input.get("alt") or "")
    return {"product": changed.product, "media": changed}


@mutation(permissions="MANAGE_PRODUCTS")
def product_media_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, ProductMedia)
    product = row.product
    return {"media": delete_and_return(row, lambda: media.delete(media=row)), "product": product}


@mutation(permissions="MANAGE_PRODUCTS")
def product_media_reorder(info: Info, *, product_id: str, media_ids: list[str]) -> Payload:
    product = ids.get_row(product_id, Product, field="productId")
    rows = ids.get_rows(media_ids, ProductMedia, field="mediaIds")
    media.reorder(product=product, media=rows)
    return {"product": product, "media": list(rows)}


@mutation(permissions=())
def file_upload(info: Info, *, file: Any) -> Payload:
    if file is None:
        raise Required("Send the file by the multipart request spec.", field="file")
    path = media.store_file(file)
    return {"uploaded_file": {"url": media_url(path), "content_type": getattr(file, "content_type", None)}}
