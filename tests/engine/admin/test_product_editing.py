"""A product from nothing to the shelf without a shell: type, description, attributes, pictures, variants, channel."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from store.engine.admin.attribute_fields import attribute_fields
from store.engine.admin.product_forms import ParagraphField
from store.engine.catalog.models import (
    Attribute,
    AttributeProduct,
    AttributeValue,
    AttributeVariant,
    Product,
    ProductMedia,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Channel, Translation
from store.engine.events.models import Event
from store.engine.stock.models import Stock
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
PRODUCTS = "/admin/catalog/product"


@pytest.fixture
def attributes(shop: Shop) -> dict[str, Attribute]:
    """Of the shop's product type: a material, whether it is new; variants by color and size."""
    found = {}
    kinds = (
        ("material", "MULTISELECT"),
        ("is-new", "BOOLEAN"),
        ("diameter", "NUMERIC"),
        ("color", "DROPDOWN"),
        ("size", "DROPDOWN"),
    )
    for slug, kind in kinds:
        found[slug] = Attribute.objects.create(
            name=slug.title(), slug=slug, type="PRODUCT_TYPE", input_type=kind
        )
    choices = {"material": ("Glass", "Steel"), "color": ("Amber", "Sage"), "size": ("40 mm", "60 mm")}
    for slug, names in choices.items():
        for name in names:
            AttributeValue.objects.create(
                attribute=found[slug], name=name, slug=name.lower().replace(" ", "-")
            )
    product_type = shop.product.product_type
    for slug in ("material", "is-new", "diameter"):
        AttributeProduct.objects.create(product_type=product_type, attribute=found[slug])
    for slug in ("color", "size"):
        AttributeVariant.objects.create(
            product_type=product_type, attribute=found[slug], variant_selection=True
        )
    return found


def described(shop: Shop, **more: Any) -> dict[str, Any]:
    return {
        "name": "Glass set",
        "category": shop.product.category_id,
        "description": "For home use.\n\n- one\n- two",
        "seo_title": "",
        "seo_description": "",
        "attribute-material": ["Glass"],
        "attribute-is-new": "1",
        "attribute-diameter": "40,5",
    } | more


def make(client: Client, shop: Shop, **more: Any) -> Any:
    return client.post(f"{PRODUCTS}/new/?type={shop.product.product_type_id}", described(shop, **more))


def values_of(product: Product) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for assigned in product.assigned_values.select_related("value__attribute"):
        value = assigned.value
        found.setdefault(value.attribute.slug, []).append(
            value.boolean if value.boolean is not None else value.numeric or value.name
        )
    return found


def test_a_product_is_made_with_description_and_attributes(
    admin_client: Client, shop: Shop, attributes: dict[str, Attribute]
) -> None:
    for _ in range(2):
        assert make(admin_client, shop, request_key="k").status_code == 302
    product = Product.objects.get(name="Glass set")
    assert [block["type"] for block in product.description["blocks"]] == ["paragraph", "list"]
    assert values_of(product) == {"material": ["Glass"], "is-new": [True], "diameter": [40.5]}
    assert (product.slug, product.channel_listings.count()) == ("glass-set", 0)
    page = admin_client.get(f"{PRODUCTS}/{product.pk}/describe/")
    assert page.context["form"].initial["description"] == "For home use.\n\n- one\n- two"


def test_a_preview_saves_nothing(admin_client: Client, shop: Shop) -> None:
    answer = make(admin_client, shop, preview="1")
    assert "<li>one</li>" in answer.content.decode()
    assert Product.objects.count() == 1


def test_a_product_without_a_name_or_with_a_claim_is_refused(admin_client: Client, shop: Shop) -> None:
    assert make(admin_client, shop, name="").status_code == 422
    answer = make(admin_client, shop, description="It heals arthritis.")
    sentences = {refused.claim.sentence for refused in answer.context["claims"]}
    assert (answer.status_code, sentences) == (422, {"It heals arthritis."})
    assert Product.objects.count() == 1


def test_what_somebody_else_changed_is_shown(admin_client: Client, shop: Shop) -> None:
    path = f"{PRODUCTS}/{shop.product.pk}/describe/"
    seen = admin_client.get(path).context["hidden"]["seen_values"]
    Product.objects.update(name="Theirs")
    refused = admin_client.post(path, described(shop, seen_values=seen))
    assert (refused.status_code, "Theirs" in refused.content.decode()) == (422, True)
    again = described(shop, seen_values=refused.context["hidden"]["seen_values"])
    assert admin_client.post(path, again).status_code == 302
    assert Product.objects.get().name == "Glass set"


def test_a_description_that_the_form_would_spoil_stays(admin_client: Client, shop: Shop) -> None:
    table = {"blocks": [{"type": "table", "data": {"content": [["a"]]}}]}
    Product.objects.update(description=table)
    path = f"{PRODUCTS}/{shop.product.pk}/describe/"
    assert "Change it through the API." in admin_client.get(path).content.decode()
    assert admin_client.post(path, described(shop)).status_code == 302
    product = Product.objects.get()
    assert (product.name, product.description) == ("Glass set", table)


def variants_form(shop: Shop, attributes: dict[str, Attribute], **more: Any) -> dict[str, Any]:
    choices = {
        f"choose-{slug}": list(attributes[slug].values.values_list("pk", flat=True))
        for slug in ("color", "size")
    }
    return {"sku_prefix": "GLASS", "price-default-channel": "29,90"} | choices | more


def test_variants_are_made_from_all_combinations(
    admin_client: Client, shop: Shop, attributes: dict[str, Attribute]
) -> None:
    path = f"{PRODUCTS}/{shop.product.pk}/add-variants/"
    assert admin_client.post(path, variants_form(shop, attributes)).status_code == 302
    new = ProductVariant.objects.filter(sku__startswith="GLASS")
    assert sorted(new.values_list("sku", flat=True)) == [
        "GLASS-AMBER-40-MM",
        "GLASS-AMBER-60-MM",
        "GLASS-SAGE-40-MM",
        "GLASS-SAGE-60-MM",
    ]
    prices = VariantChannelListing.objects.filter(variant__in=new).values_list("price_amount", flat=True)
    assert [str(price) for price in prices] == ["29.900"] * 4
    again = admin_client.post(path, variants_form(shop, attributes))
    assert (again.status_code, ProductVariant.objects.count()) == (422, 6)


def picture(size: tuple[int, int] = (40, 20)) -> SimpleUploadedFile:
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "A camera"
    Image.new("RGB", size, "teal").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile("phone.jpg", content.getvalue(), "image/jpeg")


def words(alt: str) -> dict[str, str]:
    """What a picture shows, in each language."""
    return {"alt": alt, "alt_de": f"{alt} (de)", "alt_es": f"{alt} (es)"}


def typed(picture: ProductMedia, given: dict[str, str]) -> dict[str, str]:
    """The fields of the page of pictures for this one: as typed, and as the page was rendered."""
    before = {"alt": picture.alt} | {
        f"alt_{code}": picture.metadata.get(f"alt.{code}", "") for code in ("de", "es")
    }
    return {f"{picture.pk}-{name}": words for name, words in (before | given).items()} | {
        f"initial-{picture.pk}-{name}": words for name, words in before.items()
    }


def test_pictures_are_turned_upright_need_words_and_have_an_order(
    admin_client: Client, shop: Shop, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    path = f"{PRODUCTS}/{shop.product.pk}"
    for missing in ("alt", "alt_de", "alt_es"):
        given = words("Two cups") | {missing: "", "picture": picture()}
        assert admin_client.post(f"{path}/pictures/", given).status_code == 422
    assert ProductMedia.objects.count() == 0
    for alt in ("Two cups", "One cup"):
        given = words(alt) | {"picture": picture()}
        assert admin_client.post(f"{path}/pictures/", given).status_code == 302
    first = ProductMedia.objects.get(alt="Two cups")
    with Image.open(tmp_path / first.image) as stored:
        assert (stored.size, dict(stored.getexif())) == ((20, 40), {})
    admin_client.post(f"{path}/picture/", {"act": f"down-{first.pk}"})
    assert list(shop.product.media.order_by("sort_order").values_list("alt", flat=True)) == [
        "One cup",
        "Two cups",
    ]
    for moved, place in (("first", 0), ("up", 0), ("1", 1), ("99", 1), ("0", 0)):
        act = {"act": "place", "place": moved} if moved.isdigit() else {"act": moved}
        admin_client.post(f"{path}/picture/", act | {"act": f"{act['act']}-{first.pk}"})
        assert list(shop.product.media.order_by("sort_order")).index(first) == place
    change = {"act": f"words-{first.pk}"}
    admin_client.post(f"{path}/picture/", change | typed(first, words("A pair")))
    admin_client.post(f"{path}/picture/", change | typed(first, words("None") | {"alt_es": ""}))
    first.refresh_from_db()
    assert first.alt == "A pair"
    assert first.metadata == {"alt.de": "A pair (de)", "alt.es": "A pair (es)"}
    [event] = Event.objects.filter(type="PRODUCT_MEDIA_UPDATED")
    assert event.changes["alt.es"] == ["Two cups (es)", "A pair (es)"]
    admin_client.post(f"{path}/picture/", {"act": f"delete-{first.pk}"})
    assert ProductMedia.objects.count() == 1


@pytest.fixture
def two_pictures(shop: Shop) -> tuple[ProductMedia, ProductMedia]:
    translated = {"alt.de": "Glas", "alt.es": "Ventosa"}
    first, second = (
        shop.product.media.create(alt=alt, image="x.png", sort_order=place, metadata=translated)
        for place, alt in enumerate(("First", "Second"))
    )
    return first, second


def test_words_typed_at_any_picture_survive_a_move(
    admin_client: Client, shop: Shop, two_pictures: tuple[ProductMedia, ProductMedia]
) -> None:
    first, second = two_pictures
    path = f"{PRODUCTS}/{shop.product.pk}/picture/"
    ProductMedia.objects.filter(pk=second.pk).update(alt="By somebody else")
    given = typed(first, {"alt": "A typed text"}) | typed(second, {"alt_de": "Getippt"})
    assert admin_client.post(path, given | {"act": f"place-{second.pk}", "place": "0"}).status_code == 302
    assert list(shop.product.media.order_by("sort_order").values_list("alt", "metadata")) == [
        ("By somebody else", {"alt.de": "Getippt", "alt.es": "Ventosa"}),
        ("A typed text", {"alt.de": "Glas", "alt.es": "Ventosa"}),
    ]


@pytest.mark.parametrize("refused", ["", "Lindert Rückenschmerzen."])
def test_words_that_are_refused_stay_in_their_field_and_the_picture_is_moved(
    admin_client: Client, shop: Shop, two_pictures: tuple[ProductMedia, ProductMedia], refused: str
) -> None:
    first, second = two_pictures
    path = f"{PRODUCTS}/{shop.product.pk}/picture/"
    given = typed(first, {"alt": "A typed text", "alt_de": refused}) | typed(second, {"alt": "Saved"})
    answer = admin_client.post(path, given | {"act": f"down-{first.pk}"})
    assert answer.status_code == 422
    typed_words = {row.pk: words["alt"].value() for row, words in answer.context["pictures"]}
    assert typed_words == {first.pk: "A typed text", second.pk: "Saved"}
    assert list(shop.product.media.order_by("sort_order").values_list("alt", flat=True)) == ["Saved", "First"]


def test_no_file_and_a_broken_file_are_refused(admin_client: Client, shop: Shop) -> None:
    path = f"{PRODUCTS}/{shop.product.pk}/pictures/"
    assert admin_client.post(path, words("Two cups")).status_code == 422
    broken = SimpleUploadedFile("phone.jpg", b"no picture", "image/jpeg")
    answer = admin_client.post(path, words("x") | {"picture": broken})
    assert "Invalid file type" in answer.content.decode()


def test_a_claim_in_a_translated_text_of_a_picture_is_refused(
    admin_client: Client, shop: Shop, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    path = f"{PRODUCTS}/{shop.product.pk}/pictures/"
    given = words("Two cups") | {"alt_de": "Lindert Rückenschmerzen.", "picture": picture()}
    assert admin_client.post(path, given).status_code == 422
    assert ProductMedia.objects.count() == 0


def test_a_product_is_listed_in_a_channel_off_sale(admin_client: Client, shop: Shop) -> None:
    other = Channel.objects.create(
        name="Europe", slug="eu", is_active=True, currency_code="EUR", default_country="DE"
    )
    admin_client.post(f"{PRODUCTS}/{shop.product.pk}/list-in/", {"channel": other.pk})
    listing = shop.product.channel_listings.get(channel=other)
    assert (listing.is_published, listing.currency) == (False, "EUR")


def missing_steps(client: Client, shop: Shop) -> list[str]:
    found = dict(client.get(f"{PRODUCTS}/{shop.product.pk}/change/").context["checklist"])
    assert list(found) == ["Everywhere", "United States"]
    assert "a category" not in dict(found["United States"])  # said once, however many channels there are
    return [step for steps in found.values() for step, there in steps if not there]


def test_the_checklist_names_what_is_missing(admin_client: Client, shop: Shop) -> None:
    assert missing_steps(admin_client, shop) == ["a description", "a picture"]
    Stock.objects.update(quantity=0)
    assert missing_steps(admin_client, shop) == ["a description", "a picture", "stock of a variant"]


def test_the_page_of_a_product_shows_its_description_without_markup_of_others(
    admin_client: Client, shop: Shop
) -> None:
    for text, expected in (
        ("Two <b>glass</b> cups &lt;3", "Two <b>glass</b> cups &lt;3"),
        ("Two cups.<script>alert(1)</script>", "can&#x27;t be edited here"),
    ):
        Product.objects.update(description={"blocks": [{"type": "paragraph", "data": {"text": text}}]})
        page = admin_client.get(f"{PRODUCTS}/{shop.product.pk}/change/").text
        shown = page.partition("<h2>Description</h2>")[2].partition("</section>")[0]
        assert expected in shown
        assert "<script>" not in shown


def test_what_is_chosen_stands_first_as_ticks_and_a_short_text_has_one_line(
    attributes: dict[str, Attribute],
) -> None:
    color = attributes["color"]
    color.input_type = "MULTISELECT"
    last = list(color.values.all())[-1]
    [one] = attribute_fields([color], [last])
    assert one.field.choices[0] == (last.name, last.name)
    assert one.field.widget.use_fieldset
    weight = Attribute(name="Weight", slug="weight", input_type="PLAIN_TEXT")
    [short] = attribute_fields([weight], [AttributeValue(attribute=weight, plain_text="170 g")])
    assert short.field.widget.attrs["rows"] == 1


def test_words_of_a_picture_may_be_typed_on_two_lines_and_are_kept_on_one() -> None:
    assert ParagraphField("What it shows").clean("Two cups\r\non wood ") == "Two cups on wood"


def test_a_product_is_translated(admin_client: Client, shop: Shop) -> None:
    path = f"{PRODUCTS}/{shop.product.pk}/translate/"
    form = {"name": "Glas-Set", "description": "Für zu Hause.", "seo_title": "", "seo_description": ""}
    assert admin_client.post(f"{path}?language=de", form).status_code == 302
    values = Translation.objects.get(kind="Product", language_code="de").values
    assert (values["name"], values["description"]["blocks"][0]["data"]["text"]) == (
        "Glas-Set",
        "Für zu Hause.",
    )
    refused = admin_client.post(f"{path}?language=de", form | {"description": "Heilt Arthrose."})
    assert refused.status_code == 422
    assert admin_client.get(f"{path}?language=xx").status_code == 404
