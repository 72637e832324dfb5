"""Imports of variants by SKU: prices, stock, publication, names and translations, and new variants; all or nothing.

A row is a mapping of columns to values: `sku`, `product` (slug), `product_type` (slug), `category` (slug),
`product_name`, `variant_name`, `price:<channel>`, `published:<channel>`, `stock:<warehouse>`, `name:<language>`.
What a row does not name stays. A run stands in its caller's transaction (`import_journal` runs a file piece by piece).
A check only reads: prices and stock are compared, and what only an operation can judge (a name, a text, a publication,
a new variant) is tried in a transaction of its own that is rolled back, so that nobody who buys meanwhile waits for
the whole file.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from store.engine.catalog import channel_listings, products, search, variants
from store.engine.catalog.models import (
    Category,
    Product,
    ProductChannelListing,
    ProductType,
    ProductVariant,
    VariantChannelListing,
    update_lowest_prices,
)
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.errors import OperationError, OperationErrors
from store.engine.events import value_changes
from store.engine.events.outbox import NewEvent, record_events
from store.engine.money import quantize
from store.engine.stock import stock_adjustments
from store.engine.stock.models import Stock, Warehouse

MAX_ROWS = 20_000
PLAIN_COLUMNS = ("sku", "product", "product_type", "category", "product_name", "variant_name")
SCOPED_COLUMNS = ("price", "published", "stock", "name")
Values = Mapping[str, Any]
Price = tuple[ProductVariant, Channel, Decimal | None]


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: the line of the file."""

    number: int
    values: Values

    @property
    def sku(self) -> str:
        return str(self.values["sku"])


@dataclass(frozen=True, slots=True)
class RowError:
    number: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """A value that the import changes; `before` is None for what was not there."""

    sku: str
    column: str
    before: Any
    after: Any


@dataclass(slots=True)
class Result:
    errors: list[RowError] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    created: list[str] = field(default_factory=list)  # SKUs
    created_products: list[str] = field(default_factory=list)  # slugs


def check(rows: Sequence[Row], *, expected: Sequence[Values] = ()) -> Result:
    """What the import would do, and every error; writes nothing. `expected`: as in `Run`."""
    run = _Check(rows, note="", expected=expected)
    run.run()
    return run.result


def rows_of(stored: Sequence[Values], *, lines: Mapping[str, int]) -> list[Row]:
    """The rows of stored values, those of one SKU joined. `lines`: by SKU, the line of the file it stood on."""
    joined: dict[str, dict[str, Any]] = {}
    for values in stored:
        target = joined.setdefault(str(values["sku"]), {})
        for name, value in values.items():
            is_amount = name.startswith("price:") and value is not None
            target[name] = Decimal(value) if is_amount else value
    return [Row(lines[sku], values) for sku, values in joined.items()]


def value_before(change: Change) -> Any:
    """What an undo writes: stock that was not there is 0, a listing that was not there is off sale."""
    nothing = {"stock": 0, "published": False}.get(change.column.partition(":")[0])
    return nothing if change.before is None else change.before


def json_value(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


class Run:
    """One run over the rows, inside a transaction, which its caller rolls back after errors.

    `expected`: values that must still be there (of an undo, or seen by an editor), as mappings of `sku` and columns.
    """

    def __init__(self, rows: Sequence[Row], *, note: str, expected: Sequence[Values] = ()) -> None:
        self.rows, self.note, self.result = rows, note, Result()
        self.channels = {channel.slug: channel for channel in Channel.objects.all()}
        self.warehouses = {warehouse.slug: warehouse for warehouse in Warehouse.objects.all()}
        self.variants: dict[str, ProductVariant] = {}
        self.touched: set[int] = set()  # product pks
        self.priced: set[tuple[int, int]] = (
            set()
        )  # (product pk, channel pk) that get a price, and are listed by it
        self.renamed: set[int] = set()  # those of them whose searched words change
        self.changed_variants: set[int] = set()
        self.expected = {
            (str(values["sku"]), name): value
            for values in expected
            for name, value in values.items()
            if name != "sku"
        }

    def run(self) -> None:
        self._check_columns()
        if self.result.errors:
            return
        self._find_variants()
        self._create_variants()
        self._write_names()
        self._write_prices()
        self._write_publication()
        self._write_stock()
        if self.result.errors:
            return
        update_lowest_prices(self.touched)
        search.index(sorted(self.renamed))
        record_events(
            [
                NewEvent("PRODUCT_VARIANT_UPDATED", "ProductVariant", pk)
                for pk in sorted(self.changed_variants)
            ]
        )

    def error(self, row: Row, column: str, message: str) -> None:
        self.result.errors.append(RowError(row.number, column, message))

    def _changed(self, row: Row, column: str, before: Any, after: Any) -> bool:
        """Note a change; False if there is none, or if something else than the expected value is there."""
        if before == after:
            return False
        expected = self.expected.get((row.sku, column), before)
        if (
            self.expected
            and json_value(before) != expected
            and _amount_or_none(before) != _amount_or_none(expected)
        ):
            self.error(row, column, f"It is {before} meanwhile, no longer {expected}.")
            return False
        self.result.changes.append(Change(row.sku, column, before, after))
        self._note(row, column, before, after)
        return True

    def _note(self, row: Row, column: str, before: Any, after: Any) -> None:
        value_changes.note("ProductVariant", self.variants[row.sku].pk, {column: (before, after)})

    def _check_columns(self) -> None:
        if not self.rows:
            return
        columns = {name for row in self.rows for name in row.values}
        known: Mapping[str, Mapping[str, Any]] = {
            "price": self.channels,
            "published": self.channels,
            "stock": self.warehouses,
        }
        for column in sorted(columns):
            kind, _, scope = column.partition(":")
            if kind in known and scope not in known[kind]:
                choices = ", ".join(sorted(known[kind]))
                self.error(Row(1, {"sku": ""}), column, f"There is no “{scope}”. Choose one of: {choices}.")

    def _find_variants(self) -> None:
        skus = [row.sku for row in self.rows]
        seen: dict[str, int] = {}
        for row in self.rows:
            if row.sku in seen:
                self.error(row, "sku", f"{row.sku} is on line {seen[row.sku]} already.")
            seen.setdefault(row.sku, row.number)
        found = ProductVariant.objects.select_related("product")
        products_by_pk: dict[
            int, Product
        ] = {}  # one object for all variants of a product: it is changed once
        for part in parts(skus):
            for variant in found.filter(sku__in=part):
                variant.product = products_by_pk.setdefault(variant.product_id, variant.product)
                self.variants[str(variant.sku)] = variant

    def _create_variants(self) -> None:
        new = [row for row in self.rows if row.sku not in self.variants]
        slugs = {str(row.values.get("product") or "") for row in new}
        known = {
            product.slug: product
            for part in parts(list(slugs))
            for product in Product.objects.filter(slug__in=part)
        }
        for row in new:
            slug = str(row.values.get("product") or "")
            if not slug:
                self.error(
                    row,
                    "sku",
                    f"No variant has the SKU {row.sku}. To make one, fill in the column “product”.",
                )
                continue
            with self._operation(row, "product"):
                product = known.get(slug) or self._new_product(row, slug)
                known[slug] = product
                variant = variants.create_in_transaction(
                    product=product, given={"sku": row.sku, "name": row.values.get("variant_name") or ""}
                )
                variant.product = product
                self.variants[row.sku] = variant
                self.result.created.append(row.sku)
                self.touched.add(product.pk)
                self.renamed.add(product.pk)

    def _new_product(self, row: Row, slug: str) -> Product:
        values = row.values
        product_type = ProductType.objects.filter(slug=values.get("product_type") or "").first()
        if product_type is None:
            raise OperationError(
                f"There is no product “{slug}”. To make it, fill in “product_type” with one of: "
                + ", ".join(ProductType.objects.order_by("slug").values_list("slug", flat=True)[:20])
            )
        category = Category.objects.filter(slug=values.get("category") or "").first()
        product = products.create_in_transaction(
            product_type=product_type,
            given={"name": values.get("product_name") or slug, "slug": slug},
            links=products.Links(category=category),
        )
        self.result.created_products.append(slug)
        return product

    def _known(self) -> Iterator[tuple[Row, ProductVariant]]:
        for row in self.rows:
            if variant := self.variants.get(row.sku):
                yield row, variant

    def _write_names(self) -> None:
        created = set(self.result.created)
        translated = self._translated_names()
        for row, variant in self._known():
            values, product = row.values, variant.product
            name = values.get("variant_name")
            if name and row.sku not in created and self._changed(row, "variant_name", variant.name, name):
                with self._operation(row, "variant_name"):
                    variants.update_in_transaction(variant=variant, given={"name": name})
                self._touch(variant, renamed=True)
            title = values.get("product_name")
            if title and self._changed(row, "product_name", product.name, title):
                with self._operation(row, "product_name"):
                    products.update_in_transaction(product=product, given={"name": title})
                self._touch(variant, renamed=True)
            self._translate(row, variant, translated)

    def _translated_names(self) -> dict[tuple[int, str], str | None]:
        """The names of the products by product pk and language, of the languages that the file names."""
        pks = [variant.product_id for _, variant in self._known()]
        languages = {
            language
            for row in self.rows
            for kind, _, language in (column.partition(":") for column in row.values)
            if kind == "name"
        }
        return {
            (int(pk), language): found.name
            for language in sorted(languages)
            for part in parts(sorted(set(pks)))
            for pk, found in translations.find(kind="Product", pks=part, language=language).items()
        }

    def _translate(
        self, row: Row, variant: ProductVariant, translated: dict[tuple[int, str], str | None]
    ) -> None:
        for language, value in self._of_kind(row, "name"):
            place, column = (variant.product_id, language), f"name:{language}"
            if self._changed(row, column, translated.get(place), value or None):
                with self._operation(row, column):
                    translations.translate_in_transaction(
                        kind="Product",
                        pk=variant.product_id,
                        language=language,
                        values={"name": value or None},
                    )
                translated[place] = value or None
                self._touch(variant, renamed=True)

    def _write_prices(self) -> None:
        pks = [variant.pk for _, variant in self._known()]
        prices: dict[tuple[int, int], Decimal | None] = {}
        for part in parts(pks):
            rows = VariantChannelListing.objects.filter(variant__in=part)
            prices |= {
                (pk, channel): price if price is None else quantize(price, currency)
                for pk, channel, price, currency in rows.values_list(
                    "variant_id", "channel_id", "price_amount", "currency"
                )
            }
        written: list[Price] = []
        for row, variant in self._known():
            for slug, price in self._of_kind(row, "price"):
                channel, column = self.channels[slug], f"price:{slug}"
                if error := channel_listings.amount_error(price, channel, column):
                    self.error(row, column, error.message)
                elif self._changed(row, column, prices.get((variant.pk, channel.pk)), price):
                    written.append((variant, channel, price))
                    self._touch(variant)
                    if price is not None:
                        self.priced.add((variant.product_id, channel.pk))
        self._save_prices(written)

    def _save_prices(self, written: Sequence[Price]) -> None:
        """Products, new and old, that are not listed yet in a channel where they get a price are, off sale."""
        currencies = {channel.pk: channel.currency_code for channel in self.channels.values()}
        ProductChannelListing.objects.bulk_create(
            [
                ProductChannelListing(product_id=product, channel_id=channel, currency=currencies[channel])
                for product, channel in sorted(self.priced)
            ],
            ignore_conflicts=True,
            batch_size=1000,
        )
        VariantChannelListing.objects.bulk_create(
            [
                VariantChannelListing(
                    variant=variant, channel=channel, currency=channel.currency_code, price_amount=price
                )
                for variant, channel, price in written
            ],
            update_conflicts=True,
            unique_fields=["variant", "channel"],
            update_fields=["price_amount"],
            batch_size=1000,
        )

    def _write_publication(self) -> None:
        on_sale: dict[tuple[int, int], bool] = {}
        for part in parts(sorted({variant.product_id for _, variant in self._known()})):
            listings = ProductChannelListing.objects.filter(product__in=part)
            on_sale |= {
                (product, channel): is_published
                for product, channel, is_published in listings.values_list(
                    "product_id", "channel_id", "is_published"
                )
            }
        on_sale = dict.fromkeys(self.priced, False) | on_sale
        for row, variant in self._known():
            for slug, published in self._of_kind(row, "published"):
                channel, column = self.channels[slug], f"published:{slug}"
                before = on_sale.get((variant.product_id, channel.pk))
                if published is None or (before is None and not published):
                    continue
                if not self._changed(row, column, before, published):
                    continue
                on_sale[variant.product_id, channel.pk] = published
                shown = {"visible_in_listings": True, "is_available_for_purchase": True} if published else {}
                given = {"is_published": published} | shown
                with self._operation(row, column):
                    channel_listings.update_listings_in_transaction(
                        product=variant.product, listings=[channel_listings.ListingInput(channel, given)]
                    )
                self._touch(variant)

    def _write_stock(self) -> None:
        wanted = [
            (row, variant, self.warehouses[slug], quantity)
            for row, variant in self._known()
            for slug, quantity in self._of_kind(row, "stock")
            if quantity is not None
        ]
        stocks: dict[tuple[int, Any], Stock] = {}
        for part in parts([variant.pk for _, variant, _, _ in wanted]):
            rows = Stock.objects.filter(variant__in=part)
            stocks |= {(stock.variant_id, stock.warehouse_id): stock for stock in rows}
        differences = []
        for row, variant, warehouse, quantity in wanted:
            stock = stocks.get((variant.pk, warehouse.pk))
            before = stock.quantity if stock else None
            if quantity < 0:
                self.error(row, f"stock:{warehouse.slug}", "Stock can't be below 0.")
            elif self._changed(row, f"stock:{warehouse.slug}", before, quantity):
                change = quantity - (before or 0)
                differences.append(
                    stock_adjustments.Difference(
                        variant.pk, warehouse.pk, change, "adjusted", self.note[:255]
                    )
                )
        if differences and not self.result.errors:
            self._save_stock(differences, stocks)

    def _save_stock(
        self,
        differences: Sequence[stock_adjustments.Difference],
        stocks: Mapping[tuple[int, Any], Stock],  # as they are, by variant and warehouse
    ) -> None:
        try:
            with transaction.atomic():
                stock_adjustments.apply(differences)
        except stock_adjustments.BelowAllocated as error:
            self._refuse_below_allocated(error.stocks)

    def _refuse_below_allocated(self, stocks: Sequence[Stock]) -> None:
        lines = {self.variants[row.sku].pk: row for row in self.rows}
        places = {warehouse.pk: slug for slug, warehouse in self.warehouses.items()}
        for stock in stocks:
            self.error(
                lines[stock.variant_id],
                f"stock:{places[stock.warehouse_id]}",
                f"{stock.quantity_allocated} are promised to orders. Count it at its own page.",
            )

    @staticmethod
    def _of_kind(row: Row, kind: str) -> Iterator[tuple[str, Any]]:
        for column, value in row.values.items():
            name, _, scope = column.partition(":")
            if name == kind and scope:
                yield scope, value

    def _touch(self, variant: ProductVariant, *, renamed: bool = False) -> None:
        self.touched.add(variant.product_id)
        self.changed_variants.add(variant.pk)
        if renamed:
            self.renamed.add(variant.product_id)

    @contextmanager
    def _operation(self, row: Row, column: str) -> Iterator[None]:
        """A block that is rolled back by its errors, which are noted."""
        with self._errors_of(row, column), transaction.atomic():
            yield

    @contextmanager
    def _errors_of(self, row: Row, column: str) -> Iterator[None]:
        try:
            yield
        except OperationErrors as group:
            for error in group.errors:
                self.error(row, column, error.message)
        except OperationError as error:
            self.error(row, column, error.message)


class _Check(Run):
    """The same run without its effects. Only the operations lock, each for its own moment."""

    def run(self) -> None:
        self._check_columns()
        if self.result.errors:
            return
        self._find_variants()
        rows, self.rows = self.rows, [row for row in self.rows if row.sku in self.variants]
        self._write_names()
        self._write_prices()
        self._write_publication()
        self._write_stock()
        for group in self._new_by_product(rows):
            self._try(group)

    def _new_by_product(self, rows: Sequence[Row]) -> list[list[Row]]:
        new = {row.sku: row for row in reversed(rows) if row.sku not in self.variants}
        groups: dict[str, list[Row]] = {}
        for row in reversed(new.values()):
            groups.setdefault(str(row.values.get("product") or ""), []).append(row)
        return list(groups.values())

    def _try(self, rows: Sequence[Row]) -> None:
        """What would be made of the new variants of one product."""
        run = Run(rows, note="")
        with transaction.atomic(durable=True):
            run.run()
            transaction.set_rollback(True)
        self.result.errors += run.result.errors
        self.result.changes += run.result.changes
        self.result.created += run.result.created
        self.result.created_products += run.result.created_products

    def _note(self, row: Row, column: str, before: Any, after: Any) -> None:
        pass

    def _save_prices(self, written: Sequence[Price]) -> None:
        pass

    def _save_stock(
        self,
        differences: Sequence[stock_adjustments.Difference],
        stocks: Mapping[tuple[int, Any], Stock],
    ) -> None:
        self._refuse_below_allocated(stock_adjustments.below_allocated(differences, stocks))

    @contextmanager
    def _operation(self, row: Row, column: str) -> Iterator[None]:
        with super()._operation(row, column):
            yield
            transaction.set_rollback(True)


def _amount_or_none(value: Any) -> Decimal | None:
    """Amounts compare by value: 31.500 is 31.50."""
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except ArithmeticError:
        return None


def parts(values: Sequence[Any], size: int = 5000) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
