"""Pages, menus, categories, collections, pictures and translations as a merchant keeps them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from store.engine.catalog.models import Category, Collection, MenuItem, Page, Product, ProductMedia
from store.engine.events.models import Event
from store.engine.graphql.serve import serve
from tests.engine.api_client import ask_one
from tests.engine.merchant import TEXT, Merchant


# --- pages --------------------------------------------------------------------------------------------
def test_a_published_page_is_read_by_its_slug(merchant: Merchant) -> None:
    merchant.page("care", "Care of cups")
    found = ask_one(
        '{ page(slug: "care") { title content isPublished publishedAt pageType { slug } metafield(key: "version") } }'
    )
    assert found["title"] == "Care of cups"
    assert json.loads(found["content"]) == json.loads(TEXT)
    assert found["publishedAt"] is not None
    assert found["metafield"] is None


def test_a_draft_is_for_staff_only(merchant: Merchant) -> None:
    page = merchant.page("care", "Care")
    merchant.call("pageUpdate", "page { id }", id=("ID!", page), input=("PageInput!", {"isPublished": False}))
    assert ask_one('{ page(slug: "care") { id } }') is None
    assert merchant.ask('{ page(slug: "care") { id } }') == {"id": page}


def test_pages_are_found_by_type_slug_and_what_they_point_to(open_shop: Merchant) -> None:
    open_shop.sell("bulb", "9.00")
    open_shop.attribute("products", "REFERENCE", entityType="PRODUCT", type="PAGE_TYPE")
    given = {"name": "Guide", "slug": "guide", "addAttributes": [open_shop.made["products"]]}
    open_shop.make("page type", "pageTypeCreate", "pageType", "PageTypeCreateInput!", given)
    about = [{"id": open_shop.made["products"], "references": [open_shop.made["bulb"]]}]
    page = {"title": "Bulb", "slug": "bulb", "pageType": open_shop.made["page type"], "isPublished": True}
    open_shop.make("page", "pageCreate", "page", "PageCreateInput!", page | {"attributes": about})
    open_shop.page("other", "Other")
    query = """query($w: PageWhereInput) { pages(first: 5, channel: "us", where: $w, sortBy: {field: TITLE, direction: DESC}) {
      edges { node { slug assignedAttribute(slug: "products") { ... on AssignedMultiProductReferenceAttribute { value(limit: 5) { slug pricing { onSale } } } } } } } }"""
    by_product = ask_one(
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
    both = ask_one(query, w={"pageType": {"eq": open_shop.made["page type"]}})
    assert [edge["node"]["slug"] for edge in both["edges"]] == ["other", "bulb"]
    assert ask_one(query, w={"slug": {"oneOf": ["other"]}})["edges"][0]["node"]["slug"] == "other"


def test_a_new_title_is_told_and_reaches_what_points_to_the_page(open_shop: Merchant) -> None:
    page = open_shop.page("care", "Care")
    open_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    open_shop.product_type("cups", attributes=("guides",))
    open_shop.sell("bulb", "9.00", attributes=[{"id": open_shop.made["guides"], "references": [page]}])
    open_shop.call(
        "pageUpdate", "page { id }", id=("ID!", page), input=("PageInput!", {"title": "Washing glass"})
    )
    found = ask_one(
        '{ products(first: 5, channel: "us", search: "washing") { edges { node { attributes { values { name } } } } } }'
    )
    assert found["edges"] == [{"node": {"attributes": [{"values": [{"name": "Washing glass"}]}]}}]
    assert Event.objects.filter(type="PAGE_UPDATED", object_pk=Page.objects.get().pk).count() == 1


def test_products_of_a_guide_need_no_second_attribute(open_shop: Merchant) -> None:
    page = open_shop.page("care", "Care")
    open_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    open_shop.product_type("cups", attributes=("guides",))
    open_shop.sell("bulb", "9.00", attributes=[{"id": open_shop.made["guides"], "references": [page]}])
    open_shop.sell("pump", "9.00")
    query = """query($r: AssignedAttributeReferenceInput) { products(first: 5, channel: "us",
      where: {attributes: [{slug: "guides", value: {reference: $r}}]}) { edges { node { slug } } } }"""
    for reference in (
        {"pageSlugs": {"containsAny": ["care", "gone"]}},
        {"pageSlugs": {"containsAll": ["care"]}},
        {"referencedIds": {"containsAny": [page]}},
    ):
        assert ask_one(query, r=reference)["edges"] == [{"node": {"slug": "bulb"}}]
    assert ask_one(query, r={"pageSlugs": {"containsAll": ["care", "gone"]}})["edges"] == []


def test_a_page_needs_a_title(merchant: Merchant) -> None:
    merchant.page("care", "Care")
    given = {"title": " ", "pageType": merchant.made["page type"]}
    refused = merchant.call("pageCreate", "page { id }", input=("PageCreateInput!", given))
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("title", "REQUIRED")]
    assert Page.objects.count() == 1


# --- menus --------------------------------------------------------------------------------------------
def test_a_menu_links_to_one_thing_each(open_shop: Merchant) -> None:
    open_shop.make("menu", "menuCreate", "menu", "MenuCreateInput!", {"name": "Main", "slug": "main"})
    item = {"menu": open_shop.made["menu"], "name": "Sets", "category": open_shop.made["category sets"]}
    open_shop.make("item", "menuItemCreate", "menuItem", "MenuItemCreateInput!", item)
    below = {
        "menu": open_shop.made["menu"],
        "name": "Help",
        "url": "https://example.com/",
        "parent": open_shop.made["item"],
    }
    open_shop.make("below", "menuItemCreate", "menuItem", "MenuItemCreateInput!", below)
    found = ask_one(
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
    open_shop: Merchant, more: dict[str, Any], code: str
) -> None:
    open_shop.make("menu", "menuCreate", "menu", "MenuCreateInput!", {"name": "Main"})
    if more.get("category"):
        more = more | {"category": open_shop.made["category sets"]}
    given = {"menu": open_shop.made["menu"], "name": "X"} | more
    refused = open_shop.call("menuItemCreate", "menuItem { id }", input=("MenuItemCreateInput!", given))
    assert [one["code"] for one in refused["errors"]] == [code]
    assert MenuItem.objects.count() == 0


# --- categories and collections -----------------------------------------------------------------------
def test_a_deleted_category_takes_its_branch_and_unpublishes_its_products(open_shop: Merchant) -> None:
    open_shop.call(
        "categoryCreate",
        "category { id }",
        input=("CategoryInput!", {"name": "Below"}),
        parent=("ID", open_shop.made["category sets"]),
    )
    open_shop.sell("bulb", "9.00")
    open_shop.call("categoryDelete", "category { id }", id=("ID!", open_shop.made["category sets"]))
    assert Category.objects.count() == 0
    assert Product.objects.get().category is None
    assert ask_one('{ products(first: 5, channel: "us") { totalCount } }') == {"totalCount": 0}


def test_categories_are_sorted_and_looked_up(open_shop: Merchant) -> None:
    open_shop.category("oils")
    found = ask_one(
        "{ categories(first: 5, sortBy: {field: NAME, direction: ASC}) { edges { node { slug } } } }"
    )
    assert [edge["node"]["slug"] for edge in found["edges"]] == ["oils", "sets"]
    assert ask_one('{ categories(first: 5, filter: {slugs: ["oils"]}) { totalCount } }') == {"totalCount": 1}


def test_products_are_added_to_and_taken_from_a_collection(open_shop: Merchant) -> None:
    open_shop.sell("bulb", "9.00")
    open_shop.make("first", "collectionCreate", "collection", "CollectionCreateInput!", {"name": "First"})
    for field, count in (
        ("collectionAddProducts", 1),
        ("collectionAddProducts", 1),
        ("collectionRemoveProducts", 0),
    ):
        open_shop.call(
            field,
            "collection { id }",
            collectionId=("ID!", open_shop.made["first"]),
            products=("[ID!]!", [open_shop.made["bulb"]]),
        )
        assert Collection.objects.get().placed.count() == count


# --- translations -------------------------------------------------------------------------------------
def test_a_translation_keeps_what_isnt_named(merchant: Merchant) -> None:
    page = merchant.page("care", "Care")
    for given in ({"title": "Pflege"}, {"seoTitle": "Pflege von Gläsern"}):
        merchant.call(
            "pageTranslate",
            "page { id }",
            id=("ID!", page),
            languageCode=("LanguageCodeEnum!", "DE"),
            input=("PageTranslationInput!", given),
        )
    found = ask_one('{ page(slug: "care") { translation(languageCode: DE) { title seoTitle } } }')
    assert found["translation"] == {"title": "Pflege", "seoTitle": "Pflege von Gläsern"}
    assert ask_one('{ page(slug: "care") { translation(languageCode: ES) { title } } }') == {
        "translation": None
    }


def test_a_translated_slug_is_taken_once(merchant: Merchant) -> None:
    merchant.page("care", "Care")
    merchant.page("use", "Use")
    codes = []
    for page in ("page care", "page use"):
        answer = merchant.call(
            "pageTranslate",
            "page { id }",
            id=("ID!", merchant.made[page]),
            languageCode=("LanguageCodeEnum!", "DE"),
            input=("PageTranslationInput!", {"slug": "pflege"}),
        )
        codes.append([one["code"] for one in answer["errors"]])
    assert codes == [[], ["UNIQUE"]]


# --- pictures -----------------------------------------------------------------------------------------
def picture(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind)
    return made.getvalue()


def upload(
    merchant: Merchant, content: bytes, *, name: str = "cup.png", alt: str = "A cup"
) -> dict[str, Any]:
    """By the GraphQL multipart request spec."""
    query = """mutation($input: ProductMediaCreateInput!) { productMediaCreate(input: $input) {
      media { id alt type url(size: 256) thumb: url(size: 300, format: WEBP) whole: url } errors { field code } } }"""
    variables = {"input": {"product": merchant.made["bulb"], "alt": alt, "image": None}}
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
def shown(open_shop: Merchant, settings: Any, tmp_path: Path) -> Merchant:
    settings.MEDIA_ROOT = tmp_path
    open_shop.sell("bulb", "9.00")
    return open_shop


def test_a_picture_is_kept_and_its_address_is_saleors(shown: Merchant, settings: Any) -> None:
    media = upload(shown, picture())["media"]
    base = settings.PUBLIC_URL
    assert (media["alt"], media["type"]) == ("A cup", "IMAGE")
    assert media["url"] == f"{base}/thumbnail/{media['id']}/256/"
    assert media["thumb"] == f"{base}/thumbnail/{media['id']}/256/webp/"
    assert (settings.MEDIA_ROOT / media["whole"].removeprefix(f"{base}/media/")).read_bytes() == picture()


def test_smaller_copies_are_made_once_in_the_wanted_format(shown: Merchant, settings: Any) -> None:
    media = upload(shown, picture())["media"]
    path = media["thumb"].removeprefix(settings.PUBLIC_URL)
    first, second = Client().get(path), Client().get(path)
    assert first["content-type"] == second["content-type"] == "image/webp"
    with Image.open(io.BytesIO(b"".join(first.streaming_content))) as made:
        assert (made.format, made.size) == ("WEBP", (256, 171))
    assert len([file for file in (settings.MEDIA_ROOT / "thumbnails").rglob("*") if file.is_file()]) == 1
    assert Client().get(path, headers={"if-none-match": first["etag"]}).status_code == 304


def test_pictures_that_arent_there_are_not_found(shown: Merchant) -> None:
    for path in (
        "/thumbnail/xyz/256/",
        "/thumbnail/UHJvZHVjdE1lZGlhOjk5OQ==/256/",
        "/thumbnail/UHJvZHVjdDox/256/",
    ):
        assert Client(raise_request_exception=False).get(path).status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a<script>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(shown: Merchant, content: bytes, settings: Any) -> None:
    assert upload(shown, content)["errors"] == [{"field": "image", "code": "INVALID"}]
    assert ProductMedia.objects.count() == 0
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


def test_an_address_inside_the_house_isnt_fetched(shown: Merchant) -> None:
    given = {"product": shown.made["bulb"], "mediaUrl": "http://127.0.0.1:1/x.png"}
    refused = shown.call("productMediaCreate", "media { id }", input=("ProductMediaCreateInput!", given))
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [
        ("mediaUrl", "UNSUPPORTED_MEDIA_PROVIDER")
    ]
    assert ProductMedia.objects.count() == 0


def test_pictures_are_put_in_order_and_shown_with_variants(shown: Merchant) -> None:
    first, second = (upload(shown, picture(), alt=alt)["media"]["id"] for alt in ("one", "two"))
    shown.call(
        "productMediaReorder",
        "media { id }",
        productId=("ID!", shown.made["bulb"]),
        mediaIds=("[ID!]!", [second, first]),
    )
    shown.call(
        "variantMediaAssign", "media { id }", variantId=("ID!", shown.made["bulb-1"]), mediaId=("ID!", first)
    )
    found = ask_one(
        '{ product(slug: "bulb", channel: "us") { thumbnail { alt } media { alt } variants { media { alt } } } }'
    )
    assert found == {
        "thumbnail": {"alt": "two"},
        "media": [{"alt": "two"}, {"alt": "one"}],
        "variants": [{"media": [{"alt": "one"}]}],
    }
    again = shown.call(
        "variantMediaAssign", "media { id }", variantId=("ID!", shown.made["bulb-1"]), mediaId=("ID!", first)
    )
    assert [one["code"] for one in again["errors"]] == ["MEDIA_ALREADY_ASSIGNED"]


def test_a_deleted_picture_leaves_no_file(shown: Merchant, settings: Any) -> None:
    media = upload(shown, picture())["media"]["id"]
    shown.call("productMediaDelete", "media { id }", id=("ID!", media))
    assert ProductMedia.objects.count() == 0
    assert not [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]
