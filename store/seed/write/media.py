"""Product pictures. A picture is known by its file; a changed file or text replaces it, in its old place."""

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from io import BytesIO

from store.saleor.client.base_model import Upload
from store.saleor.client.input_types import ProductMediaCreateInput
from store.seed.read import Catalogue
from store.seed.read.file_models import Picture, Product
from store.seed.write.context import Bench
from store.seed.write.fingerprints import fingerprint


def write_pictures(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for product in catalogue.products:
        pictures = [one for one in catalogue.pictures if one.product == product.slug]
        ours = [_keep(bench, catalogue, product, one) for one in pictures]
        _order(bench, product, ours)
        bench.ledger.save()
        yield from (one.file for one in pictures)


def _keep(bench: Bench, catalogue: Catalogue, product: Product, one: Picture) -> str:
    """The id of the picture in the shop; sends the file only when it is new or changed."""
    content = catalogue.picture_path(one).read_bytes()
    wanted = fingerprint(hashlib.sha256(content).hexdigest(), one.alt["en"], sorted(one.variants))
    before, _, old_id = (bench.ledger.get("picture", one.file) or "").rpartition(" ")
    present = bench.ids[f"media:{product.slug}"]
    if not before:  # the ledger does not know it; a picture with the same words is the same picture
        old_id = next((id_ for id_, alt in present.items() if alt == one.alt["en"]), "")
    if old_id in present and before in ("", wanted):
        bench.ledger.mark("picture", one.file, f"{wanted} {old_id}")
        bench.tally["unchanged"] += 1
        return old_id
    client = bench.client
    new_id = _send(bench, product, one, content)
    if old_id in present:
        bench.send("old picture", one.file, lambda: client.product_media_delete(old_id).product_media_delete)
        del present[old_id]
    bench.tally["updated" if before else "created"] += 1
    bench.ledger.mark("picture", one.file, f"{wanted} {new_id}")
    return new_id


def _send(bench: Bench, product: Product, one: Picture, content: bytes) -> str:
    name = one.file.rpartition("/")[2]
    file = Upload(name, BytesIO(content), mimetypes.guess_type(name)[0] or "application/octet-stream")
    wanted = ProductMediaCreateInput(product=bench.id("product", product.slug), alt=one.alt["en"], image=file)
    client = bench.client
    media = bench.send(
        "picture", one.file, lambda: client.product_media_create(wanted).product_media_create
    ).media
    bench.ids[f"media:{product.slug}"][media.id] = one.alt["en"]
    for sku in one.variants:
        _assign(bench, one, bench.id("product-variant", sku), media.id)
    return str(media.id)


def _assign(bench: Bench, one: Picture, variant_id: str, media_id: str) -> None:
    client = bench.client
    bench.send(
        "picture", one.file, lambda: client.variant_media_assign(variant_id, media_id).variant_media_assign
    )


def _order(bench: Bench, product: Product, ours: Sequence[str]) -> None:
    """Ours first, in the order of the file, then whatever the merchant added."""
    present = bench.ids[f"media:{product.slug}"]
    wanted = [*ours, *(media for media in present if media not in ours)]
    if wanted != list(present):
        product_id = bench.id("product", product.slug)
        bench.send(
            "order of pictures",
            product.slug,
            lambda: bench.client.product_media_reorder(product_id, wanted).product_media_reorder,
        )
