"""Thumbnails of order lines."""

from collections.abc import Sequence

from store.engine.catalog.models import ProductMedia, ProductVariant, VariantMedia


def first_images(variant_ids: Sequence[int]) -> dict[int, ProductMedia]:
    """The first image of each variant, else of its product, by variant pk; three statements for any number."""
    images: dict[int, ProductMedia] = {}
    variant_images = VariantMedia.objects.filter(
        variant_id__in=variant_ids, media__type="IMAGE"
    ).select_related("media")
    for link in variant_images.order_by("media__sort_order", "media_id"):
        images.setdefault(link.variant_id, link.media)
    products = dict(
        ProductVariant.objects.filter(pk__in=[pk for pk in variant_ids if pk not in images]).values_list(
            "pk", "product_id"
        )
    )
    product_images: dict[int, ProductMedia] = {}
    for media in ProductMedia.objects.filter(product_id__in=set(products.values()), type="IMAGE"):
        product_images.setdefault(media.product_id, media)
    return images | {
        pk: product_images[product] for pk, product in products.items() if product in product_images
    }
