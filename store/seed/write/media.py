"""Product pictures, identified by their file. A changed file replaces the picture at its position."""

import hashlib
import mimetypes
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from typing import Any

from store.saleor.client.base_model import Upload
from store.saleor.client.input_types import MetadataInput, ProductMediaCreateInput
from store.seed.read import Catalog
from store.seed.read.file_models import Picture, Product
from store.seed.write.context import SeedContext
from store.seed.write.fingerprints import fingerprint
from store.seed.write.merge import read_marks


def write_pictures(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for product in catalog.products:
        pictures = [picture for picture in catalog.pictures if picture.product == product.slug]
        seeded = [id_ for picture in pictures if (id_ := _upsert_picture(context, catalog, product, picture))]
        _sort(context, product, seeded)
        context.fingerprints.save()
        yield from (picture.file for picture in pictures)


def _upsert_picture(context: SeedContext, catalog: Catalog, product: Product, picture: Picture) -> str:
    """Upload the picture when it is new or its file has changed. Returns its id in Saleor, "" for one deleted there."""
    content = catalog.picture_path(picture).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    new_fingerprint = fingerprint(digest, sorted(picture.variants))
    old_fingerprint, _, old_id = (context.fingerprints.get("picture", picture.file) or "").rpartition(" ")
    present = context.ids[f"media:{product.slug}"]
    if not old_fingerprint:  # no fingerprint: a picture with the same alternative text is the same picture
        old_id = next((id_ for id_, alt in present.items() if alt == picture.alt["en"]), "")
    elif old_id not in present and not context.overwrite:
        context.notes.append(f"picture {picture.file} was deleted in the shop; it stays deleted")
        return ""
    # What an older seed has noted held the alternative text as well.
    same = ("", new_fingerprint, fingerprint(digest, picture.alt["en"], sorted(picture.variants)))
    if old_id in present and old_fingerprint in same:
        context.fingerprints.put("picture", picture.file, f"{new_fingerprint} {old_id}")
        context.counts["unchanged"] += 1
        _merge_texts(context, picture, old_id)
        return old_id
    alt = _alt_in_shop(context, picture, present.get(old_id)) or picture.alt["en"]
    new_id = _upload(context, product, picture, content, alt)
    if old_id in present:
        _delete(context, picture, old_id)
        del present[old_id]
    context.counts["updated" if old_fingerprint else "created"] += 1
    context.fingerprints.put("picture", picture.file, f"{new_fingerprint} {new_id}")
    _send_texts(context, picture, new_id, [language for language in picture.alt if language != "en"])
    context.note_fields("picture-texts", picture.file, picture.alt)
    return new_id


def _alt_in_shop(context: SeedContext, picture: Picture, alt: str | None) -> str | None:
    """The alternative text of the former picture, if the merchant has changed it: the new one keeps it."""
    before = read_marks(context.fingerprints.get("picture-texts", picture.file)) or {}
    is_edited = alt is not None and "en" in before and before["en"] != fingerprint(alt)
    return alt if is_edited and not context.overwrite else None


def _delete(context: SeedContext, picture: Picture, media_id: str) -> None:
    client = context.client
    context.send(
        "old picture", picture.file, lambda: client.product_media_delete(media_id).product_media_delete
    )


def _merge_texts(context: SeedContext, picture: Picture, media_id: str) -> None:
    """The alternative texts; those in other languages in the metadata: Saleor has no translations of media."""
    in_shop = context.shop_values.get(("picture-texts", media_id), {})
    context.shop_values["picture-texts", picture.file] = in_shop

    context.update_fields(
        "picture-texts",
        picture.file,
        picture.alt,
        lambda changed: _send_texts(context, picture, media_id, changed),
    )


def _send_texts(context: SeedContext, picture: Picture, media_id: str, languages: Collection[str]) -> Any:
    """Returns the payload of the last mutation, None without one. Raises ObjectRefused."""
    client, answer = context.client, None
    items = [
        MetadataInput(key=f"alt.{language}", value=picture.alt[language])
        for language in sorted(languages)
        if language != "en"
    ]
    if items:
        answer = context.send(
            "picture", picture.file, lambda: client.metadata_update(media_id, items).update_metadata
        )
    if "en" in languages:
        alt = picture.alt["en"]
        answer = context.send(
            "picture", picture.file, lambda: client.product_media_update(media_id, alt).product_media_update
        )
    return answer


def _upload(context: SeedContext, product: Product, picture: Picture, content: bytes, alt: str) -> str:
    name = picture.file.rpartition("/")[2]
    file = Upload(name, BytesIO(content), mimetypes.guess_type(name)[0] or "application/octet-stream")
    create_input = ProductMediaCreateInput(product=context.id("product", product.slug), alt=alt, image=file)
    client = context.client
    media = context.send(
        "picture", picture.file, lambda: client.product_media_create(create_input).product_media_create
    ).media
    context.ids[f"media:{product.slug}"][media.id] = alt
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
