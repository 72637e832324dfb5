"""Media of products, and the files of uploaded images: checked, then stored below MEDIA_ROOT."""

import secrets
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from store.engine.catalog import image_download
from store.engine.catalog.models import Product, ProductMedia, ProductVariant, VariantMedia
from store.engine.catalog.pictures import EXTENSIONS, normalize_picture
from store.engine.channels.wording import check_words
from store.engine.errors import OperationError, Required
from store.engine.events import record_deleted_event, record_event, value_changes
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url

VIDEO_HOSTS = {"youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "www.vimeo.com"}
_ALT_PREFIX = "alt."  # of the metadata key of an alternative text; the language follows


class UploadedFile(Protocol):
    """An uploaded file, such as Django's."""

    name: str | None

    def read(self) -> bytes: ...


def store_image(picture: UploadedFile, *, folder: str, field: str = "image") -> str:
    """Store an image file below `folder`; returns its path below MEDIA_ROOT. Raises OperationError on `field`."""
    content, extension = normalize_picture(picture.read(), field=field)
    stem = slugify(PurePosixPath(picture.name or "picture").stem)[:60] or "picture"
    name = f"{folder}/{stem}_{secrets.token_hex(4)}.{extension}"
    return str(default_storage.save(name, ContentFile(content)))


def store_file(upload: UploadedFile) -> str:
    """Store a file of a known kind (`fileUpload`); returns its path below MEDIA_ROOT.

    A picture, which browsers show, must be what its name says and is taken as `store_image` takes one. Raises
    OperationError.
    """
    path = PurePosixPath(upload.name or "file")
    stem, suffix = slugify(path.stem)[:60] or "file", path.suffix.lower()
    if suffix not in FILE_SUFFIXES:
        kinds = ", ".join(sorted(kind.lstrip(".") for kind in FILE_SUFFIXES))
        raise _wrong_kind(f"Files of this kind are not taken. Upload one of: {kinds}.")
    content, extension = upload.read(), suffix.lstrip(".").replace("jpeg", "jpg")
    if extension in EXTENSIONS.values():
        content, found = normalize_picture(content, field="file")
        if found != extension:
            raise _wrong_kind(f"This is a picture of the kind {found}. Give its name that ending.")
    name = f"file_upload/{stem}_{secrets.token_hex(4)}{suffix}"
    return str(default_storage.save(name, ContentFile(content)))


def _wrong_kind(message: str) -> OperationError:
    return OperationError(message, field="file", code="INVALID_FILE_TYPE")


# What browsers show or save and never run.
FILE_SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".avif",
        ".bmp",
        ".tiff",
        ".pdf",
        ".txt",
        ".csv",
        ".zip",
        ".json",
    }
    | {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".mp3", ".ogg", ".wav", ".mp4", ".webm", ".mov"}
)


# --- media of a product -------------------------------------------------------------------------------
def create(
    *,
    product: Product,
    alt: str = "",
    translated_alts: Mapping[str, str] | None = None,
    picture: UploadedFile | None = None,
    url: str | None = None,
) -> ProductMedia:
    """Create an image from an upload or a URL, or a video from its URL. Raises OperationError, OperationErrors.

    `translated_alts`: the alternative text by language code. Saleor has no translation of media, so they are metadata.
    """
    if picture is None and not url:
        raise Required("Image or external URL is required.", field="input")
    if picture is not None and url:
        raise OperationError(
            "Either image or external URL is required.", field="input", code="DUPLICATED_INPUT_ITEM"
        )
    _check_alts(alt, translated_alts or {}, of=f"picture of Product {product.pk}")
    if url and _is_video(url):
        media = ProductMedia(
            product=product, alt=alt, type="VIDEO", external_url=url, oembed_data={"url": url}
        )
    else:
        file = picture if picture is not None else image_download.download_image(str(url))
        path = store_image(file, folder="products", field="image" if picture is not None else "mediaUrl")
        media = ProductMedia(product=product, alt=alt, image=path)
    media.metadata = _alt_metadata(translated_alts or {})
    with transaction.atomic():
        last = product.media.aggregate(last=Max("sort_order"))["last"]
        media.sort_order = 0 if last is None else last + 1
        media.save()
        record_event("PRODUCT_UPDATED", kind="Product", pk=product.pk)
        record_event("PRODUCT_MEDIA_CREATED", kind="ProductMedia", pk=media.pk)
    return media


def _is_video(url: str) -> bool:
    """Whether browsers, too, are led to a host of videos by it."""
    try:
        return parse_http_url(url).host in VIDEO_HOSTS
    except InvalidHttpUrl:
        return False


def alt_in(media: ProductMedia, language: str) -> str:
    """The alternative text in a language other than the shop's own; "" if it has none."""
    return str(media.metadata.get(_ALT_PREFIX + language) or "")


def check_metadata(media: ProductMedia, put: Mapping[str, str]) -> None:
    """Raise OperationErrors for a claim in an alternative text among the metadata; its key names the language."""
    for key, text in put.items():
        if key.startswith(_ALT_PREFIX):
            language = key.removeprefix(_ALT_PREFIX)
            of = f"picture of Product {media.product_id} in {language}"
            check_words({"alt": text}, of=of, language=language, field="input")


def _alt_metadata(translated: Mapping[str, str]) -> dict[str, str]:
    return {_ALT_PREFIX + language: text for language, text in translated.items()}


def _check_alts(alt: str, translated: Mapping[str, str], *, of: str) -> None:
    if any(len(one) > 250 for one in (alt, *translated.values())):
        raise OperationError("Alt text can't be longer than 250 characters.", field="alt")
    check_words({"alt": alt}, of=of)
    for language, one in translated.items():
        check_words({"alt": one}, of=f"{of} in {language}", language=language)


def update(
    *, media: ProductMedia, alt: str, translated_alts: Mapping[str, str] | None = None
) -> ProductMedia:
    """Change the alternative text, and those of the languages in `translated_alts`. Raises OperationError(s)."""
    translated = translated_alts or {}
    with transaction.atomic(durable=True):
        _check_alts(alt, translated, of=f"picture of Product {media.product_id}")
        media = ProductMedia.objects.select_for_update().get(pk=media.pk)
        changes = {"alt": (media.alt, alt)} | {
            key: (media.metadata.get(key, ""), text) for key, text in _alt_metadata(translated).items()
        }
        value_changes.note("ProductMedia", media.pk, changes)
        media.alt = alt
        media.metadata = media.metadata | _alt_metadata(translated)
        media.save(update_fields=["alt", "metadata"])
        record_event("PRODUCT_UPDATED", kind="Product", pk=media.product_id)
        record_event("PRODUCT_MEDIA_UPDATED", kind="ProductMedia", pk=media.pk)
    return media


def delete(*, media: ProductMedia) -> None:
    """Delete the row, and its file after the commit, so that a failed commit loses neither."""
    with transaction.atomic(durable=True):
        path = media.image
        record_deleted_event("PRODUCT_MEDIA_DELETED", kind="ProductMedia", row=media)
        media.delete()
        record_event("PRODUCT_UPDATED", kind="Product", pk=media.product_id)
        if path:
            transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def reorder(*, product: Product, media: Sequence[ProductMedia]) -> None:
    """Sort the media of a product; `media` are all of them in the new order. Raises OperationError."""
    known = set(product.media.values_list("pk", flat=True))
    if len(media) != len(known):
        raise OperationError("Incorrect number of media IDs provided.", field="order")
    if foreign := [row for row in media if row.pk not in known]:
        raise OperationError(
            f"Media {foreign[0].pk} does not belong to this product.",
            field="order",
            code="NOT_PRODUCTS_IMAGE",
        )
    with transaction.atomic(durable=True):
        for position, row in enumerate(media):
            ProductMedia.objects.filter(pk=row.pk).update(sort_order=position)
        record_event("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def assign_to_variant(*, variant: ProductVariant, media: ProductMedia) -> None:
    """Show an image of the product with one of its variants. Raises OperationError."""
    if media.product_id != variant.product_id:
        raise OperationError(
            "This media doesn't belong to that product.", field="mediaId", code="NOT_PRODUCTS_IMAGE"
        )
    with transaction.atomic(durable=True):
        _, created = VariantMedia.objects.get_or_create(variant=variant, media=media)
        if not created:
            raise OperationError(
                "This media is already assigned.", field="mediaId", code="MEDIA_ALREADY_ASSIGNED"
            )


def unassign_from_variant(*, variant: ProductVariant, media: ProductMedia) -> None:
    with transaction.atomic(durable=True):
        deleted, _ = VariantMedia.objects.filter(variant=variant, media=media).delete()
        if not deleted:
            raise OperationError(
                "Media is not assigned to this variant.", field="mediaId", code="NOT_PRODUCTS_IMAGE"
            )
