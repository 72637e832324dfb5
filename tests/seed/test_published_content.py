"""The seeded catalog: every product on sale has its safety insert, and none can lose it."""

import pytest

from store.engine.catalog import channel_listings, products
from store.engine.catalog.attribute_assignment import AttributeValueInput
from store.engine.catalog.models import Attribute, Product, ProductChannelListing
from store.engine.catalog.products import Links
from store.engine.channels import wording
from store.engine.errors import OperationErrors
from store.guidebook import library

pytestmark = pytest.mark.usefixtures("seeded_shop")


def test_every_product_on_sale_points_to_an_insert_and_guides_of_ours() -> None:
    guidebook = library()
    listed = ProductChannelListing.objects.filter(is_published=True).select_related("product")
    assert len({row.product_id for row in listed}) == Product.objects.count() == 15
    for row in listed:
        assigned = row.product.assigned_values.select_related("value__attribute", "value__reference_page")
        pages = [(a.value.attribute.slug, a.value.reference_page) for a in assigned if a.value.reference_page]
        inserts = [page.slug for slug, page in pages if slug == "safety-insert"]
        guides = [page.slug for slug, page in pages if slug == "guides"]
        assert len(inserts) == 1, row.product
        assert inserts[0] in guidebook.inserts
        assert guides, row.product
        assert set(guides) <= set(guidebook.guides)
        assert all(page.is_published for _, page in pages)


def test_no_product_can_lose_its_insert_while_it_is_on_sale() -> None:
    without = [AttributeValueInput(Attribute.objects.get(slug="safety-insert"), {}, references=())]
    Attribute.objects.update(value_required=False)  # or that alone would refuse it
    for product in Product.objects.all():
        with pytest.raises(OperationErrors, match="no published safety insert"):
            products.update(product=product, given={}, links=Links(attribute_values=without))


def test_each_product_can_be_put_on_sale_again_as_it_is() -> None:
    for product in Product.objects.all():
        for row in product.channel_listings.select_related("channel"):
            for is_published in (False, True):
                listing = channel_listings.ListingInput(row.channel, {"is_published": is_published})
                channel_listings.update_listings(product=product, listings=[listing])
    assert not ProductChannelListing.objects.filter(is_published=False).exists()


def test_the_seed_needed_no_waiver() -> None:
    from store.engine.channels.models import Waiver

    assert not Waiver.objects.exists()
    assert wording.find_claims("It relieves back pain.")  # the check was there


def test_a_kept_sentence_is_known_to_whoever_reads_the_pages() -> None:
    from store.guidebook.wording import check, published_pages

    claim = "It relieves back pain."
    digests = frozenset(finding.digest for finding in wording.find_claims(claim))
    assert not published_pages._is_waived(check(claim)[0])
    with wording.waiving(wording.WaiverRequest("ada@example.com", "A quotation, cleared.", digests)):
        wording.waive_text(claim)
    assert published_pages._is_waived(check(claim)[0])
