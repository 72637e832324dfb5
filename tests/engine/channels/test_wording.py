"""Texts that a merchant saves are checked for claims in every mutation that saves one."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from store.engine import ports
from store.engine.catalog import products
from store.engine.catalog.models import Product, ProductMedia
from store.engine.channels import refused_sentences, wording
from store.engine.channels.models import Channel, Translation, Waiver
from store.engine.errors import OperationErrors
from store.engine.shipping.models import ShippingZone
from tests.engine.api_client import gid
from tests.engine.merchant import Merchant

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = {"streetAddress1": "1 High St", "city": "York", "postalCode": "YO1 7HH", "country": "GB"}
CLAIM = "This set relieves back pain."
RICH = json.dumps(
    {"blocks": [{"type": "paragraph", "data": {"text": "This set <b>relieves</b> back pain."}}]}
)


@pytest.fixture
def merchant() -> Merchant:
    merchant = Merchant()
    merchant.channel()
    merchant.attribute("feel", values=("Soft",))
    merchant.attribute("note", "PLAIN_TEXT")
    merchant.attribute("story", "RICH_TEXT")
    merchant.product_type(attributes=("feel", "note", "story"))
    merchant.category()
    merchant.product()
    merchant.page("care", "Care")
    return merchant


def refused(payload: dict[str, Any], field: str, rule: str = "C9-|H1-|H3-") -> None:
    assert [(e["field"], e["code"]) for e in payload["errors"]] == [(field, "INVALID")]
    message = payload["errors"][0]["message"]
    assert "»" in message
    assert re.search(rule, message)
    assert "Refused sentences" in message


def on_product(given: dict[str, Any]) -> Any:
    return lambda m: m.mutate(
        "productUpdate", "product { id }", id=("ID!", m.ids["starter"]), input=("ProductInput!", given)
    )


def value(slug: str, given: dict[str, Any]) -> Any:
    def call(m: Merchant) -> Any:
        return on_product({"attributes": [{"id": m.ids[slug]} | given]})(m)

    return call


def translated(mutation: str, kind: str, name: str, given: dict[str, Any]) -> Any:
    def call(m: Merchant) -> Any:
        return m.mutate(
            f"{mutation}Translate",
            f"{mutation} {{ id }}",
            id=("ID!", m.ids[name]),
            languageCode=("LanguageCodeEnum!", "DE"),
            input=(kind, given),
        )

    return call


def create(field: str, answer: str, kind: str, given: dict[str, Any]) -> Any:
    return lambda m: m.mutate(field, f"{answer} {{ id }}", input=(kind, given))


ENTRY_POINTS = {
    "product name": (on_product({"name": CLAIM}), "name"),
    "product description": (on_product({"description": RICH}), "description"),
    "title for search engines": (on_product({"seo": {"title": CLAIM}}), "seoTitle"),
    "description for search engines": (on_product({"seo": {"description": CLAIM}}), "seoDescription"),
    "a new choice of an attribute": (value("feel", {"dropdown": {"value": CLAIM}}), "attributes"),
    "a plain text of an attribute": (value("note", {"plainText": CLAIM}), "attributes"),
    "a rich text of an attribute": (value("story", {"richText": RICH}), "attributes"),
    "category": (create("categoryCreate", "category", "CategoryInput!", {"name": CLAIM}), "name"),
    "category text": (
        create("categoryCreate", "category", "CategoryInput!", {"name": "A", "description": RICH}),
        "description",
    ),
    "picture of a category": (
        create("categoryCreate", "category", "CategoryInput!", {"name": "A", "backgroundImageAlt": CLAIM}),
        "backgroundImageAlt",
    ),
    "collection": (create("collectionCreate", "collection", "CollectionCreateInput!", {"name": CLAIM}), "name"),
    "attribute": (
        create(
            "attributeCreate",
            "attribute",
            "AttributeCreateInput!",
            {"name": CLAIM, "type": "PRODUCT_TYPE", "inputType": "DROPDOWN"},
        ),
        "name",
    ),
    "choices made with their attribute": (
        create(
            "attributeCreate",
            "attribute",
            "AttributeCreateInput!",
            {"name": "A", "type": "PRODUCT_TYPE", "inputType": "DROPDOWN", "values": [{"name": CLAIM}]},
        ),
        "name",
    ),
    "voucher": (
        lambda m: m.mutate(
            "voucherCreate", "voucher { id }", input=("VoucherInput!", {"name": CLAIM, "code": "X", "discountValueType": "FIXED"})
        ),
        "name",
    ),
    "slug": (on_product({"slug": "relieves-back-pain"}), "slug"),
    "slug that names a hazard": (on_product({"slug": "leave-on-overnight"}), "slug"),
    "translated slug": (translated("product", "TranslationInput!", "starter", {"slug": "lindert-rueckenschmerzen"}), "slug"),
    "hazard": (on_product({"name": "Works well on the spine."}), "name"),
    "tax class": (
        lambda m: m.mutate(
            "taxClassCreate", "taxClass { id }", input=("TaxClassCreateInput!", {"name": CLAIM, "createCountryRates": []})
        ),
        "name",
    ),
    "warehouse": (
        lambda m: m.mutate(
            "createWarehouse", "warehouse { id }", input=("WarehouseCreateInput!", {"name": CLAIM, "address": ADDRESS})
        ),
        "name",
    ),
    "shop description": (
        lambda m: m.mutate("shopSettingsUpdate", "shop { name }", input=("ShopSettingsInput!", {"description": CLAIM})),
        "description",
    ),
    "translated name": (
        translated("product", "TranslationInput!", "starter", {"name": "Lindert Rückenschmerzen."}),
        "name",
    ),
    "translated page": (
        translated("page", "PageTranslationInput!", "page care", {"title": "Lindert Rückenschmerzen."}),
        "title",
    ),
}  # fmt: skip


@pytest.mark.parametrize("entry_point", ENTRY_POINTS, ids=str)
def test_a_claim_is_refused_at_its_field_with_the_words_marked(merchant: Merchant, entry_point: str) -> None:
    call, field = ENTRY_POINTS[entry_point]
    refused(call(merchant), field)


def test_nothing_of_a_refused_change_is_saved(merchant: Merchant) -> None:
    on_product({"name": "Other", "seo": {"title": CLAIM}})(merchant)
    product = Product.objects.get()
    assert (product.name, product.seo_title) == ("Starter", None)


def test_all_fields_are_reported_at_once_with_a_suggestion(merchant: Merchant) -> None:
    payload = on_product({"name": CLAIM, "description": RICH})(merchant)
    assert [e["field"] for e in payload["errors"]] == ["name", "description"]
    assert "Say instead: " in payload["errors"][0]["message"]


def test_a_page_is_refused_and_so_is_its_change(merchant: Merchant) -> None:
    given = {"title": "A", "slug": "a", "pageType": merchant.ids["page type"], "content": RICH}
    refused(create("pageCreate", "page", "PageCreateInput!", given)(merchant), "content")
    changed = merchant.mutate(
        "pageUpdate",
        "page { id }",
        id=("ID!", merchant.ids["page care"]),
        input=("PageInput!", {"title": CLAIM}),
    )
    refused(changed, "title")


def test_a_variant_s_name_and_a_picture_s_text_are_refused(merchant: Merchant) -> None:
    given = {"product": merchant.ids["starter"], "name": CLAIM, "attributes": []}
    refused(
        create("productVariantCreate", "productVariant", "ProductVariantCreateInput!", given)(merchant),
        "name",
    )
    media = ProductMedia.objects.create(product=Product.objects.get(), image="a.webp", alt="A cup")
    changed = merchant.mutate(
        "productMediaUpdate",
        "media { id }",
        id=("ID!", gid(media)),
        input=("ProductMediaUpdateInput!", {"alt": CLAIM}),
    )
    refused(changed, "alt")


def test_a_menu_item_is_refused(merchant: Merchant) -> None:
    menu = merchant.create("menu", "menuCreate", "menu", "MenuCreateInput!", {"name": "Foot", "slug": "foot"})
    given = {"menu": menu, "name": CLAIM, "url": "https://cupwell.example/"}
    refused(create("menuItemCreate", "menuItem", "MenuItemCreateInput!", given)(merchant), "name")


def test_a_shipping_method_is_refused(merchant: Merchant) -> None:
    merchant.warehouse()
    zone = merchant.link_warehouse()
    given = {"name": "Post", "description": RICH, "shippingZone": zone, "type": "PRICE"}
    payload = create("shippingPriceCreate", "shippingMethod", "ShippingPriceInput!", given)(merchant)
    refused(payload, "description")


def test_in_bulk_only_the_row_that_claims_is_left_out(merchant: Merchant) -> None:
    rows = [
        {"name": name, "slug": slug, "productType": merchant.ids["type"], "attributes": []}
        for name, slug in ((CLAIM, "bad"), ("Good", "good"))
    ]
    payload = merchant.execute(
        "mutation M($p: [ProductBulkCreateInput!]!) { productBulkCreate(products: $p, errorPolicy: REJECT_FAILED_ROWS)"
        " { count results { product { slug } errors { path code message } } } }",
        p=rows,
    )
    assert payload["count"] == 1
    assert payload["results"][0]["errors"][0]["path"] == "name"
    assert payload["results"][1]["product"]["slug"] == "good"


@pytest.mark.parametrize(
    "harmless", ["A quiet hour", "Do not use it on back pain without asking a doctor.", ""]
)
def test_plain_words_are_saved(merchant: Merchant, harmless: str) -> None:
    assert on_product({"seo": {"description": harmless}})(merchant)["errors"] == []


def test_a_translation_is_read_in_its_language(merchant: Merchant) -> None:
    translate = translated("product", "TranslationInput!", "starter", {"name": "Ein ruhiger Abend"})
    assert translate(merchant)["errors"] == []
    assert Translation.objects.get().values["name"] == "Ein ruhiger Abend"


def test_a_translation_into_a_language_without_rules_is_held(merchant: Merchant) -> None:
    payload = merchant.mutate(
        "productTranslate",
        "product { id }",
        id=("ID!", merchant.ids["starter"]),
        languageCode=("LanguageCodeEnum!", "FR"),
        input=("TranslationInput!", {"name": "Quatre ventouses"}),
    )
    refused(payload, "name", "T2-language")
    assert not Translation.objects.exists()


def test_a_slug_made_from_a_kept_name_needs_no_waiver_of_its_own(merchant: Merchant) -> None:
    wording.find_claims(CLAIM)
    request = wording.WaiverRequest("ada", "why", frozenset(c.digest for c in wording.find_claims(CLAIM)))
    with wording.waiving(request):
        products.update(
            product=Product.objects.get(), given={"name": CLAIM, "slug": "this-set-relieves-back-pain"}
        )
    assert Product.objects.get().slug == "this-set-relieves-back-pain"


# --- the list of refused sentences ---------------------------------------------------------------------
def test_a_refused_sentence_is_listed_with_who_where_and_why(merchant: Merchant) -> None:
    on_product({"seo": {"description": f"Soft. {CLAIM}"}})(merchant)
    on_product({"seo": {"description": CLAIM}})(merchant)
    [row] = refused_sentences.open_sentences()
    assert (row.sentence, row.rule[:2], row.about) == (
        CLAIM,
        "C9",
        "relief of pain, stiffness or a named condition",
    )
    assert row.where == f"Product {Product.objects.get().pk}, seoDescription"
    assert row.actor_kind in ("User", "App")
    assert row.first_at < row.last_at


def test_a_released_sentence_can_be_saved_and_leaves_the_list(merchant: Merchant) -> None:
    on_product({"seo": {"description": CLAIM}})(merchant)
    wording.release(refused_sentences.open_sentences().get(), who="ada@example.com", why="A quotation.")
    assert list(refused_sentences.open_sentences()) == []
    assert on_product({"seo": {"description": CLAIM}})(merchant)["errors"] == []
    waiver = Waiver.objects.get()
    assert (waiver.who, waiver.why, waiver.sentence) == ("ada@example.com", "A quotation.", CLAIM)


def test_a_row_of_a_bulk_mutation_is_listed_as_well(merchant: Merchant) -> None:
    rows = [{"name": CLAIM, "productType": merchant.ids["type"], "attributes": []}]
    merchant.execute(
        "mutation M($p: [ProductBulkCreateInput!]!) { productBulkCreate(products: $p) { count } }", p=rows
    )
    assert refused_sentences.open_sentences().get().sentence == CLAIM


# --- markets --------------------------------------------------------------------------------------------
def record_countries(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    recorded: list[set[str]] = []

    def record(_blocks: Any, _language: Any, countries: Any) -> tuple[()]:
        recorded.append(set(countries()))
        return ()

    monkeypatch.setattr(ports, "_connected", replace(ports.connected(), find_claims=record))
    return recorded


def test_the_markets_are_those_the_open_channels_send_to(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch
) -> None:
    Channel.objects.create(name="CH", slug="ch", currency_code="CHF", default_country="CH", is_active=False)
    zone = ShippingZone.objects.create(name="North", countries=["US", "CA"])
    zone.channels.set(Channel.objects.all())
    recorded = record_countries(monkeypatch)
    on_product({"name": "Quiet"})(merchant)
    assert recorded == [{"US", "CA"}]


# --- waivers ---------------------------------------------------------------------------------------------
def save_with_waiver(
    text: str, *, shown: str | None = None, why: str = "A quotation of our own customer service."
) -> None:
    claims = wording.find_claims(shown or text)
    request = wording.WaiverRequest("ada@example.com", why, frozenset(claim.digest for claim in claims))
    with wording.waiving(request):
        products.update(product=Product.objects.get(), given={"seo": {"description": text}})


def test_a_waived_sentence_is_saved_with_who_why_when_which(merchant: Merchant) -> None:
    save_with_waiver(CLAIM)
    waiver = Waiver.objects.get()
    assert (waiver.who, waiver.sentence, waiver.rule[:2]) == ("ada@example.com", CLAIM, "C9")
    assert waiver.why.startswith("A quotation")
    assert waiver.where == f"Product {Product.objects.get().pk}, seoDescription"
    assert Product.objects.get().seo_description == CLAIM


def test_afterwards_the_same_sentence_passes_and_another_is_checked_anew(merchant: Merchant) -> None:
    save_with_waiver(CLAIM)
    assert on_product({"seo": {"description": f"Soft.  {CLAIM}"}})(merchant)["errors"] == []
    refused(on_product({"seo": {"description": "This set relieves knee pain."}})(merchant), "seoDescription")
    assert Waiver.objects.count() == 1


def test_a_waived_answer_passes_for_its_own_question_only(merchant: Merchant) -> None:
    save_with_waiver("Does it help with back pain? Yes, it does.")
    other = on_product({"seo": {"description": "Does it help with migraine? Yes, it does."}})(merchant)
    assert [e["field"] for e in other["errors"]] == ["seoDescription"]


def test_a_sentence_that_nobody_was_shown_is_not_waived_with_another(merchant: Merchant) -> None:
    with pytest.raises(OperationErrors):
        save_with_waiver(f"{CLAIM} It cures migraine.", shown=CLAIM)
    assert not Waiver.objects.exists()
    assert Product.objects.get().seo_description is None


def test_when_saving_fails_the_waiver_goes_with_it(merchant: Merchant) -> None:
    request = wording.WaiverRequest(
        "ada", "why", frozenset(claim.digest for claim in wording.find_claims(CLAIM))
    )
    with pytest.raises(OperationErrors), wording.waiving(request):
        products.update(product=Product.objects.get(), given={"seo": {"title": CLAIM}, "slug": "not a slug"})
    assert not Waiver.objects.exists()


# Text that no shopper reads, or that is not written by a merchant.
UNCHECKED_COLUMNS = {
    "external_reference", "metadata", "private_metadata", "sku", "type", "input_type", "entity_type", "unit", "value",
    "file_url", "content_type", "image", "external_url", "oembed_data", "background_image", "url", "path", "kind", "currency",
    "words", "country", "countries", "object_pk", "language_code", "values", "digest", "rule", "sentence", "markets", "where",
    "who", "why", "start", "end", "inclusion_type", "default_mail_sender_name", "default_mail_sender_address",
    "customer_set_password_url", "default_weight_unit", "currency_code", "default_country", "allocation_strategy",
    "mark_as_paid_strategy", "default_transaction_flow_strategy", "tax_calculation_strategy", "tax_app_id", "code",
    "discount_value_type", "email", "click_and_collect_option", "reason", "note", "warehouse_slug",
    "used_by_email", "assigned_to_email", "gift_card_expiry_type", "gift_card_expiry_unit", "lot", "principal_kind", "principal_pk", "about", "before", "file_name", "rows", "actor_kind", "actor_pk", "created_by_email", "customer_email", "parameters",
    "state", "after", "created", "created_products", "errors", "lines", "undone_by_kind", "undone_by_pk",
}  # fmt: skip


def test_a_new_column_of_text_is_either_checked_or_named_here() -> None:
    """`values` of a translation are checked by field name; `words` of the search index are copies of checked texts."""
    texts = (models.CharField, models.TextField, models.JSONField)
    app_labels = ("catalog", "channels", "taxes", "shipping", "discounts", "stock")
    found = {
        field.name
        for app_label in app_labels
        for table in apps.get_app_config(app_label).get_models()
        for field in table._meta.concrete_fields
        if isinstance(field, texts)
    }
    assert found - wording.TEXT_FIELDS - UNCHECKED_COLUMNS == set()
