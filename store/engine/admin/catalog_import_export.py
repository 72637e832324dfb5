"""The table of variants: export, import with a check first, undo of the last import, and editing in a grid."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.widgets import UnfoldAdminTextareaWidget

from store.engine.accounts import actor_names
from store.engine.accounts.requestor import acting_as, requestor_for_user
from store.engine.admin import csv_xlsx, table_files
from store.engine.admin.base import ReadOnlyAdmin, View, posted_data, require_post, run_operation
from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.channels.models import Channel, Translation
from store.engine.events.current_actor import Actor
from store.engine.money import quantize
from store.engine.stock import catalog_import, import_journal
from store.engine.stock.catalog_import import Result, Row, RowError
from store.engine.stock.models import CatalogImport, Stock, Warehouse
from store.saleor.whole_numbers import whole_number
from store.typed_numbers import UnreadableNumber, parse_number

YES, NO = ("yes", "true", "1", "x", "ja", "sí", "si"), ("no", "false", "0", "nein")
MAX_SHOWN = 200
GRID_ROWS = 50
EXPORT_CHUNK = 1000  # variants
VARIANT_COLUMNS = {
    "sku": "sku",
    "product": "product__slug",
    "product_type": "product__product_type__slug",
    "category": "product__category__slug",
    "product_name": "product__name",
    "variant_name": "name",
}


class ImportForm(forms.Form):
    """A file, or rows pasted from a spreadsheet."""

    file = forms.FileField(
        required=False, label="File", help_text="CSV or XLSX; the first row names the columns."
    )
    pasted = forms.CharField(
        required=False,
        max_length=1_000_000,
        label="Or paste from a spreadsheet",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not (data.get("pasted") or "").strip():
            raise forms.ValidationError("Choose a file, or paste rows.")
        return data

    def content(self) -> tuple[str, bytes]:
        """(name, content) of what was given."""
        if file := self.cleaned_data["file"]:
            return str(file.name), file.read()
        return "Pasted rows", str(self.cleaned_data["pasted"]).encode()


class CatalogTables(ReadOnlyAdmin):
    """The views of the table."""

    def table_views(self) -> dict[str, View]:
        return {
            "export": self.export,
            "import": self.import_file,
            "import-apply": self.apply_import,
            "import-undo": self.undo_import,
            "grid": self.grid,
        }

    def export(self, request: HttpRequest) -> FileResponse:
        """All variants with prices, stock, publication and translated names; the import reads the same columns."""
        rows = export_rows(ProductVariant.objects.all())
        if request.GET.get("format") == "xlsx":
            return table_files.xlsx_response(rows, name="variants.xlsx")
        return table_files.csv_response(rows, name="variants.csv")

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Step 1: the file is checked and kept; nothing is changed."""
        form = ImportForm(posted_data(request), request.FILES or None)
        result, stored = None, None
        if request.method == "POST" and form.is_valid():
            name, content = form.content()
            try:
                rows, errors = read_rows(csv_xlsx.read(content, max_rows=catalog_import.MAX_ROWS))
            except csv_xlsx.UnreadableFile as error:
                form.add_error(None, str(error))
            else:
                with acting_as(requestor_for_user(request.user)):  # type: ignore[arg-type]
                    result = Result(errors=errors) if errors else catalog_import.check(rows)
                    if not result.errors and result.changes:
                        stored = import_journal.store(file_name=name, rows=rows)
        return self._render_import(request, form, result, stored)

    def _render_import(
        self, request: HttpRequest, form: ImportForm, result: Result | None, stored: CatalogImport | None
    ) -> HttpResponse:
        failed = bool(form.errors or (result and result.errors))
        done = Count("pieces", filter=Q(pieces__is_applied=True))
        past = list(
            CatalogImport.objects.exclude(state=CatalogImport.State.CHECKED, errors=[])
            .annotate(pieces_done=done, pieces_total=Count("pieces"))
            .order_by("-pk")[:10]
        )
        names = actor_names.names(Actor(row.principal_kind, row.principal_pk) for row in past)
        return self.render_page(
            request,
            "shop_admin/import.html",
            status=422 if failed else 200,
            title="Import prices, stock and variants",
            form=form,
            result=result,
            stored=stored,
            shown_errors=sorted(result.errors, key=lambda error: error.number)[:MAX_SHOWN] if result else [],
            shown_changes=result.changes[:MAX_SHOWN] if result else [],
            past=[(row, names.get(Actor(row.principal_kind, row.principal_pk), "")) for row in past],
            last=next((row for row in past if row.state == CatalogImport.State.APPLIED), None),
            running=any(row.state in import_journal.RUNNING for row in past),
            columns=columns(),
            back=self.list_url(),
        )

    def apply_import(self, request: HttpRequest) -> HttpResponse:
        """Step 2: the checked file is applied, all of it or nothing."""
        return self._run(request, import_journal.apply, "applied")

    def undo_import(self, request: HttpRequest) -> HttpResponse:
        return self._run(request, import_journal.undo, "undone")

    def _run(self, request: HttpRequest, operation: Callable[..., Result], word: str) -> HttpResponse:
        require_post(request)
        number = request.POST.get("import", "")
        results: list[Result] = []
        failure = run_operation(
            request,
            lambda: results.append(operation(import_id=whole_number(number) or 0)),
        )
        if failure:
            self.message_user(request, failure.message, level="ERROR")
        elif results[0].errors:
            return self._render_import(request, ImportForm(), results[0], None)
        else:
            self.message_user(request, f"{_values(results[0])} {word}.", level="SUCCESS")
        return HttpResponseRedirect(self.list_url("import"))

    def grid(self, request: HttpRequest) -> HttpResponse:
        """Prices, stock and publication of many variants on one page; a block copied in a spreadsheet can be pasted."""
        typed = request.GET.get("q", "").strip()
        found = _search(typed)
        page = Paginator(found, GRID_ROWS).get_page(request.GET.get("page"))
        names, *rows = export_rows(ProductVariant.objects.filter(pk__in=[row.pk for row in page]))
        editable = [
            place for place, name in enumerate(names) if name.startswith(("price:", "published:", "stock:"))
        ]
        result = None
        if request.method == "POST":
            result = self._save_grid(request, names, rows, editable)
            if not result.errors:
                self.message_user(request, f"{_values(result)} changed.", level="SUCCESS")
                return HttpResponseRedirect(request.get_full_path())
        return self.render_page(
            request,
            "shop_admin/grid.html",
            status=422 if result else 200,
            title="Prices, stock and sale of many variants",
            heads=[names[place] for place in editable],
            rows=[_GridRow(row, names, editable, request.POST) for row in rows],
            errors=result.errors if result else [],
            page=page,
            typed=typed,
            back=self.list_url(),
        )

    def _save_grid(
        self,
        request: HttpRequest,
        names: Sequence[str],
        rows: Sequence[Sequence[Any]],
        editable: Sequence[int],
    ) -> Result:
        """Only cells that differ from what the page showed are written; what a colleague changed there stays."""
        changed, seen = [], []
        for row in rows:
            for name in (names[place] for place in editable):
                value, shown = (request.POST.get(f"{prefix}{row[0]}|{name}") for prefix in ("", "seen|"))
                if value is not None and value.strip() != (shown or ""):
                    changed.append((str(row[0]), name, value.strip()))
                    seen.append((str(row[0]), name, shown or ""))
        parsed, errors = read_cells(changed)
        if errors or not parsed:
            return Result(errors=errors)
        expected = [row.values for row in read_cells(seen)[0]]
        with acting_as(requestor_for_user(request.user)):  # type: ignore[arg-type]
            checked = catalog_import.check(parsed, expected=expected)
            if checked.errors or not checked.changes:
                return checked
            stored = import_journal.store(file_name="Grid", rows=parsed)
            return import_journal.apply(import_id=stored.pk, expected=expected)


def _values(result: Result) -> str:
    count = len(result.changes)
    return "1 value" if count == 1 else f"{count} values"


class _GridRow:
    """A row of the grid: heading cells, and for each editable cell (field name, value to show, value as it is)."""

    def __init__(
        self, row: Sequence[Any], names: Sequence[str], editable: Sequence[int], posted: Mapping[str, Any]
    ) -> None:
        self.sku, self.title = row[0], " · ".join(str(cell) for cell in (row[4], row[5]) if cell)
        self.cells = []
        for place in editable:
            shown = _cell_text(row[place])
            name = f"{row[0]}|{names[place]}"
            self.cells.append((name, posted.get(name, shown), shown, names[place]))


def _search(typed: str) -> QuerySet[ProductVariant]:
    rows = ProductVariant.objects.exclude(sku=None).exclude(sku="").order_by("sku")
    if typed:
        rows = rows.filter(
            Q(sku__icontains=typed) | Q(name__icontains=typed) | Q(product__name__icontains=typed)
        )
    return rows


def columns() -> list[str]:
    """The columns of export and import."""
    channels = list(Channel.objects.order_by("slug").values_list("slug", flat=True))
    warehouses = list(Warehouse.objects.order_by("slug").values_list("slug", flat=True))
    languages = Translation.objects.filter(kind="Product").order_by("language_code")
    return [
        *catalog_import.PLAIN_COLUMNS,
        *(f"price:{slug}" for slug in channels),
        *(f"published:{slug}" for slug in channels),
        *(f"stock:{slug}" for slug in warehouses),
        *(f"name:{code}" for code in languages.values_list("language_code", flat=True).distinct()),
    ]


def export_rows(variants: QuerySet[ProductVariant]) -> Iterator[list[Any]]:
    """The names of the columns, then a row for each variant; a few statements for each EXPORT_CHUNK of them, so that a
    large shop is never in memory as a whole. Chunks are read by key: no cursor has to stay open between statements.
    """
    names = columns()
    yield names
    pks = list(variants.order_by("product__name", "sort_order", "pk").values_list("pk", flat=True))
    for start in range(0, len(pks), EXPORT_CHUNK):
        chunk = pks[start : start + EXPORT_CHUNK]
        cells = _cells_of(chunk)
        # One that is missing was deleted meanwhile.
        yield from ([cells[pk].get(name) for name in names] for pk in chunk if pk in cells)


def _cells_of(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By variant its cells by column; from plain values, which need a part of the memory that rows do."""
    cells: dict[int, dict[str, Any]] = {}
    of_product: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = ProductVariant.objects.filter(pk__in=pks).values_list(
        "pk", "product_id", *VARIANT_COLUMNS.values()
    )
    for pk, product, *values in found:
        cells[pk] = dict(zip(VARIANT_COLUMNS, values, strict=True))
        of_product[product].append(cells[pk])
    prices = VariantChannelListing.objects.filter(variant__in=pks).exclude(price_amount=None)
    for pk, channel, amount, currency in prices.values_list(
        "variant_id", "channel__slug", "price_amount", "currency"
    ):
        cells[pk][f"price:{channel}"] = quantize(amount, currency)
    stocks = Stock.objects.filter(variant__in=pks)
    for pk, warehouse, quantity in stocks.values_list("variant_id", "warehouse__slug", "quantity"):
        cells[pk][f"stock:{warehouse}"] = quantity
    for product, column, value in _cells_of_products(list(of_product)):
        for one in of_product[product]:
            one[column] = value
    return cells


def _cells_of_products(pks: Sequence[int]) -> Iterator[tuple[int, str, Any]]:
    """(product, column, value): where it is published, and its translated names."""
    listings = ProductChannelListing.objects.filter(product__in=pks)
    for pk, channel, is_published in listings.values_list("product_id", "channel__slug", "is_published"):
        yield pk, f"published:{channel}", is_published
    names = Translation.objects.filter(kind="Product", object_pk__in=[str(pk) for pk in pks])
    for product, code, values in names.values_list("object_pk", "language_code", "values"):
        yield int(product), f"name:{code}", values.get("name")


def read_rows(table: Sequence[Sequence[str]]) -> tuple[list[Row], list[RowError]]:
    """The rows of a file by the names in its first row; every wrong cell is named."""
    names = [name.strip() for name in table[0]]
    errors = [
        RowError(1, name, "There is no such column. See the list of columns below.")
        for name in names
        if name
        and name not in catalog_import.PLAIN_COLUMNS
        and name.partition(":")[0] not in catalog_import.SCOPED_COLUMNS
    ]
    errors += [
        RowError(1, name, "This column is there twice.")
        for name in {*names}
        if name and names.count(name) > 1
    ]
    if "sku" not in names:
        errors.append(
            RowError(1, "sku", "The first row must name the columns, and one of them must be “sku”.")
        )
    if errors:
        return [], errors
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cells):
            continue
        values: dict[str, Any] = {}
        for name, cell in zip(names, cells, strict=False):
            if not name or cell == "":
                continue
            try:
                values[name] = _parse(name, cell)
            except ValueError as error:
                errors.append(RowError(number, name, str(error)))
        if not values.get("sku"):
            errors.append(RowError(number, "sku", "The SKU is missing."))
        rows.append(Row(number, values))
    return rows, errors


def _is_column(name: str) -> bool:
    kind, _, scope = name.partition(":")
    return name in catalog_import.PLAIN_COLUMNS or bool(scope and kind in catalog_import.SCOPED_COLUMNS)


def read_cells(cells: Iterable[Sequence[str]]) -> tuple[list[Row], list[RowError]]:
    """Rows from single cells (SKU, column, text)."""
    errors: list[RowError] = []
    joined: dict[str, dict[str, Any]] = {}
    for sku, name, text in cells:
        try:
            joined.setdefault(sku, {"sku": sku})[name] = _parse(name, text) if text else None
        except ValueError as error:
            errors.append(RowError(0, f"{sku}, {name}", str(error)))
    return [Row(number, values) for number, values in enumerate(joined.values(), start=1)], errors


def _parse(column: str, text: str) -> Any:
    """The value of a cell. Raises ValueError with a sentence."""
    kind = column.partition(":")[0]
    if kind == "published":
        if text.lower() not in YES + NO:
            raise ValueError(f"Write yes or no, not {text[:30]}.")
        return text.lower() in YES
    if kind in ("price", "stock"):
        try:
            number = parse_number(text, decimal_point_known=kind == "price" and "." in text)
        except UnreadableNumber as error:
            raise ValueError(error.question) from None
        if kind == "price":
            return number
        if number != number.to_integral_value():
            raise ValueError(f"Whole pieces only: {text[:30]} is not.")
        return int(number)
    if len(text) > 250:
        raise ValueError("At most 250 characters.")
    return text


def _cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)
