"""Products: what is for sale where, and the few things that are safely changed by hand: words and prices."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.engine.admin import forms
from store.engine.admin.base import DeskAdmin, View, carried_out, column, only_post, posted
from store.engine.admin.templatetags.admin_format import money
from store.engine.admin.wording import save_words, shown
from store.engine.catalog import channel_listings, products
from store.engine.catalog.models import Product, ProductChannelListing, VariantChannelListing
from store.engine.money import quantize
from store.engine.stock.models import Stock


@admin.register(Product)
class ProductAdmin(DeskAdmin):
    needs = ("MANAGE_PRODUCTS",)
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
        shown = [one.channel.name for one in product.channel_listings.all() if one.is_published]
        return ", ".join(shown) or "nowhere"

    @column("Variants", ordering="variant_total")
    def variant_count(self, product: Product) -> int:
        count: int = product.variant_total  # type: ignore[attr-defined]
        return count

    @column("Free pieces", ordering="free_total")
    def free(self, product: Product) -> int:
        count: int = product.free_total  # type: ignore[attr-defined]
        return count

    def views(self) -> dict[str, View]:
        return {"words": self.words, "price": self.price, "publish": self.publish}

    def details(self, request: HttpRequest, row: Product) -> dict[str, Any]:
        variants = row.variants.prefetch_related("channel_listings__channel", "stocks__warehouse")
        return {
            "variants": variants,
            "listings": row.channel_listings.select_related("channel"),
            "picture": row.media.filter(type="IMAGE").first(),
        }

    def words(self, request: HttpRequest, product: Product) -> HttpResponse:
        initial = {name: getattr(product, name) for name in ("name", "seo_title", "seo_description")}
        form = forms.ProductWords(posted(request), initial=initial)
        objection, keep = None, forms.Keep()
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            given = {
                "name": said["name"],
                "seo": {"title": said["seo_title"], "description": said["seo_description"]},
            }
            objection, keep = save_words(
                request,
                form,
                lambda: products.update(product=product, given=given),
                said="The words are changed.",
            )
            if objection is None:
                return self._back(product)
            product.refresh_from_db()
        title, problem = f"Words of {product.name}", objection.problem if objection else None
        marks = shown(request, objection, keep)
        return self._form(request, product, form, problem, title=title, **marks)

    def price(self, request: HttpRequest, product: Product) -> HttpResponse:
        listing = self._listing(request, product)
        form = forms.Price(posted(request), initial={"price": _plain(listing)})
        problem = None
        if request.method == "POST" and form.is_valid():
            wanted = channel_listings.Price(listing.channel, {"price": form.cleaned_data["price"]})
            problem = carried_out(
                request,
                lambda: channel_listings.price_variant(variant=listing.variant, prices=[wanted]),
                said=f"{listing.variant} costs {money(form.cleaned_data['price'], listing.currency)} now.",
            )
            if problem is None:
                return self._back(product)
        title = f"Price of {listing.variant} in {listing.channel}, {listing.currency}"
        return self._form(request, product, form, problem, title=title, hidden={"listing": listing.pk})

    def publish(self, request: HttpRequest, product: Product) -> HttpResponse:
        only_post(request)
        number = request.POST.get("listing", "")
        listing = get_object_or_404(
            ProductChannelListing.objects.select_related("channel"),
            product=product,
            pk=int(number) if number.isdecimal() else 0,
        )
        wanted = not listing.is_published
        given = {"is_published": wanted}
        problem = carried_out(
            request,
            lambda: channel_listings.list_product(
                product=product, listings=[channel_listings.Listing(listing.channel, given)]
            ),
            said=f"{product.name} is {'on' if wanted else 'off'} sale in {listing.channel.name}.",
        )
        if problem:
            self.message_user(request, problem, level="ERROR")
        return self._back(product)

    def _listing(self, request: HttpRequest, product: Product) -> VariantChannelListing:
        number = request.POST.get("listing") or request.GET.get("listing") or ""
        rows = VariantChannelListing.objects.select_related("channel", "variant").filter(
            variant__product=product
        )
        return get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)

    def _back(self, product: Product) -> HttpResponse:
        return HttpResponseRedirect(self.page_of(product))

    def _form(
        self, request: HttpRequest, product: Product, form: Any, problem: str | None, **context: Any
    ) -> HttpResponse:
        status = 422 if problem or form.errors else 200
        return self.drawn(
            request,
            "shop_admin/form.html",
            status=status,
            form=form,
            problem=problem,
            back=self.page_of(product),
            button="Save",
            row=product,
            **context,
        )


def _plain(listing: VariantChannelListing) -> Decimal | None:
    """31.50, not 31.500: as many places as the currency has."""
    return None if listing.price_amount is None else quantize(listing.price_amount, listing.currency)
