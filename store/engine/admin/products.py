"""Admin of products: publication in channels, and editing of texts and prices."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.engine.admin import forms
from store.engine.admin.base import ReadOnlyAdmin, View, column, posted_data, require_post, run_operation
from store.engine.admin.templatetags.admin_format import money
from store.engine.admin.wording import save_texts, waiver_context
from store.engine.catalog import channel_listings, products
from store.engine.catalog.models import Product, ProductChannelListing, VariantChannelListing
from store.engine.money import quantize
from store.engine.stock.models import Stock


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    template = "shop_admin/product.html"
    list_display = ("name", "category", "published_in", "variant_count", "free")
    list_filter = ("category", "channel_listings__is_published", "channel_listings__channel")
    search_fields = ("name", "slug", "variants__sku")
    search_help_text = "Name or SKU"
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        stock = Stock.objects.filter(variant__product=OuterRef("pk")).order_by().values("variant__product")
        left = stock.annotate(n=Sum("quantity") - Sum("quantity_allocated")).values("n")
        rows = Product.objects.select_related("category").prefetch_related("channel_listings__channel")
        return rows.annotate(
            variant_total=Count("variants", distinct=True), free_total=Coalesce(Subquery(left), 0)
        )

    @column("On sale in")
    def published_in(self, product: Product) -> str:
        names = [listing.channel.name for listing in product.channel_listings.all() if listing.is_published]
        return ", ".join(names) or "nowhere"

    @column("Variants", ordering="variant_total")
    def variant_count(self, product: Product) -> int:
        count: int = product.variant_total  # type: ignore[attr-defined]
        return count

    @column("Free pieces", ordering="free_total")
    def free(self, product: Product) -> int:
        count: int = product.free_total  # type: ignore[attr-defined]
        return count

    def row_views(self) -> dict[str, View]:
        return {"words": self.edit_texts, "price": self.edit_price, "publish": self.toggle_published}

    def row_context(self, request: HttpRequest, row: Product) -> dict[str, Any]:
        variants = row.variants.prefetch_related("channel_listings__channel", "stocks__warehouse")
        return {
            "variants": variants,
            "listings": row.channel_listings.select_related("channel"),
            "picture": row.media.filter(type="IMAGE").first(),
        }

    def edit_texts(self, request: HttpRequest, product: Product) -> HttpResponse:
        initial = {name: getattr(product, name) for name in ("name", "seo_title", "seo_description")}
        form = forms.ProductTextForm(posted_data(request), initial=initial)
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
                lambda: products.update(product=product, given=given),
                success_message="The words are changed.",
            )
            if failure is None:
                return self._redirect(product)
            product.refresh_from_db()
        title, problem = f"Words of {product.name}", failure.problem if failure else None
        claims = waiver_context(request, failure, waiver_form)
        return self._render_form(request, product, form, problem, title=title, **claims)

    def edit_price(self, request: HttpRequest, product: Product) -> HttpResponse:
        listing = self._listing(request, product)
        form = forms.PriceForm(
            posted_data(request), old=_price_in_currency(listing), currency=listing.currency
        )
        problem = None
        if request.method == "POST" and form.is_valid():
            price_input = channel_listings.PriceInput(listing.channel, {"price": form.cleaned_data["price"]})
            problem = run_operation(
                request,
                lambda: channel_listings.update_prices(variant=listing.variant, prices=[price_input]),
                success_message=f"{listing.variant} costs {money(form.cleaned_data['price'], listing.currency)} now.",
            )
            if problem is None:
                return self._redirect(product)
        title = f"Price of {listing.variant} in {listing.channel}, {listing.currency}"
        return self._render_form(request, product, form, problem, title=title, hidden={"listing": listing.pk})

    def toggle_published(self, request: HttpRequest, product: Product) -> HttpResponse:
        require_post(request)
        number = request.POST.get("listing", "")
        listing = get_object_or_404(
            ProductChannelListing.objects.select_related("channel"),
            product=product,
            pk=int(number) if number.isdecimal() else 0,
        )
        publish = not listing.is_published
        given = {"is_published": publish}
        problem = run_operation(
            request,
            lambda: channel_listings.update_listings(
                product=product, listings=[channel_listings.ListingInput(listing.channel, given)]
            ),
            success_message=f"{product.name} is {'on' if publish else 'off'} sale in {listing.channel.name}.",
        )
        if problem:
            self.message_user(request, problem, level="ERROR")
        return self._redirect(product)

    def _listing(self, request: HttpRequest, product: Product) -> VariantChannelListing:
        number = request.POST.get("listing") or request.GET.get("listing") or ""
        rows = VariantChannelListing.objects.select_related("channel", "variant").filter(
            variant__product=product
        )
        return get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)

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
    """The price with the currency's decimal places: 31.50, not 31.500."""
    return None if listing.price_amount is None else quantize(listing.price_amount, listing.currency)
