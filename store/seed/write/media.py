"""Product pictures, identified by their file. A changed file or text replaces the picture at its position."""

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from io import BytesIO

from store.saleor.client.base_model import Upload
from store.saleor.client.input_types import MetadataInput, ProductMediaCreateInput
from store.seed.read import Catalog
from store.seed.read.file_models import Picture, Product
from store.seed.write.context import SeedContext
from store.seed.write.fingerprints import fingerprint


def write_pictures(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for product in catalog.products:
        pictures = [picture for picture in catalog.pictures if picture.product == product.slug]
        seeded = [_upsert_picture(context, catalog, product, picture) for picture in pictures]
        _sort(context, product, seeded)
        context.fingerprints.save()
        yield from (picture.file for picture in pictures)


def _upsert_picture(context: SeedContext, catalog: Catalog, product: Product, picture: Picture) -> str:
    """Upload the picture when it is new or changed. Returns its id in Saleor."""
    content = catalog.picture_path(picture).read_bytes()
    new_fingerprint = fingerprint(
        hashlib.sha256(content).hexdigest(), picture.alt["en"], sorted(picture.variants)
    )
    old_fingerprint, _, old_id = (context.fingerprints.get("picture", picture.file) or "").rpartition(" ")
    present = context.ids[f"media:{product.slug}"]
    if not old_fingerprint:  # no fingerprint: a picture with the same alternative text is the same picture
        old_id = next((id_ for id_, alt in present.items() if alt == picture.alt["en"]), "")
    if old_id in present and old_fingerprint in ("", new_fingerprint):
        context.fingerprints.put("picture", picture.file, f"{new_fingerprint} {old_id}")
        context.counts["unchanged"] += 1
        _translate_alt(context, picture, old_id)
        return old_id
    client = context.client
    new_id = _upload(context, product, picture, content)
    if old_id in present:
        context.send(
            "old picture", picture.file, lambda: client.product_media_delete(old_id).product_media_delete
        )
        del present[old_id]
    context.counts["updated" if old_fingerprint else "created"] += 1
    context.fingerprints.put("picture", picture.file, f"{new_fingerprint} {new_id}")
    _translate_alt(context, picture, new_id)
    return new_id


def _translate_alt(context: SeedContext, picture: Picture, media_id: str) -> None:
    """The alternative text in other languages, in the metadata: Saleor has no translations of media."""
    texts = [
        MetadataInput(key=f"alt.{language}", value=text)
        for language, text in picture.alt.items()
        if language != "en"
    ]
    if texts:
        context.send_if_changed(
            "picture-alt",
            picture.file,
            [texts, media_id],
            lambda: context.client.metadata_update(media_id, texts).update_metadata,
        )


def _upload(context: SeedContext, product: Product, picture: Picture, content: bytes) -> str:
    name = picture.file.rpartition("/")[2]
    file = Upload(name, BytesIO(content), mimetypes.guess_type(name)[0] or "application/octet-stream")
    create_input = ProductMediaCreateInput(
        product=context.id("product", product.slug), alt=picture.alt["en"], image=file
    )
    client = context.client
    media = context.send(
        "picture", picture.file, lambda: client.product_media_create(create_input).product_media_create
    ).media
    context.ids[f"media:{product.slug}"][media.id] = picture.alt["en"]
    for sku in picture.variants:
        _assign_to_variant(context, picture, context.id("product-variant", sku), media.id)
    return str(media.id)


def _assign_to_variant(context: SeedContext, picture: Picture, variant_id: str, media_id: str) -> None:
    client = context.client
    context.send(
        "picture",
        picture.file,
        lambda: client.variant_media_assign(variant_id, media_id).variant_media_assign,
    )


def _sort(context: SeedContext, product: Product, seeded: Sequence[str]) -> None:
    """Pictures of the seed first, in the order of the file, then those that the merchant added."""
    present = context.ids[f"media:{product.slug}"]
    new_order = [*seeded, *(media for media in present if media not in seeded)]
    if new_order != list(present):
        product_id = context.id("product", product.slug)
        context.send(
            "order of pictures",
            product.slug,
            lambda: context.client.product_media_reorder(product_id, new_order).product_media_reorder,
        )
