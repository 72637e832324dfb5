"""Pictures of products and groups: kept as files below the media folder, checked before they are kept."""

import io
import secrets
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import urlparse

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from PIL import Image, UnidentifiedImageError

from store.engine.catalog import image_download
from store.engine.catalog.models import Product, ProductMedia, ProductVariant, VariantMedia
from store.engine.channels.wording import check_words
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone

EXTENSIONS = {
    "JPEG": "jpg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
    "BMP": "bmp",
    "TIFF": "tiff",
}
VIDEO_HOSTS = {"youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "www.vimeo.com"}
MAX_PIXELS = 80_000_000


class Picture(Protocol):
    """An uploaded file, as the web framework hands it over."""

    name: str | None

    def read(self) -> bytes: ...


def store_picture(picture: Picture, *, folder: str, field: str = "image") -> str:
    """Check that it is a picture, keep it, return its path below the media folder."""
    content = picture.read()
    kind = _kind(content, field)
    stem = slugify(PurePosixPath(picture.name or "picture").stem)[:60] or "picture"
    name = f"{folder}/{stem}_{secrets.token_hex(4)}.{EXTENSIONS[kind]}"
    return str(default_storage.save(name, ContentFile(content)))


def store_file(upload: Picture) -> str:
    """Any file that a merchant uploads (`fileUpload`); returns its path below the media folder."""
    path = PurePosixPath(upload.name or "file")
    stem = slugify(path.stem)[:60] or "file"
    suffix = "".join(one for one in path.suffix.lower() if one.isalnum() or one == ".")[:10]
    if suffix in FORBIDDEN_SUFFIXES:
        raise Refusal("This kind of file could run in a browser.", field="file", code="INVALID_FILE_TYPE")
    name = f"file_upload/{stem}_{secrets.token_hex(4)}{suffix}"
    return str(default_storage.save(name, ContentFile(upload.read())))


FORBIDDEN_SUFFIXES = {".html", ".htm", ".xhtml", ".svg", ".js", ".mjs", ".xml", ".php", ".exe"}


def _kind(content: bytes, field: str) -> str:
    try:
        with Image.open(io.BytesIO(content)) as image:
            kind, (width, height) = str(image.format), image.size
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refusal("Invalid file type.", field=field, code="INVALID") from error
    if kind not in EXTENSIONS or width * height > MAX_PIXELS:
        raise Refusal("Invalid file type.", field=field, code="INVALID")
    return kind


# --- media of a product -------------------------------------------------------------------------------
def create(
    *, product: Product, alt: str = "", picture: Picture | None = None, url: str | None = None
) -> ProductMedia:
    """A picture from an upload or an address, or a film by its address."""
    if picture is None and not url:
        raise Required("Image or external URL is required.", field="input")
    if picture is not None and url:
        raise Refusal(
            "Either image or external URL is required.", field="input", code="DUPLICATED_INPUT_ITEM"
        )
    if len(alt) > 250:
        raise Refusal("Alt text can't be longer than 250 characters.", field="alt")
    check_words({"alt": alt}, of=f"picture of Product {product.pk}")
    if url and urlparse(url).hostname in VIDEO_HOSTS:
        media = ProductMedia(
            product=product, alt=alt, type="VIDEO", external_url=url, oembed_data={"url": url}
        )
    else:
        kept = picture if picture is not None else image_download.picture(str(url))
        path = store_picture(kept, folder="products", field="image" if picture is not None else "mediaUrl")
        media = ProductMedia(product=product, alt=alt, image=path)
    with transaction.atomic():
        last = product.media.aggregate(last=Max("sort_order"))["last"]
        media.sort_order = 0 if last is None else last + 1
        media.save()
        record("PRODUCT_UPDATED", kind="Product", pk=product.pk)
        record("PRODUCT_MEDIA_CREATED", kind="ProductMedia", pk=media.pk)
    return media


def update(*, media: ProductMedia, alt: str) -> ProductMedia:
    if len(alt) > 250:
        raise Refusal("Alt text can't be longer than 250 characters.", field="alt")
    with transaction.atomic(durable=True):
        check_words({"alt": alt}, of=f"picture of Product {media.product_id}")
        media.alt = alt
        media.save(update_fields=["alt"])
        record("PRODUCT_UPDATED", kind="Product", pk=media.product_id)
        record("PRODUCT_MEDIA_UPDATED", kind="ProductMedia", pk=media.pk)
    return media


def delete(*, media: ProductMedia) -> None:
    """The row at once; the file after the commit, so that a failed commit keeps both."""
    with transaction.atomic(durable=True):
        path = media.image
        record_gone("PRODUCT_MEDIA_DELETED", kind="ProductMedia", row=media)
        media.delete()
        record("PRODUCT_UPDATED", kind="Product", pk=media.product_id)
        if path:
            transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def reorder(*, product: Product, media: Sequence[ProductMedia]) -> None:
    """All of a product's media, in the order in which they shall be shown."""
    known = set(product.media.values_list("pk", flat=True))
    if len(media) != len(known):
        raise Refusal("Incorrect number of media IDs provided.", field="order")
    if stray := [one for one in media if one.pk not in known]:
        raise Refusal(
            f"Media {stray[0].pk} does not belong to this product.", field="order", code="NOT_PRODUCTS_IMAGE"
        )
    with transaction.atomic(durable=True):
        for at, one in enumerate(media):
            ProductMedia.objects.filter(pk=one.pk).update(sort_order=at)
        record("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def show_with(*, variant: ProductVariant, media: ProductMedia) -> None:
    """Show a picture of the product with one of its variants."""
    if media.product_id != variant.product_id:
        raise Refusal(
            "This media doesn't belong to that product.", field="mediaId", code="NOT_PRODUCTS_IMAGE"
        )
    with transaction.atomic(durable=True):
        _, made = VariantMedia.objects.get_or_create(variant=variant, media=media)
        if not made:
            raise Refusal("This media is already assigned.", field="mediaId", code="MEDIA_ALREADY_ASSIGNED")


def hide_from(*, variant: ProductVariant, media: ProductMedia) -> None:
    with transaction.atomic(durable=True):
        gone, _ = VariantMedia.objects.filter(variant=variant, media=media).delete()
        if not gone:
            raise Refusal(
                "Media is not assigned to this variant.", field="mediaId", code="NOT_PRODUCTS_IMAGE"
            )
