"""Admin of products: publication in channels, and editing of texts and prices."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.channel_limits import SHARED
from store.engine import ports
from store.engine.admin import forms, seen_values
from store.engine.admin.base import ReadOnlyAdmin, View, column, posted_data, require_post, run_operation
from store.engine.admin.catalog_import_export import CatalogTables
from store.engine.admin.currency_format import format_money
from store.engine.admin.product_editing import ProductEditing, checklist, description_html, languages
from store.engine.admin.wording import save_texts, waiver_context
from store.engine.catalog import channel_listings, products, publication
from store.engine.catalog.models import (
    Product,
    ProductChannelListing,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Channel
from store.engine.errors import ChangedValue
from store.engine.money import quantize
from store.engine.stock.models import Stock
from store.saleor.whole_numbers import whole_number


class MissingFilter(admin.SimpleListFilter):
    title = "what it must have"
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "On sale without it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in={breach.product_id for breach in publication.published_breaches()})


@admin.register(Product)
class ProductAdmin(CatalogTables, ProductEditing, ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    channel_path = SHARED
    template = "shop_admin/product.html"
    list_before_template = "shop_admin/product_links.html"
    list_display = ("name", "category", "published_in", "variant_count", "free")
    list_filter = (MissingFilter, "category", "channel_listings__is_published", "channel_listings__channel")
    search_fields = ("name", "slug", "variants__sku")
    search_help_text = "Name or SKU"
    ordering = ("name",)

    def rows(self, request: HttpRequest) -> QuerySet[Product]:
        listings = ProductChannelListing.objects.select_related("channel")
        return Product.objects.select_related("category").prefetch_related(
            Prefetch("channel_listings", listings)
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Product], search_term: str
    ) -> tuple[QuerySet[Product], bool]:
        """Each word in the name, the slug or an SKU; without joining the variants, which would count twice."""
        for word in search_term.split()[:6]:
            with_sku = ProductVariant.objects.filter(product=OuterRef("pk"), sku__icontains=word)
            queryset = queryset.filter(
                Q(name__icontains=word) | Q(slug__icontains=word) | Q(Exists(with_sku))
            )
        return queryset, False

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with the variants and free pieces of the products it shows, summed for these alone."""
        changes: ChangeList = super().get_changelist_instance(request)
        rows = list(changes.result_list)
        pks = [row.pk for row in rows]
        variants = ProductVariant.objects.filter(product__in=pks).order_by().values_list("product_id")
        counts = dict(variants.annotate(Count("pk")))
        stocks = Stock.objects.filter(variant__product__in=pks).order_by().values_list("variant__product_id")
        free = dict(stocks.annotate(free=Sum(F("quantity") - F("quantity_allocated"))))
        for row in rows:
            row.variant_total, row.free_total = counts.get(row.pk, 0), free.get(row.pk, 0)
        changes.result_list = rows
        return changes

    @column("On sale in")
    def published_in(self, product: Product) -> str:
        names = [listing.channel.name for listing in product.channel_listings.all() if listing.is_published]
        return ", ".join(names) or "nowhere"

    @column("Variants")
    def variant_count(self, product: Product) -> int:
        count: int = product.variant_total  # type: ignore[attr-defined]
        return count

    @column("Free pieces")
    def free(self, product: Product) -> int:
        count: int = product.free_total  # type: ignore[attr-defined]
        return count

    def row_views(self) -> dict[str, View]:
        own = {"words": self.edit_texts, "price": self.edit_price, "publish": self.toggle_published}
        return own | self.editing_views()

    def list_views(self) -> Mapping[str, View]:
        return self.editing_list_views() | self.table_views()

    def row_context(self, request: HttpRequest, row: Product) -> dict[str, Any]:
        variants = list(
            row.variants.prefetch_related(
                Prefetch("channel_listings", VariantChannelListing.objects.select_related("channel")),
                Prefetch("stocks", Stock.objects.select_related("warehouse")),
            )
        )
        listings = list(row.channel_listings.all())
        pictures = list(row.media.all())
        rules = publication.missing(row, [listing.channel for listing in listings])
        return {
            "variants": variants,
            "listings": [
                (listing, ports.connected().preview_url(slug=row.slug, channel=listing.channel.slug))
                for listing in listings
            ],
            "breaches": [
                (listing.channel, rules[listing.channel_id])
                for listing in listings
                if listing.is_published and rules[listing.channel_id]
            ],
            "picture": next((picture for picture in pictures if picture.type == "IMAGE"), None),
            "picture_count": len(pictures),
            "description": description_html(row),
            "checklist": checklist(row, variants, pictures, listings, rules),
            "languages": languages(),
            "unlisted": Channel.objects.exclude(product_listings__product=row).order_by("name"),
        }

    def edit_texts(self, request: HttpRequest, product: Product) -> HttpResponse:
        current = {name: getattr(product, name) for name in ("name", "seo_title", "seo_description")}
        form = forms.ProductTextForm(posted_data(request), initial=current)
        failure, waiver_form = None, forms.WaiverForm()
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            given = {
                "name": data["name"],
                "seo": {"title": data["seo_title"], "description": data["seo_description"]},
            }
            failure, waiver_form = save_texts(
                request,
                form,
                lambda: products.update(product=product, given=given, seen=seen_values.seen_values(request)),
                success_message="The words are changed.",
            )
            if failure is None:
                return self._redirect(product)
            product.refresh_from_db()
        changes = failure.changes if failure else ()
        return self._render_form(
            request,
            product,
            form,
            failure.problem if failure else None,
            title=f"Words of {product.name}",
            **seen_values.form_context(request, form, current=current, changes=changes, row=product),
            **waiver_context(request, failure, waiver_form),
        )

    def edit_price(self, request: HttpRequest, product: Product) -> HttpResponse:
        listing = self._listing(request, product)
        old = _price_in_currency(listing)
        form = forms.PriceForm(posted_data(request), old=old, currency=listing.currency)
        failure = None
        if request.method == "POST" and form.is_valid():
            seen = seen_values.seen_values(request)
            price_input = channel_listings.PriceInput(
                listing.channel,
                {"price": form.cleaned_data["price"]},
                seen=None if seen is None else {"price": _decimal_or_none(seen.get("price"))},
            )
            failure = run_operation(
                request,
                lambda: channel_listings.update_prices(variant=listing.variant, prices=[price_input]),
                success_message=lambda: (
                    f"{listing.variant} costs {format_money(form.cleaned_data['price'], listing.currency)} now."
                ),
            )
            if failure is None:
                return self._redirect(product)
        changes = [
            ChangedValue("price", *(_in_currency(amount, listing) for amount in (change.seen, change.now)))
            for change in (failure.changes if failure else ())
        ]
        context = seen_values.form_context(request, form, current={"price": old}, changes=changes, row=None)
        context["hidden"] |= {"listing": listing.pk}
        title = f"Price of {listing.variant} in {listing.channel}, {listing.currency}"
        problem = failure.message if failure else None
        return self._render_form(request, product, form, problem, title=title, **context)

    def toggle_published(self, request: HttpRequest, product: Product) -> HttpResponse:
        """Put on sale or take off, as the button said: sent twice it stays so."""
        require_post(request)
        number, publish = request.POST.get("listing", ""), request.POST.get("publish") == "1"
        listing = get_object_or_404(
            ProductChannelListing.objects.select_related("channel"),
            product=product,
            pk=whole_number(number) or 0,
        )
        given = {"is_published": publish}
        failure = run_operation(
            request,
            lambda: channel_listings.update_listings(
                product=product, listings=[channel_listings.ListingInput(listing.channel, given)]
            ),
            success_message=f"{product.name} is {'on' if publish else 'off'} sale in {listing.channel.name}.",
        )
        if failure:
            self.message_user(request, failure.message, level="ERROR")
        return self._redirect(product)

    def _listing(self, request: HttpRequest, product: Product) -> VariantChannelListing:
        number = request.POST.get("listing") or request.GET.get("listing") or ""
        rows = VariantChannelListing.objects.select_related("channel", "variant").filter(
            variant__product=product
        )
        return get_object_or_404(rows, pk=whole_number(number) or 0)

    def _redirect(self, product: Product) -> HttpResponse:
        return HttpResponseRedirect(self.row_url(product))

    def _render_form(
        self, request: HttpRequest, product: Product, form: Any, problem: str | None, **context: Any
    ) -> HttpResponse:
        status = 422 if problem or form.errors else 200
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=status,
            form=form,
            problem=problem,
            back=self.row_url(product),
            button="Save",
            row=product,
            **context,
        )


def _price_in_currency(listing: VariantChannelListing) -> Decimal | None:
    return _in_currency(listing.price_amount, listing)


def _in_currency(amount: Decimal | None, listing: VariantChannelListing) -> Decimal | None:
    """With the currency's decimal places: 31.50, not 31.500."""
    return None if amount is None else quantize(amount, listing.currency)


def _decimal_or_none(text: Any) -> Decimal | None:
    try:
        return None if text is None else Decimal(str(text))
    except InvalidOperation:
        return None
