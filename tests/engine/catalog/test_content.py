"""Pages, menus, categories, collections, pictures and translations as a merchant edits them."""

import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from store.engine.catalog import thumbnail_sweep
from store.engine.catalog.models import Category, Collection, MenuItem, Page, Product, ProductMedia
from store.engine.events.models import Event
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.serve import serve
from tests.engine.api_client import execute_field
from tests.engine.merchant import TEXT, Merchant


# --- pages --------------------------------------------------------------------------------------------
def test_a_published_page_is_read_by_its_slug(merchant: Merchant) -> None:
    merchant.page("care", "Care of cups")
    found = execute_field(
        '{ page(slug: "care") { title content isPublished publishedAt pageType { slug } metafield(key: "version") } }'
    )
    assert found["title"] == "Care of cups"
    assert json.loads(found["content"]) == json.loads(TEXT)
    assert found["publishedAt"] is not None
    assert found["metafield"] is None


def test_a_draft_is_for_staff_only(merchant: Merchant) -> None:
    page = merchant.page("care", "Care")
    merchant.mutate(
        "pageUpdate", "page { id }", id=("ID!", page), input=("PageInput!", {"isPublished": False})
    )
    assert execute_field('{ page(slug: "care") { id } }') is None
    assert merchant.execute('{ page(slug: "care") { id } }') == {"id": page}


def test_pages_are_found_by_type_slug_and_reference(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("bulb", "9.00")
    merchant_with_shop.attribute("products", "REFERENCE", entityType="PRODUCT", type="PAGE_TYPE")
    given = {"name": "Guide", "slug": "guide", "addAttributes": [merchant_with_shop.ids["products"]]}
    merchant_with_shop.create("page type", "pageTypeCreate", "pageType", "PageTypeCreateInput!", given)
    about = [{"id": merchant_with_shop.ids["products"], "references": [merchant_with_shop.ids["bulb"]]}]
    page = {
        "title": "Bulb",
        "slug": "bulb",
        "pageType": merchant_with_shop.ids["page type"],
        "isPublished": True,
    }
    merchant_with_shop.create("page", "pageCreate", "page", "PageCreateInput!", page | {"attributes": about})
    merchant_with_shop.page("other", "Other")
    query = """query($w: PageWhereInput) { pages(first: 5, channel: "us", where: $w, sortBy: {field: TITLE, direction: DESC}) {
      edges { node { slug assignedAttribute(slug: "products") { ... on AssignedMultiProductReferenceAttribute { value(limit: 5) { slug pricing { onSale } } } } } } } }"""
    by_product = execute_field(
        query,
        w={
            "attributes": [
                {"slug": "products", "value": {"reference": {"productSlugs": {"containsAny": ["bulb"]}}}}
            ]
        },
    )
    assert by_product["edges"] == [
        {
            "node": {
                "slug": "bulb",
                "assignedAttribute": {"value": [{"slug": "bulb", "pricing": {"onSale": False}}]},
            }
        }
    ]
    both = execute_field(query, w={"pageType": {"eq": merchant_with_shop.ids["page type"]}})
    assert [edge["node"]["slug"] for edge in both["edges"]] == ["other", "bulb"]
    assert execute_field(query, w={"slug": {"oneOf": ["other"]}})["edges"][0]["node"]["slug"] == "other"


def test_a_new_title_is_recorded_and_reaches_products_that_refer_to_the_page(
    merchant_with_shop: Merchant,
) -> None:
    page = merchant_with_shop.page("care", "Care")
    merchant_with_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant_with_shop.product_type("cups", attributes=("guides",))
    merchant_with_shop.create_listed_product(
        "bulb", "9.00", attributes=[{"id": merchant_with_shop.ids["guides"], "references": [page]}]
    )
    merchant_with_shop.mutate(
        "pageUpdate", "page { id }", id=("ID!", page), input=("PageInput!", {"title": "Washing glass"})
    )
    found = execute_field(
        '{ products(first: 5, channel: "us", search: "washing") { edges { node { attributes { values { name } } } } } }'
    )
    assert found["edges"] == [{"node": {"attributes": [{"values": [{"name": "Washing glass"}]}]}}]
    assert Event.objects.filter(type="PAGE_UPDATED", object_pk=Page.objects.get().pk).count() == 1


def test_products_of_a_guide_need_no_second_attribute(merchant_with_shop: Merchant) -> None:
    page = merchant_with_shop.page("care", "Care")
    merchant_with_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant_with_shop.product_type("cups", attributes=("guides",))
    merchant_with_shop.create_listed_product(
        "bulb", "9.00", attributes=[{"id": merchant_with_shop.ids["guides"], "references": [page]}]
    )
    merchant_with_shop.create_listed_product("pump", "9.00")
    query = """query($r: AssignedAttributeReferenceInput) { products(first: 5, channel: "us",
      where: {attributes: [{slug: "guides", value: {reference: $r}}]}) { edges { node { slug } } } }"""
    for reference in (
        {"pageSlugs": {"containsAny": ["care", "gone"]}},
        {"pageSlugs": {"containsAll": ["care"]}},
        {"referencedIds": {"containsAny": [page]}},
    ):
        assert execute_field(query, r=reference)["edges"] == [{"node": {"slug": "bulb"}}]
    assert execute_field(query, r={"pageSlugs": {"containsAll": ["care", "gone"]}})["edges"] == []


def test_a_page_needs_a_title(merchant: Merchant) -> None:
    merchant.page("care", "Care")
    given = {"title": " ", "pageType": merchant.ids["page type"]}
    refused = merchant.mutate("pageCreate", "page { id }", input=("PageCreateInput!", given))
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("title", "REQUIRED")]
    assert Page.objects.count() == 1


# --- menus --------------------------------------------------------------------------------------------
def test_a_menu_item_links_to_one_object(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create(
        "menu", "menuCreate", "menu", "MenuCreateInput!", {"name": "Main", "slug": "main"}
    )
    item = {
        "menu": merchant_with_shop.ids["menu"],
        "name": "Sets",
        "category": merchant_with_shop.ids["category sets"],
    }
    merchant_with_shop.create("item", "menuItemCreate", "menuItem", "MenuItemCreateInput!", item)
    below = {
        "menu": merchant_with_shop.ids["menu"],
        "name": "Help",
        "url": "https://example.com/",
        "parent": merchant_with_shop.ids["item"],
    }
    merchant_with_shop.create("below", "menuItemCreate", "menuItem", "MenuItemCreateInput!", below)
    found = execute_field(
        '{ menu(slug: "main", channel: "us") { items { name level category { slug } children { name level url } } } }'
    )
    assert found["items"] == [
        {
            "name": "Sets",
            "level": 0,
            "category": {"slug": "sets"},
            "children": [{"name": "Help", "level": 1, "url": "https://example.com/"}],
        }
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "NO_MENU_ITEM_PROVIDED"),
        ({"url": "https://example.com/", "category": True}, "TOO_MANY_MENU_ITEMS"),
        ({"url": "javascript:alert(1)"}, "INVALID"),
    ],
)
def test_a_menu_item_that_isnt_one_link_is_refused(
    merchant_with_shop: Merchant, more: dict[str, Any], code: str
) -> None:
    merchant_with_shop.create("menu", "menuCreate", "menu", "MenuCreateInput!", {"name": "Main"})
    if more.get("category"):
        more = more | {"category": merchant_with_shop.ids["category sets"]}
    given = {"menu": merchant_with_shop.ids["menu"], "name": "X"} | more
    refused = merchant_with_shop.mutate(
        "menuItemCreate", "menuItem { id }", input=("MenuItemCreateInput!", given)
    )
    assert [error["code"] for error in refused["errors"]] == [code]
    assert MenuItem.objects.count() == 0


# --- categories and collections -----------------------------------------------------------------------
def test_a_deleted_category_takes_its_branch_and_unpublishes_its_products(
    merchant_with_shop: Merchant,
) -> None:
    merchant_with_shop.mutate(
        "categoryCreate",
        "category { id }",
        input=("CategoryInput!", {"name": "Below"}),
        parent=("ID", merchant_with_shop.ids["category sets"]),
    )
    merchant_with_shop.create_listed_product("bulb", "9.00")
    merchant_with_shop.mutate(
        "categoryDelete", "category { id }", id=("ID!", merchant_with_shop.ids["category sets"])
    )
    assert Category.objects.count() == 0
    assert Product.objects.get().category is None
    assert execute_field('{ products(first: 5, channel: "us") { totalCount } }') == {"totalCount": 0}


def test_categories_are_sorted_and_looked_up(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.category("oils")
    found = execute_field(
        "{ categories(first: 5, sortBy: {field: NAME, direction: ASC}) { edges { node { slug } } } }"
    )
    assert [edge["node"]["slug"] for edge in found["edges"]] == ["oils", "sets"]
    assert execute_field('{ categories(first: 5, filter: {slugs: ["oils"]}) { totalCount } }') == {
        "totalCount": 1
    }


def test_products_are_added_to_and_taken_from_a_collection(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("bulb", "9.00")
    merchant_with_shop.create(
        "first", "collectionCreate", "collection", "CollectionCreateInput!", {"name": "First"}
    )
    for field, count in (
        ("collectionAddProducts", 1),
        ("collectionAddProducts", 1),
        ("collectionRemoveProducts", 0),
    ):
        merchant_with_shop.mutate(
            field,
            "collection { id }",
            collectionId=("ID!", merchant_with_shop.ids["first"]),
            products=("[ID!]!", [merchant_with_shop.ids["bulb"]]),
        )
        assert Collection.objects.get().collection_products.count() == count


# --- translations -------------------------------------------------------------------------------------
def test_a_translation_keeps_what_isnt_named(merchant: Merchant) -> None:
    page = merchant.page("care", "Care")
    for given in ({"title": "Pflege"}, {"seoTitle": "Pflege von Gläsern"}):
        merchant.mutate(
            "pageTranslate",
            "page { id }",
            id=("ID!", page),
            languageCode=("LanguageCodeEnum!", "DE"),
            input=("PageTranslationInput!", given),
        )
    found = execute_field('{ page(slug: "care") { translation(languageCode: DE) { title seoTitle } } }')
    assert found["translation"] == {"title": "Pflege", "seoTitle": "Pflege von Gläsern"}
    assert execute_field('{ page(slug: "care") { translation(languageCode: ES) { title } } }') == {
        "translation": None
    }


def test_a_translated_slug_is_taken_once(merchant: Merchant) -> None:
    merchant.page("care", "Care")
    merchant.page("use", "Use")
    codes = []
    for page in ("page care", "page use"):
        answer = merchant.mutate(
            "pageTranslate",
            "page { id }",
            id=("ID!", merchant.ids[page]),
            languageCode=("LanguageCodeEnum!", "DE"),
            input=("PageTranslationInput!", {"slug": "pflege"}),
        )
        codes.append([error["code"] for error in answer["errors"]])
    assert codes == [[], ["UNIQUE"]]


# --- pictures -----------------------------------------------------------------------------------------
def picture(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def upload(
    merchant: Merchant, content: bytes, *, name: str = "cup.png", alt: str = "A cup"
) -> dict[str, Any]:
    """Upload a picture by the GraphQL multipart request specification; returns the payload."""
    query = """mutation($input: ProductMediaCreateInput!) { productMediaCreate(input: $input) {
      media { id alt type url(size: 256) thumb: url(size: 300, format: WEBP) whole: url } errors { field code } } }"""
    variables = {"input": {"product": merchant.ids["bulb"], "alt": alt, "image": None}}
    parts = {
        "operations": json.dumps({"query": query, "variables": variables}).encode(),
        "map": json.dumps({"0": ["variables.input.image"]}).encode(),
    }
    body = b"".join(
        b'--x\r\ncontent-disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (key.encode(), value)
        for key, value in parts.items()
    )
    body += (
        b'--x\r\ncontent-disposition: form-data; name="0"; filename="%s"\r\ncontent-type: image/png\r\n\r\n'
        % name.encode()
    )
    body += content + b"\r\n--x--\r\n"
    headers = {
        "content-type": "multipart/form-data; boundary=x",
        "authorization": f"Bearer {merchant.token()}",
    }
    answer = json.loads(serve(body, headers).body)
    assert "errors" not in answer, answer
    found: dict[str, Any] = answer["data"]["productMediaCreate"]
    return found


@pytest.fixture
def shop_with_bulb(merchant_with_shop: Merchant, settings: Any, tmp_path: Path) -> Merchant:
    settings.MEDIA_ROOT = tmp_path
    merchant_with_shop.create_listed_product("bulb", "9.00")
    return merchant_with_shop


def test_a_picture_is_stored_and_has_the_url_that_saleor_gives(
    shop_with_bulb: Merchant, settings: Any
) -> None:
    media = upload(shop_with_bulb, picture())["media"]
    base = settings.PUBLIC_URL
    assert (media["alt"], media["type"]) == ("A cup", "IMAGE")
    assert media["url"] == f"{base}/thumbnail/{media['id']}/256/"
    assert media["thumb"] == f"{base}/thumbnail/{media['id']}/256/webp/"
    assert (settings.MEDIA_ROOT / media["whole"].removeprefix(f"{base}/media/")).read_bytes() == picture()


def test_smaller_copies_are_made_once_in_the_requested_format(
    shop_with_bulb: Merchant, settings: Any
) -> None:
    media = upload(shop_with_bulb, picture())["media"]
    path = media["thumb"].removeprefix(settings.PUBLIC_URL)
    first, second = Client().get(path), Client().get(path)
    assert first["content-type"] == second["content-type"] == "image/webp"
    with Image.open(io.BytesIO(b"".join(first.streaming_content))) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (256, 171))
    assert len([file for file in (settings.MEDIA_ROOT / "thumbnails").rglob("*") if file.is_file()]) == 1
    assert Client().get(path, headers={"if-none-match": first["etag"]}).status_code == 304


def test_thumbnails_are_made_before_the_first_visitor_and_each_picture_is_looked_at_once(
    shop_with_bulb: Merchant, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnail_sweep, "_last_pk", 0)
    upload(shop_with_bulb, picture())
    broken = ProductMedia.objects.get()
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)  # more pixels than Pillow reads
    chunks = [head, b"IDAT" + zlib.compress(b"")]
    damaged = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    (settings.MEDIA_ROOT / "products/damaged.png").write_bytes(b"\x89PNG\r\n\x1a\n" + damaged)
    for name in ("gone", "damaged"):
        ProductMedia.objects.create(product=broken.product, image=f"products/{name}.png", type="IMAGE")
    second = upload(shop_with_bulb, picture())["media"]["thumb"].removeprefix(settings.PUBLIC_URL)
    assert thumbnail_sweep.sweep(60) == 4
    made = [file.name for file in (settings.MEDIA_ROOT / "thumbnails").rglob("*.webp")]
    assert sorted(name.rpartition("_")[2] for name in made) == sorted(
        2 * ["256.webp", "512.webp", "1024.webp", "2048.webp"]
    )
    monkeypatch.setattr("store.engine.catalog.thumbnails._write_thumbnail", None)  # none is made on demand
    assert Client().get(second).status_code == 200
    assert thumbnail_sweep.sweep(60) == 0


def test_several_sizes_of_a_thumbnail_cost_one_statement(shop_with_bulb: Merchant) -> None:
    upload(shop_with_bulb, picture())
    query = '{ product(slug: "bulb", channel: "us") { %s } }'
    execute_field(query % "slug")  # fills the caches
    with CaptureQueriesContext(connection) as one:
        execute_field(query % "a: thumbnail(size: 256) { url }")
    with CaptureQueriesContext(connection) as three:
        execute_field(
            query % " ".join(f"a{size}: thumbnail(size: {size}) {{ url }}" for size in (256, 512, 1024))
        )
    assert len(three) == len(one)


def test_pictures_that_arent_there_are_not_found(shop_with_bulb: Merchant) -> None:
    media = to_global_id("ProductMedia", 1)
    for path in (
        "/thumbnail/xyz/256/",
        f"/thumbnail/{to_global_id('ProductMedia', 999)}/256/",
        f"/thumbnail/{to_global_id('Product', 1)}/256/",
        f"/thumbnail/{quote(to_global_id('ProductMedia', '²'))}/256/",
        f"/thumbnail/{quote(to_global_id('ProductMedia', '9' * 5000))}/256/",
        f"/thumbnail/{quote(to_global_id('ProductMedia', '9' * 19))}/256/",
        f"/thumbnail/{media}/{'9' * 5000}/",
        f"/thumbnail/{media}/%C2%B2/",
        f"/thumbnail/{media}/256/gif/",
        "/thumbnail/%00/256/",
        "/thumbnail/%E3%82%AB/256/",
    ):
        assert Client(raise_request_exception=False).get(path).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a<script>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(shop_with_bulb: Merchant, content: bytes, settings: Any) -> None:
    assert upload(shop_with_bulb, content)["errors"] == [{"field": "image", "code": "INVALID"}]
    assert ProductMedia.objects.count() == 0
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


def test_a_url_of_the_local_network_isnt_downloaded(shop_with_bulb: Merchant) -> None:
    given = {"product": shop_with_bulb.ids["bulb"], "mediaUrl": "http://127.0.0.1:1/x.png"}
    refused = shop_with_bulb.mutate(
        "productMediaCreate", "media { id }", input=("ProductMediaCreateInput!", given)
    )
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [
        ("mediaUrl", "UNSUPPORTED_MEDIA_PROVIDER")
    ]
    assert ProductMedia.objects.count() == 0


def test_pictures_are_put_in_order_and_shown_with_variants(shop_with_bulb: Merchant) -> None:
    first, second = (upload(shop_with_bulb, picture(), alt=alt)["media"]["id"] for alt in ("one", "two"))
    shop_with_bulb.mutate(
        "productMediaReorder",
        "media { id }",
        productId=("ID!", shop_with_bulb.ids["bulb"]),
        mediaIds=("[ID!]!", [second, first]),
    )
    shop_with_bulb.mutate(
        "variantMediaAssign",
        "media { id }",
        variantId=("ID!", shop_with_bulb.ids["bulb-1"]),
        mediaId=("ID!", first),
    )
    found = execute_field(
        '{ product(slug: "bulb", channel: "us") { thumbnail { alt } media { alt } variants { media { alt } } } }'
    )
    assert found == {
        "thumbnail": {"alt": "two"},
        "media": [{"alt": "two"}, {"alt": "one"}],
        "variants": [{"media": [{"alt": "one"}]}],
    }
    repeated = shop_with_bulb.mutate(
        "variantMediaAssign",
        "media { id }",
        variantId=("ID!", shop_with_bulb.ids["bulb-1"]),
        mediaId=("ID!", first),
    )
    assert [error["code"] for error in repeated["errors"]] == ["MEDIA_ALREADY_ASSIGNED"]


def test_a_deleted_picture_leaves_no_file(shop_with_bulb: Merchant, settings: Any) -> None:
    media = upload(shop_with_bulb, picture())["media"]["id"]
    shop_with_bulb.mutate("productMediaDelete", "media { id }", id=("ID!", media))
    assert ProductMedia.objects.count() == 0
    assert not [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]
