"""The views that make and edit a product: description, attributes, pictures, variants, channels, translations."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.safestring import mark_safe

from store.engine.admin import one_time_forms, product_forms, seen_values
from store.engine.admin.base import (
    View,
    posted_data,
    require_post,
    run_operation,
)
from store.engine.admin.forms import WaiverForm
from store.engine.admin.product_pictures import ProductPictures
from store.engine.admin.wording import save_texts, waiver_context
from store.engine.catalog import channel_listings, media, products, search
from store.engine.catalog.models import (
    Product,
    ProductChannelListing,
    ProductMedia,
    ProductType,
    ProductVariant,
)
from store.engine.channels import translations
from store.engine.channels.models import Channel, Translation
from store.engine.errors import OperationErrors
from store.engine.orders import request_keys
from store.engine.stock import variant_creation
from store.saleor import markdown_rich_text
from store.saleor.whole_numbers import whole_number

SEEN = ("name", "seo_title", "seo_description", "category_id")


class ProductEditing(ProductPictures):
    """The views of `ProductAdmin` that make a product and change all of it but its prices."""

    def editing_list_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"new": self.new_product}

    def editing_views(self) -> dict[str, View]:
        return {
            "describe": self.describe,
            "pictures": self.pictures,
            "picture": self.change_picture,
            "add-variants": self.add_variants,
            "translate": self.translate,
            "list-in": self.list_in_channel,
        }

    def new_product(self, request: HttpRequest) -> HttpResponse:
        """Choose the type, then say what the product is."""
        type_pk = request.GET.get("type", "")
        if whole_number(type_pk) is None:
            return self.render_page(
                request,
                "shop_admin/product_types.html",
                title="New product: of which type?",
                types=ProductType.objects.order_by("name"),
                back=self.list_url(),
            )
        product_type = get_object_or_404(ProductType, pk=int(type_pk))
        form = product_forms.DescribeForm(posted_data(request), product_type=product_type)
        made: list[Product] = []

        def create() -> None:
            key = one_time_forms.key_of(request)
            with transaction.atomic(durable=True):
                used = request_keys.first_result(key, operation="new_product", target=product_type.pk)
                if used is not None:
                    made.append(Product.objects.get(pk=used[0]))
                    return
                product = products.create_in_transaction(
                    product_type=product_type, given=form.given(), links=_links(form)
                )
                search.index([product.pk])
                request_keys.record(key, operation="new_product", target=product_type.pk, result=[product.pk])
                made.append(product)

        return self._save_described(
            request,
            form,
            create,
            done=lambda: self.row_url(made[0]),
            title=f"New product: {product_type.name}",
            button="Make the product",
            back=self.list_url(),
            success="The product is made. It is not for sale yet: add variants, pictures and a channel.",
        )

    def describe(self, request: HttpRequest, product: Product) -> HttpResponse:
        """Name, category, description and attributes of a product."""
        initial: dict[str, Any] = {
            "name": product.name,
            "category": product.category_id,
            "seo_title": product.seo_title,
            "seo_description": product.seo_description,
        }
        problem = ""
        try:
            initial["description"] = markdown_rich_text.to_markdown(product.description)
        except markdown_rich_text.NotEditable as error:
            problem = str(error)
        values = [
            assigned.value
            for assigned in product.assigned_values.select_related("value__attribute").order_by(
                "sort_order", "pk"
            )
        ]
        form = product_forms.DescribeForm(
            posted_data(request),
            product_type=product.product_type,
            values=values,
            initial=initial,
            description_is_editable=not problem,
        )
        current = {name: getattr(product, name) for name in SEEN}

        def update() -> None:
            products.update(
                product=product, given=form.given(), links=_links(form), seen=_seen(request, current)
            )

        return self._save_described(
            request,
            form,
            update,
            done=lambda: self.row_url(product),
            current=current,
            row=product,
            title=f"Describe {product.name}",
            words=problem,
            button="Save",
            back=self.row_url(product),
            success="Saved.",
        )

    def _save_described(
        self,
        request: HttpRequest,
        form: product_forms.DescribeForm | product_forms.TranslationForm,
        operation: Callable[[], Any],
        *,
        done: Callable[[], str],
        success: str,
        current: dict[str, Any] | None = None,
        **context: Any,
    ) -> HttpResponse:
        """Show the form and its preview, or save texts with the wording check."""
        failure, waiver_form = None, WaiverForm()
        if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
            failure, waiver_form = save_texts(request, form, operation, success_message=success)
            if failure is None:
                return HttpResponseRedirect(done())
        if current is not None:
            changes = failure.changes if failure else ()
            context |= seen_values.form_context(
                request, form, current=current, changes=changes, row=context.get("row")
            )
        return self.render_page(
            request,
            "shop_admin/describe.html",
            status=422 if failure or form.errors else 200,
            form=form,
            problem=failure.problem if failure else None,
            preview=_preview(form),
            **context,
            **waiver_context(request, failure, waiver_form),
        )

    def add_variants(self, request: HttpRequest, product: Product) -> HttpResponse:
        """One variant for each combination of the chosen values."""
        form = product_forms.VariantsForm(posted_data(request), product=product)
        failure = None

        def create() -> None:
            results = variant_creation.bulk_create(product=product, inputs=form.variants())
            if errors := [error for result in results for error in result.errors]:
                raise OperationErrors(errors)

        if request.method == "POST" and form.is_valid():
            failure = run_operation(
                request,
                create,
                success_message=lambda: "The variants are added. Receive their stock next.",
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(product))
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if failure or form.errors else 200,
            form=form,
            problem=failure.message if failure else None,
            title=f"Add variants to {product.name}",
            words="One variant is made for each combination of the values you choose.",
            button="Add",
            back=self.row_url(product),
            row=product,
        )

    def translate(self, request: HttpRequest, product: Product) -> HttpResponse:
        """The texts in one language (`?language=de`)."""
        language = request.GET.get("language", "")
        if language not in languages():
            raise Http404
        known = translations.find(kind="Product", pks=[product.pk], language=language).get(str(product.pk))
        values = dict(known.values) if known else {}
        initial, problem = dict(values), ""
        try:
            initial["description"] = markdown_rich_text.to_markdown(values.get("description"))
        except markdown_rich_text.NotEditable as error:
            problem = str(error)
        form = product_forms.TranslationForm(posted_data(request), initial=initial)
        if problem:
            del form.fields["description"]

        def save() -> None:
            given = {name: value or None for name, value in form.cleaned_data.items()}
            with transaction.atomic(durable=True):
                translations.translate_in_transaction(
                    kind="Product", pk=product.pk, language=language, values=given
                )
                search.index([product.pk])

        return self._save_described(
            request,
            form,
            save,
            done=lambda: self.row_url(product),
            row=product,
            title=f"{product.name}, {language.upper()}",
            words=problem or "What is left empty is shown as in the shop's own language.",
            button="Save",
            back=self.row_url(product),
            success="The translation is saved.",
        )

    def list_in_channel(self, request: HttpRequest, product: Product) -> HttpResponse:
        """List the product in a channel, off sale."""
        require_post(request)
        number = request.POST.get("channel", "")
        channel = get_object_or_404(Channel, pk=whole_number(number) or 0)
        given = {"is_published": False, "visible_in_listings": True, "is_available_for_purchase": True}
        failure = run_operation(
            request,
            lambda: channel_listings.update_listings(
                product=product, listings=[channel_listings.ListingInput(channel, given)]
            ),
            success_message=f"{product.name} is listed in {channel.name}, off sale.",
        )
        if failure:
            self.message_user(request, failure.message, level="ERROR")
        return HttpResponseRedirect(self.row_url(product))


def languages() -> list[str]:
    """Languages to translate into."""
    used = Translation.objects.order_by().values_list("language_code", flat=True).distinct()
    return sorted({*(code for code, _ in product_forms.other_languages()), *used})


def checklist(
    product: Product,
    variants: Sequence[ProductVariant],
    media_rows: Sequence[ProductMedia],
    listings: Sequence[ProductChannelListing],
    missing: Mapping[int, Sequence[str]],
) -> list[tuple[str, list[tuple[str, bool]]]]:
    """What the product needs to be sold, and whether it is there: everywhere, then in each of its channels.

    `variants` with their prices and stocks; `missing`: what the publication rule says, by channel pk.
    """
    pictures = [row for row in media_rows if row.type == "IMAGE"]
    common = [
        ("a category", product.category_id is not None),
        ("a description", bool(product.description)),
        ("a picture", bool(pictures)),
        ("words for each picture in each language", all(_has_words(picture) for picture in pictures)),
        ("a variant", bool(variants)),
        ("stock of a variant", any(stock.quantity for variant in variants for stock in variant.stocks.all())),
    ]
    found = [("Everywhere", common)] if listings else []
    for listing in listings:
        priced = any(
            row.channel_id == listing.channel_id and row.price_amount is not None
            for variant in variants
            for row in variant.channel_listings.all()
        )
        rules = [(message, False) for message in missing[listing.channel_id]]
        steps = [("a price", priced), *(rules or [("what the safety rules ask for", True)])]
        found.append((listing.channel.name, steps))
    return found


def _has_words(picture: ProductMedia) -> bool:
    languages = [code for code, _ in product_forms.other_languages()]
    return bool(picture.alt) and all(media.alt_in(picture, code) for code in languages)


def _links(form: product_forms.DescribeForm) -> products.Links:
    return products.Links(category=form.cleaned_data["category"], attribute_values=form.attribute_values())


def _seen(request: HttpRequest, current: dict[str, Any]) -> dict[str, Any] | None:
    """What the form was rendered with, with the category as a number."""
    seen = seen_values.seen_values(request)
    if seen is None:
        return None
    category = str(seen.get("category_id") or "")
    return {name: seen.get(name) for name in current} | {"category_id": whole_number(category)}


def description_html(product: Product) -> str:
    """The description as the shop shows it, through the form's Markdown, which keeps no markup of others."""
    try:
        words = markdown_rich_text.to_markdown(product.description)
    except markdown_rich_text.NotEditable as error:
        return str(error)
    # Safe: `to_editorjs` escapes whatever is in the words.
    return mark_safe(markdown_rich_text.to_html(markdown_rich_text.to_editorjs(words)))  # noqa: S308


def _preview(form: Form) -> str:
    document = getattr(form, "cleaned_data", {}).get("description") if form.is_bound else None
    # Safe: `to_editorjs` escapes whatever was typed.
    return mark_safe(markdown_rich_text.to_html(document)) if document else ""  # noqa: S308
