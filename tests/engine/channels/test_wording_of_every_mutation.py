"""Each text that a mutation takes and shoppers read is refused with a claim or a hazard, and held in a fourth language.

Mutations and their texts come from the schema, so that a new one fails here until it has what it needs to be called
(`base_inputs`) or is named as one whose texts no shopper reads. Translations have a test of their own.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.utils.text import slugify
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, build_schema, get_named_type

from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    Menu,
    MenuItem,
    Page,
    PageType,
    Product,
    ProductMedia,
    ProductType,
    ProductVariant,
)
from store.engine.channels.models import Channel
from store.engine.discounts.models import Voucher
from store.engine.shipping.models import ShippingMethod, ShippingZone
from store.engine.taxes.models import TaxClass
from tests.engine.api_client import gid
from tests.engine.merchant import ADDRESS, Merchant

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMA = build_schema((settings.BASE_DIR / "store/saleor/schema.graphql").read_text(encoding="utf-8"))
MUTATIONS = SCHEMA.mutation_type.fields if SCHEMA.mutation_type else {}
TEXTS = [
    "Relieves back pain.",
    "Leave the cups on overnight.",
    "Lindert Rückenschmerzen.",
    "Lassen Sie die Köpfe über Nacht auf der Haut.",
    "Alivia el dolor de espalda.",
    "Deje las ventosas puestas toda la noche.",
    "Quatre ventouses en verre pour les jambes",
]
TEXT_INPUTS = frozenset(
    {"name", "title", "description", "content", "headerText", "backgroundImageAlt", "alt", "plainText", "richText", "slug"}
)  # fmt: skip
CHOICES = frozenset(
    {"dropdown", "swatch", "multiselect"}
)  # inputs of an attribute; their `value` is a new choice
# Names of apps, roles, webhooks and payments: for the merchant's staff and for other programs.
NOT_READ_BY_SHOPPERS = ("app", "permissionGroup", "webhook", "transaction")

Path = tuple[str, ...]


def text_paths(mutation: str) -> Iterator[Path]:
    """The places of texts in the arguments of a mutation: ("input", "seo", "title")."""
    for name, argument in MUTATIONS[mutation].args.items():
        yield from _paths_in(argument.type, (name,))


def _paths_in(given: Any, path: Path) -> Iterator[Path]:
    kind = get_named_type(given)
    if isinstance(kind, GraphQLInputObjectType):
        for name, field in kind.fields.items():
            if name not in path:
                yield from _paths_in(field.type, (*path, name))
    elif kind.name in {"String", "JSONString"} and (path[-1] in TEXT_INPUTS or _is_choice(path)):
        yield path


def _is_choice(path: Path) -> bool:
    return path[-1] == "value" and len(path) > 1 and path[-2] in CHOICES


PATHS = {
    mutation: paths
    for mutation in MUTATIONS
    if not mutation.startswith(NOT_READ_BY_SHOPPERS) and not mutation.endswith("Translate")
    if (paths := list(text_paths(mutation)))
}


def attributes_of(kind: str) -> dict[str, Attribute]:
    """An attribute for each input of an attribute that takes a text; `kind`: PRODUCT_TYPE or PAGE_TYPE."""
    return {
        given: Attribute.objects.create(name=given, slug=f"{given}-{kind}".lower(), type=kind, input_type=input_type)
        for given, input_type in (
            ("dropdown", "DROPDOWN"), ("swatch", "SWATCH"), ("multiselect", "MULTISELECT"),
            ("plainText", "PLAIN_TEXT"), ("richText", "RICH_TEXT"),
        )
    }  # fmt: skip


def base_inputs(
    warehouse: str, attributes: dict[str, Attribute], page_type: PageType
) -> dict[str, dict[str, Any]]:
    """What each mutation needs beside the text."""
    kind = ProductType.objects.create(name="Set", slug="set")
    kind.product_attributes.set(attributes.values())
    kind.variant_attributes.set(attributes.values())
    product = Product.objects.create(name="Starter", slug="starter", product_type=kind)
    variant = ProductVariant.objects.create(product=product, name="50 mm", sku="A", sort_order=0)
    page = Page.objects.create(title="Care", slug="care", page_type=page_type)
    zone = ShippingZone.objects.create(name="Home", countries=["US"])
    method = ShippingMethod.objects.create(name="Post", type="PRICE", shipping_zone=zone)
    menu = Menu.objects.create(name="Foot", slug="foot")
    by_id = {
        "attributeUpdate": gid(attributes["dropdown"]),
        "attributeValueUpdate": gid(
            AttributeValue.objects.create(
                attribute=attributes["dropdown"], name="Soft", slug="soft", sort_order=0
            )
        ),
        "categoryUpdate": gid(Category.objects.create(name="Sets", slug="sets")),
        "channelUpdate": gid(Channel.objects.create(name="US", slug="us", currency_code="USD", default_country="US")),
        "collectionUpdate": gid(Collection.objects.create(name="New", slug="new")),
        "menuItemUpdate": gid(MenuItem.objects.create(menu=menu, name="Care", sort_order=0)),
        "menuUpdate": gid(menu),
        "pageTypeUpdate": gid(page_type),
        "pageUpdate": gid(page),
        "productMediaUpdate": gid(ProductMedia.objects.create(product=product, image="a.webp", alt="A cup")),
        "productTypeUpdate": gid(kind),
        "productUpdate": gid(product),
        "productVariantUpdate": gid(variant),
        "shippingPriceUpdate": gid(method, "ShippingMethodType"),
        "shippingZoneUpdate": gid(zone),
        "taxClassUpdate": gid(TaxClass.objects.create(name="Standard")),
        "updateWarehouse": warehouse,
        "voucherUpdate": gid(Voucher.objects.create(name="Spring")),
    }  # fmt: skip
    named = {"name": "A"}
    attribute = named | {"type": "PRODUCT_TYPE", "inputType": "DROPDOWN"}
    page_url = "https://cupwell.example/"
    inputs: dict[str, dict[str, Any]] = {
        "attributeCreate": attribute,
        "attributeValueCreate": named,
        "categoryCreate": named,
        "channelCreate": named | {"slug": "a", "currencyCode": "USD", "defaultCountry": "US"},
        "collectionCreate": named,
        "createWarehouse": named | {"address": ADDRESS},
        "menuCreate": named,
        "menuItemCreate": named | {"menu": gid(menu), "url": page_url},
        "pageCreate": {"title": "A", "pageType": gid(page_type)},
        "pageTypeCreate": named,
        "productCreate": named | {"productType": gid(kind)},
        "productMediaCreate": {"product": gid(product), "mediaUrl": "https://youtu.be/cup"},
        "productTypeCreate": named,
        "productVariantCreate": {"product": gid(product), "attributes": []},
        "shippingPriceCreate": named | {"shippingZone": gid(zone), "type": "PRICE"},
        "shippingZoneCreate": named | {"countries": ["US"]},
        "shopSettingsUpdate": {},
        "taxClassCreate": named | {"createCountryRates": []},
        "voucherCreate": {"code": "X", "discountValueType": "FIXED"},
    }
    base: dict[str, dict[str, Any]] = {name: {"id": id_, "input": {}} for name, id_ in by_id.items()}
    base |= {name: {"input": given} for name, given in inputs.items()}
    base["attributeValueCreate"]["attribute"] = gid(attributes["dropdown"])
    base |= {
        "attributeBulkCreate": {"attributes": [attribute]},
        "attributeBulkUpdate": {"attributes": [{"id": gid(attributes["dropdown"]), "fields": {}}]},
        "productBulkCreate": {"products": [named | {"productType": gid(kind), "attributes": []}]},
        "productVariantBulkCreate": {"product": gid(product), "variants": [{"attributes": []}]},
        "productVariantBulkUpdate": {"product": gid(product), "variants": [{"id": gid(variant)}]},
    }
    return base


def with_text(
    mutation: str, base: dict[str, Any], path: Path, text: str, attributes: dict[str, Attribute]
) -> Any:
    """The arguments with the text in its place; lists get one item, and an item of `attributes` its attribute."""
    arguments = deepcopy(base)
    here, kind = arguments, MUTATIONS[mutation].args[path[0]].type
    for name, child in zip(path, (*path[1:], ""), strict=True):
        kind = kind if here is arguments else get_named_type(kind).fields[name].type
        if not child:
            here[name] = _written(path, get_named_type(kind).name, text)
            return arguments
        is_list = isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)
        if is_list:
            here = (here.setdefault(name, []) or here[name].append({}) or here[name])[0]
        else:
            here = here.setdefault(name, {})
        if name == "attributes" and child in {*CHOICES, "plainText", "richText"}:
            here["id"] = gid(attributes[child])
        if name == "items":
            here["url"] = "https://cupwell.example/"
        if name == "media":
            here["mediaUrl"] = "https://youtu.be/cup"
        if name == "variants" and mutation.startswith("productBulk"):
            here.setdefault("attributes", [])
    return arguments


def _written(path: Path, scalar: str, text: str) -> str:
    if path[-1] == "slug":
        return slugify(text)
    if scalar == "JSONString":
        return json.dumps({"blocks": [{"type": "paragraph", "data": {"text": text}}]})
    return text


def messages(merchant: Merchant, mutation: str, arguments: dict[str, Any]) -> list[str]:
    """The messages of the errors of a call, those of the rows of a bulk mutation included."""
    rows = get_named_type(MUTATIONS[mutation].type).fields.get("results")
    selection = "results { errors { message } } errors { message }" if rows else "errors { message }"
    types = {name: str(MUTATIONS[mutation].args[name].type) for name in arguments}
    declared = ", ".join(f"${name}: {kind}" for name, kind in types.items())
    passed = ", ".join(f"{name}: ${name}" for name in arguments)
    document = f"mutation M({declared}) {{ {mutation}({passed}) {{ {selection} }} }}"
    payload = merchant.execute(document, **arguments)
    errors = [*payload["errors"], *(e for row in payload.get("results") or () for e in row["errors"] or ())]
    return [error["message"] for error in errors]


def test_the_schema_has_mutations_with_texts_of_all_that_shoppers_read() -> None:
    assert len(PATHS) >= 40
    assert sum(map(len, PATHS.values())) >= 130


def test_no_mutation_saves_a_claim_or_a_hazard_or_a_text_in_a_fourth_language() -> None:
    merchant = Merchant()
    merchant.warehouse()
    page_type = PageType.objects.create(name="Guide", slug="guide")
    of_products, of_pages = attributes_of("PRODUCT_TYPE"), attributes_of("PAGE_TYPE")
    page_type.attributes.set(of_pages.values())
    base = base_inputs(merchant.ids["warehouse main"], of_products, page_type)
    assert PATHS.keys() - base.keys() == set()
    saved = []
    for mutation, paths in PATHS.items():
        attributes = of_pages if mutation.startswith("page") else of_products
        for index, path in enumerate(paths):
            for text in (TEXTS[index % len(TEXTS)], TEXTS[-1]):
                arguments = with_text(mutation, base[mutation], path, text, attributes)
                found = messages(merchant, mutation, arguments)
                if not any("»" in message for message in found):
                    saved.append((mutation, ".".join(path), text, found))
    assert saved == []


@pytest.mark.parametrize(
    ("key", "text"),
    [("alt.de", TEXTS[3]), ("alt.es", TEXTS[5]), ("alt.en", TEXTS[1]), ("alt.fr", TEXTS[6])],
)
def test_metadata_that_shoppers_read_is_checked_in_its_language(key: str, text: str) -> None:
    """The alternative texts of pictures in other languages, for which the API has no translation."""
    kind = ProductType.objects.create(name="Set", slug="set")
    product = Product.objects.create(name="Starter", slug="starter", product_type=kind)
    media = ProductMedia.objects.create(product=product, image="a.webp", alt="A cup")
    arguments = {"id": gid(media), "input": [{"key": key, "value": text}]}
    found = messages(Merchant(), "updateMetadata", arguments)
    assert found
    assert all("»" in message for message in found)
    media.refresh_from_db()
    assert media.metadata == {}
