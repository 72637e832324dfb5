"""The page of a product's pictures: one more, their words in each language, their order."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.engine.admin import one_time_forms
from store.engine.admin.base import Failure, ReadOnlyAdmin, posted_data, require_post, run_operation
from store.engine.admin.product_forms import AltForm, PictureForm, WordsForm, other_languages
from store.engine.catalog import media
from store.engine.catalog.models import Product, ProductMedia
from store.saleor.whole_numbers import whole_number


class ProductPictures(ReadOnlyAdmin):
    """The views of `ProductAdmin` for pictures."""

    def pictures(self, request: HttpRequest, product: Product) -> HttpResponse:
        """All pictures in their order, and a form for one more."""
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(request.path)
        form = PictureForm(posted_data(request), request.FILES or None)
        failure = None
        if request.method == "POST" and form.is_valid():
            failure = run_operation(
                request,
                lambda: media.create(
                    product=product,
                    picture=form.cleaned_data["picture"],
                    alt=form.cleaned_data["alt"],
                    translated_alts=form.translated(),
                ),
                success_message="The picture is added.",
            )
            if failure is None:
                return HttpResponseRedirect(request.path)
        return self._pictures_page(request, product, form=form, failure=failure)

    def _pictures_page(
        self,
        request: HttpRequest,
        product: Product,
        *,
        form: PictureForm | None = None,
        failure: Failure | None = None,
        typed: dict[int, WordsForm] | None = None,
    ) -> HttpResponse:
        """`typed`: what was typed and could not be saved, by pk of its picture."""
        forms = typed or {}
        refused = bool(failure or forms or (form and form.errors))
        return self.render_page(
            request,
            "shop_admin/pictures.html",
            status=422 if refused else 200,
            title=f"Pictures of {product.name}",
            row=product,
            form=form or PictureForm(),
            problem=failure.message if failure else None,
            pictures=[
                (row, forms.get(row.pk) or words_form(row))
                for row in product.media.order_by("sort_order", "pk")
            ],
            back=self.row_url(product),
        )

    def change_picture(self, request: HttpRequest, product: Product) -> HttpResponse:
        """Move or delete the picture that `act` names (`up-7`), and save the words that were typed at any.

        Words that can't be saved keep no picture from its place: they stay in their fields, with what is wrong.
        """
        require_post(request)
        act, _, number = request.POST.get("act", "").partition("-")
        row = get_object_or_404(product.media, pk=whole_number(number) or 0)
        acts: dict[str, Callable[[], Any]] = {
            "words": lambda: None,
            "first": lambda: _move(product, row, to=0),
            "up": lambda: _move(product, row, by=-1),
            "down": lambda: _move(product, row, by=1),
            "place": lambda: _move(product, row, to=whole_number(request.POST.get("place", "")) or 0),
            "delete": lambda: media.delete(media=row),
        }
        if act not in acts:
            raise Http404
        others = product.media.exclude(pk=row.pk) if act == "delete" else product.media.all()
        typed = _save_words(request, list(others))
        failure = run_operation(request, acts[act])
        if typed:
            return self._pictures_page(request, product, failure=failure, typed=typed)
        if failure:
            messages.error(request, failure.message)
        else:
            messages.success(request, "Done.")
        return HttpResponseRedirect(self.view_url("pictures", product))


def words_form(row: ProductMedia, data: Any = None) -> WordsForm:
    """The words of a picture, in fields that carry its pk."""
    translated = {f"alt_{code}": media.alt_in(row, code) for code, _ in other_languages()}
    return WordsForm(data, prefix=str(row.pk), initial={"alt": row.alt} | translated)


def _save_words(request: HttpRequest, rows: list[ProductMedia]) -> dict[int, WordsForm]:
    """Save what was typed at these pictures; returns the forms that could not be saved, by pk of the picture."""
    refused = {}
    for row in rows:
        if not any(name.startswith(f"{row.pk}-") for name in request.POST):
            continue  # Added by somebody else since the page was opened.
        form = words_form(row, request.POST)
        if form.has_changed() and not _save(request, row, form):
            refused[row.pk] = form
    return refused


def _save(request: HttpRequest, row: ProductMedia, form: AltForm) -> bool:
    if not form.is_valid():
        return False
    changed = form.changed_data  # The others may be newer in the database than on this page.
    failure = run_operation(
        request,
        lambda: media.update(
            media=row,
            alt=form.cleaned_data["alt"] if "alt" in changed else row.alt,
            translated_alts={
                code: words for code, words in form.translated().items() if f"alt_{code}" in changed
            },
        ),
    )
    if failure:
        form.add_error(None, failure.message)
    return failure is None


def _move(product: Product, row: ProductMedia, *, to: int | None = None, by: int = 0) -> None:
    """Move a picture `to` a place, the first being 0, or `by` some places; not beyond either end."""
    rows = list(product.media.order_by("sort_order", "pk"))
    place = rows.index(row)
    target = min(max(place + by if to is None else to, 0), len(rows) - 1)
    if target != place:
        rows.insert(target, rows.pop(place))
        media.reorder(product=product, media=rows)
