"""Import, export, undo and the grid: all or nothing, every wrong cell named, nothing overwritten unseen."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.engine.admin import catalog_import_export, csv_xlsx
from store.engine.catalog.models import (
    Product,
    ProductChannelListing,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Translation
from store.engine.events.models import Event
from store.engine.stock import catalog_import, import_journal
from store.engine.stock.catalog_import import Row
from store.engine.stock.models import CatalogImport, Stock, StockMovement
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
PRODUCTS = "/admin/catalog/product"
SKUS = ("CUP-A", "CUP-S")
PRICE, STOCK, SALE = "price:default-channel", "stock:east", "published:default-channel"


def check(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("prices.csv", text.encode())
    return client.post(f"{PRODUCTS}/import/", {"file": file})


def apply(client: Client, text: str) -> Any:
    stored = check(client, text).context["stored"]
    return client.post(f"{PRODUCTS}/import-apply/", {"import": stored.pk})


def errors(answer: Any) -> list[tuple[int, str]]:
    return sorted((error.number, error.column) for error in answer.context["result"].errors)


def price(sku: str) -> Decimal | None:
    return VariantChannelListing.objects.get(variant__sku=sku).price_amount


def test_a_check_shows_the_changes_and_writes_nothing(admin_client: Client, shop: Shop) -> None:
    answer = check(admin_client, f"sku;{PRICE};{STOCK};{SALE}\nCUP-A;29,90;12;no\nCUP-S;31,50;10;\n")
    changes = [
        (row.sku, row.column, str(row.before), str(row.after)) for row in answer.context["result"].changes
    ]
    assert changes == [
        ("CUP-A", PRICE, "31.50", "29.90"),
        ("CUP-A", SALE, "True", "False"),
        ("CUP-A", STOCK, "10", "12"),
    ]
    assert (price("CUP-A"), shop.stock().quantity, StockMovement.objects.count()) == (Decimal("31.50"), 10, 0)


def test_a_check_of_prices_and_stock_only_reads(shop: Shop) -> None:
    """On SQLite whoever writes, such as a checkout, waits for whoever has begun to."""
    rows = [Row(number, {"sku": sku, PRICE: Decimal(9), STOCK: 7}) for number, sku in enumerate(SKUS)]
    with CaptureQueriesContext(connection) as statements:
        result = catalog_import.check(rows)
    assert len(result.changes) == 4
    assert {statement["sql"].split()[0] for statement in statements} == {"SELECT"}


def test_an_import_that_is_killed_half_way_leaves_nothing(
    admin_client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = check(admin_client, f"sku,{PRICE},{STOCK},product_name\nCUP-A,29.90,12,Set\n").context["stored"]

    def killed(*_: Any, **__: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(catalog_import, "record_events", killed)
    with pytest.raises(SystemExit):
        import_journal.apply(import_id=stored.pk)
    shop.product.refresh_from_db()
    stored.refresh_from_db()
    assert (price("CUP-A"), shop.stock().quantity, StockMovement.objects.count()) == (Decimal("31.50"), 10, 0)
    assert (shop.product.name, stored.applied_at) == ("Silicone starter set", None)


def test_an_import_is_applied_once_and_undone(admin_client: Client, shop: Shop) -> None:
    text = f"sku,{PRICE},{STOCK},{SALE},variant_name,product_name,name:de\nCUP-A,29.90,12,no,Gold,Set,Satz\n"
    answer = apply(admin_client, text)
    assert answer.status_code == 302
    listing = ProductChannelListing.objects.get()
    shop.product.refresh_from_db()
    assert (price("CUP-A"), shop.stock().quantity, listing.is_published) == (Decimal("29.90"), 12, False)
    assert (shop.product.name, ProductVariant.objects.get(sku="CUP-A").name) == ("Set", "Gold")
    assert Translation.objects.get().values["name"] == "Satz"
    assert (listing.discounted_price_amount, StockMovement.objects.get().note) == (
        Decimal("29.90"),
        "Import of prices.csv",
    )
    logged = {
        name: pair
        for event in Event.objects.filter(object_kind="ProductVariant")
        for name, pair in event.changes.items()
    }
    assert (logged[PRICE], logged[STOCK]) == (["31.50", "29.90"], ["10", "12"])
    done = CatalogImport.objects.get()
    again = admin_client.post(f"{PRODUCTS}/import-apply/", {"import": done.pk}, follow=True)
    assert "This import was applied before." in again.content.decode()
    assert admin_client.post(f"{PRODUCTS}/import-undo/", {"import": done.pk}).status_code == 302
    listing.refresh_from_db()
    shop.product.refresh_from_db()
    assert (price("CUP-A"), shop.stock().quantity, listing.is_published) == (Decimal("31.50"), 10, True)
    assert (shop.product.name, Translation.objects.get().values["name"]) == ("Silicone starter set", None)
    twice = admin_client.post(f"{PRODUCTS}/import-undo/", {"import": done.pk}, follow=True)
    assert "not in force" in twice.content.decode()


def test_what_a_product_s_variants_share_is_changed_once_and_read_for_all_together(
    admin_client: Client, shop: Shop
) -> None:
    """Name, translation and publication stand on each row of a product's variants."""
    head = f"sku,product_name,name:de,{SALE}"
    rows = catalog_import_export.read_rows([head.split(","), *([sku, "Set", "Satz", "no"] for sku in SKUS)])[
        0
    ]
    result = catalog_import.check(rows)
    assert [(row.sku, row.column) for row in result.changes] == [
        ("CUP-A", "product_name"), ("CUP-A", "name:de"), ("CUP-A", SALE),
    ]  # fmt: skip
    unchanged = [Row(number, {"sku": sku, SALE: True}) for number, sku in enumerate(SKUS)]
    with CaptureQueriesContext(connection) as one:
        catalog_import.check(unchanged[:1])
    with CaptureQueriesContext(connection) as both:
        catalog_import.check(unchanged)
    assert len(both) == len(one)


def test_an_undo_does_not_overwrite_what_changed_meanwhile(admin_client: Client, shop: Shop) -> None:
    apply(admin_client, f"sku,{PRICE},{STOCK}\nCUP-A,29.90,12\n")
    VariantChannelListing.objects.filter(variant__sku="CUP-A").update(price_amount=40)
    answer = admin_client.post(f"{PRODUCTS}/import-undo/", {"import": CatalogImport.objects.get().pk})
    assert "no longer 29.90" in answer.content.decode()
    assert (price("CUP-A"), shop.stock().quantity) == (40, 12)


def test_every_wrong_cell_is_named_and_nothing_is_written(admin_client: Client, shop: Shop) -> None:
    shop.order(17, pieces=8)
    rows = ["CUP-A,-1,5,perhaps", "CUP-S,1.999,,", "CUP-Z,1,1,", "CUP-S,9,9,", ",1,,", "CUP-A,9,1.5,"]
    answer = check(admin_client, f"sku,{PRICE},{STOCK},{SALE}\n" + "\n".join(rows))
    assert errors(answer) == [(2, SALE), (6, "sku"), (7, STOCK)]
    assert answer.status_code == 422
    rows = ["CUP-A,-1,5,", "CUP-S,1.999,-3,", "CUP-Z,1,1,", "CUP-S,9,9,"]
    answer = check(admin_client, f"sku,{PRICE},{STOCK},{SALE}\n" + "\n".join(rows))
    assert errors(answer) == [(2, PRICE), (3, PRICE), (3, STOCK), (4, "sku"), (5, "sku")]
    answer = check(admin_client, f"sku,{STOCK}\nCUP-A,5\n")
    assert errors(answer) == [(2, STOCK)]
    assert "8 are promised to orders" in answer.content.decode()
    assert (price("CUP-A"), shop.stock().quantity, CatalogImport.objects.count()) == (Decimal("31.50"), 10, 0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sku,colour\nCUP-A,red", "There is no such column."),
        (f"{PRICE}\n1", "one of them must be “sku”"),
        (f"sku,{PRICE},{PRICE}\nCUP-A,1,2", "This column is there twice."),
        ("sku,price:moon\nCUP-A,1", "There is no “moon”. Choose one of: default-channel."),
        ("", "The submitted file is empty."),
        (f"sku,{PRICE}\nCUP-A,1.000", ""),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(
    admin_client: Client, shop: Shop, text: str, message: str
) -> None:
    answer = check(admin_client, text)
    assert message in answer.content.decode()
    assert price("CUP-A") == Decimal("31.50")


def test_pasted_rows_are_read(admin_client: Client, shop: Shop) -> None:
    answer = admin_client.post(f"{PRODUCTS}/import/", {"pasted": f"sku\t{PRICE}\nCUP-A\t20\n"})
    assert len(answer.context["result"].changes) == 1
    assert admin_client.post(f"{PRODUCTS}/import/", {}).status_code == 422


def test_new_products_and_variants_are_made(admin_client: Client, shop: Shop) -> None:
    head = f"sku,product,product_type,category,product_name,variant_name,{PRICE},{STOCK}"
    rows = [
        "NEW-1,glass,cup-set,silicone,Glass set,Small,12,3",
        "NEW-2,glass,,,,Large,14,4",
        "CUP-N,starter,,,,New,9,",
    ]
    assert apply(admin_client, f"{head}\n" + "\n".join(rows)).status_code == 302
    product = Product.objects.get(slug="glass")
    assert (product.name, product.category, product.variants.count()) == (
        "Glass set",
        shop.product.category,
        2,
    )
    assert (price("NEW-2"), Stock.objects.get(variant__sku="NEW-2").quantity) == (14, 4)
    assert [row.is_published for row in product.channel_listings.all()] == [False]
    assert shop.product.variants.count() == 3
    unknown = check(admin_client, "sku,product\nNEW-3,nothing\n")
    assert "fill in “product_type” with one of: cup-set" in unknown.content.decode()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("product_name", "Relieves back pain"),
        ("variant_name", "Leave the cups on overnight"),
        ("name:de", "Lindert Rückenschmerzen"),
        ("name:es", "Alivia el dolor de espalda"),
        ("name:fr", "Quatre ventouses en verre pour les jambes"),
    ],
)
def test_a_cell_with_a_claim_or_a_hazard_is_named_and_nothing_is_written(
    admin_client: Client, shop: Shop, column: str, text: str
) -> None:
    answer = check(admin_client, f"sku;{column}\nCUP-A;{text}\n")
    assert {name for _, name in errors(answer)} == {column}
    assert not CatalogImport.objects.exists()


def test_a_long_export_is_read_in_parts_with_the_translations_of_each(
    admin_client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Product.objects.create(
        name="Other", slug="other", product_type=shop.product.product_type, category=shop.product.category
    )
    ProductVariant.objects.create(product=other, sku="OTHER", name="")
    for product, name in ((shop.product, "Anfangsset"), (other, "Anderes")):
        Translation.objects.create(
            kind="Product", object_pk=str(product.pk), language_code="de", values={"name": name}
        )
    whole = list(catalog_import_export.export_rows(ProductVariant.objects.all()))
    monkeypatch.setattr(catalog_import_export, "EXPORT_CHUNK", 1)
    with CaptureQueriesContext(connection) as asked:
        assert list(catalog_import_export.export_rows(ProductVariant.objects.all())) == whole
    names = {row[whole[0].index("sku")]: row[whole[0].index("name:de")] for row in whole[1:]}
    assert (names["CUP-A"], names["OTHER"]) == ("Anfangsset", "Anderes")
    of_all = [
        one["sql"] for one in asked if "channels_translation" in one["sql"] and '"values"' in one["sql"]
    ]
    assert all(" IN (" in sql for sql in of_all)
    assert len(of_all) == len(whole) - 1


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_export_is_read_by_the_import_and_changes_nothing(
    admin_client: Client, shop: Shop, format: str
) -> None:
    Product.objects.update(name="=1+1")
    content = admin_client.get(f"{PRODUCTS}/export/", {"format": format}).getvalue()
    rows = csv_xlsx.read(content, max_rows=100)
    assert [row[0] for row in rows] == ["sku", "CUP-A", "CUP-S"]
    file = SimpleUploadedFile(f"variants.{format}", content)
    answer = admin_client.post(f"{PRODUCTS}/import/", {"file": file})
    assert (answer.status_code, answer.context["result"].changes) == (200, [])


def grid_form(client: Client) -> dict[str, str]:
    form = {}
    for row in client.get(f"{PRODUCTS}/grid/").context["rows"]:
        for name, value, seen, _ in row.cells:
            form |= {name: value, f"seen|{name}": seen}
    return form


def test_the_grid_writes_only_what_was_changed(admin_client: Client, shop: Shop) -> None:
    form = grid_form(admin_client)
    VariantChannelListing.objects.filter(variant__sku="CUP-S").update(price_amount=50)
    assert (
        admin_client.post(
            f"{PRODUCTS}/grid/", form | {f"CUP-A|{PRICE}": "19,90", f"CUP-S|{STOCK}": "7"}
        ).status_code
        == 302
    )
    assert (price("CUP-A"), price("CUP-S"), shop.stock(1).quantity) == (Decimal("19.90"), 50, 7)


def test_the_grid_names_what_somebody_else_changed(admin_client: Client, shop: Shop) -> None:
    form = grid_form(admin_client)
    VariantChannelListing.objects.filter(variant__sku="CUP-A").update(price_amount=50)
    answer = admin_client.post(f"{PRODUCTS}/grid/", form | {f"CUP-A|{PRICE}": "19,90"})
    assert (answer.status_code, price("CUP-A")) == (422, 50)
    assert "It is 50.00 meanwhile, no longer 31.50." in answer.content.decode()
    assert 'value="19,90"' in answer.content.decode()
    wrong = admin_client.post(f"{PRODUCTS}/grid/", form | {f"CUP-A|{STOCK}": "x"})
    assert (wrong.status_code, shop.stock().quantity) == (422, 10)
