"""The seed against what an unmodified Saleor answered: a category, a collection, a product with prices and a picture."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from store.saleor import clients
from store.seed.progress import NoProgress
from store.seed.read import Catalog, file_models, read_catalog
from store.seed.read.pages import pages_from_guidebook
from store.seed.write import seed
from tests.journeys.real_saleor import RealSaleor
from tests.saleor.journey import Journey

pytestmark = pytest.mark.timeout(600)
SECTIONS = ("shelves", "products", "pictures")
SEO = {"title": "For a recording", "description": "Made for a recording."}
VARIANT = {
    "name": "One pack",
    "attributes": {},
    "price": {"default-channel": "7.00", "eu": "6.50"},
    "stock": {"us-main": 100, "eu-main": 70},
}


def small_catalog(folder: Path, key: str) -> Catalog:
    """Of its own, so that who changes a text of catalog_seed/ changes no recording. `key` ends its slugs and names."""
    slug = f"recorded-{key}"
    product = file_models.Product.model_validate(
        {
            "slug": slug, "name": f"Recorded {key}", "product_type": "accessory", "category": slug, "collections": [slug],
            "weight_kg": 0.05, "description": "Six valves.", "seo": SEO,
            "attributes": {"box-contents": "6 valves", "guides": ["plastic-pump"], "safety-insert": "spare-parts"},
            "variants": [VARIANT | {"sku": f"REC-{key.upper()}"}],
            "translations": {"de": {"name": f"Aufgezeichnet {key}", "description": "Sechs Ventile.", "seo": SEO}},
        }
    )  # fmt: skip
    category = file_models.Category.model_validate(
        {"slug": slug, "name": slug, "description": "A category.", "seo": SEO}
    )
    collection = file_models.Collection.model_validate(
        {"slug": slug, "name": slug, "description": "A collection.", "channels": ["eu"]}
    )
    picture = file_models.Picture.model_validate(
        {"product": slug, "file": f"{slug}.webp", "shot": "box", "alt": {"en": "Box", "de": "Karton"}}
    )
    (folder / "images").mkdir()
    Image.new("RGB", (8, 8), (90, 90, 90)).save(folder / "images" / f"{slug}.webp")
    return replace(
        read_catalog(settings.CATALOG_SEED_DIR, pages=pages_from_guidebook()),
        folder=folder, categories=[category], collections=[collection], products=[product], pictures=[picture],
    )  # fmt: skip


def test_seed(journey: Journey, tmp_path: Path) -> None:
    """The second run finds all of it as it is; a price that the merchant changes stays, and is named."""
    key = journey.at_saleor("key", lambda real: real.webhook_id.lower()[-8:].strip("=") + "x")
    catalog = small_catalog(tmp_path, key)
    first = seed(clients.staff(), catalog, NoProgress(), only=SECTIONS)
    second = seed(clients.staff(), catalog, NoProgress(), only=SECTIONS)
    journey.at_saleor("deleted", lambda real: _delete(real, f"recorded-{key}"))
    assert first == Counter(created=first.total())
    assert second == Counter(unchanged=second.total())
    assert first.total() >= 5


def _delete(real: RealSaleor, slug: str) -> bool:
    """What was made for the recording would stand in the recordings of pages."""
    found = real.api.execute(
        """query($s:String!){product(slug:$s,channel:"eu"){id} category(slug:$s){id}
        collection(slug:$s,channel:"eu"){id}}""",
        {"s": slug},
        real.staff,
    )
    for kind, row in found.items():
        document = f"mutation($id:ID!){{{kind}Delete(id:$id){{errors{{field message code}}}}}}"
        real.api.mutate(document, {"id": row["id"]}, real.staff)
    return True
