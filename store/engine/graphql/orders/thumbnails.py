"""The picture that stands for what was bought."""

from collections.abc import Sequence

from store.engine.catalog.models import ProductMedia, ProductVariant, VariantMedia


def first_pictures(variant_ids: Sequence[int]) -> dict[int, ProductMedia]:
    """The first picture of each variant, else of its product; three statements for any number of lines."""
    found: dict[int, ProductMedia] = {}
    own = VariantMedia.objects.filter(variant_id__in=variant_ids, media__type="IMAGE").select_related("media")
    for link in own.order_by("media__sort_order", "media_id"):
        found.setdefault(link.variant_id, link.media)
    products = dict(
        ProductVariant.objects.filter(pk__in=[pk for pk in variant_ids if pk not in found]).values_list(
            "pk", "product_id"
        )
    )
    first: dict[int, ProductMedia] = {}
    for media in ProductMedia.objects.filter(product_id__in=set(products.values()), type="IMAGE"):
        first.setdefault(media.product_id, media)
    return found | {pk: first[product] for pk, product in products.items() if product in first}
