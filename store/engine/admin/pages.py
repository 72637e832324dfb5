"""Admin of pages: what search engines show of each, and the words of the pages that the merchant writes.

Guides and safety inserts are written in guides/, so that page, print and mail say the same; only their title is here.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from unfold.widgets import UnfoldAdminTextInputWidget

from store.channel_limits import SHARED
from store.engine.admin.base import View, column, posted_data
from store.engine.admin.forms import WaiverForm
from store.engine.admin.product_editing import languages
from store.engine.admin.rich_text_field import RichTextField
from store.engine.admin.settings_admin import Fields, SettingAdmin, switch
from store.engine.admin.stock_forms import text
from store.engine.admin.wording import save_texts, waiver_context
from store.engine.catalog import pages
from store.engine.catalog.models import Page, PageType
from store.engine.channels import translations
from store.engine.errors import OperationError
from store.saleor import markdown_rich_text
from store.saleor.shop_pages import EXAMPLE_MARK, PAGE_TYPE, is_example


class PageTranslationForm(forms.Form):
    title = text("Title", max_length=250)
    content = RichTextField(label="Text")
    seo_title = text("Title for search engines", max_length=70)
    seo_description = text("Description for search engines", max_length=300)


@admin.register(Page)
class PageAdmin(SettingAdmin):
    required_permissions = ("MANAGE_PAGES",)
    channel_path = SHARED
    list_display = ("title", "page_type", "is_published", "still_example")
    list_filter: ClassVar = ["page_type", "is_published"]
    search_fields = ("title", "slug")
    ordering = ("title",)

    can_add = True
    new_words = "It is not on the shop's site until you switch it on. Link it from a menu."
    delete_words = "Links to it lead nowhere then. Guides and inserts are kept: they are written in guides/."

    def new_fields(self) -> Fields:
        return {
            "title": (text("Title", required=True, max_length=250), ""),
            "slug": (text("Address, such as our-studio", max_length=255), ""),
            "content": (RichTextField(label="Text"), ""),
        }

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> Page:
        given = {name: value for name, value in data.items() if value}
        page_type = PageType.objects.filter(slug=PAGE_TYPE).first()
        if page_type is None:
            raise OperationError("The shop has no pages of its own yet: run the seed first.")
        return pages.create_in_transaction(page_type=page_type, given=given)

    def delete_row(self, row: Any) -> None:
        """Raises OperationError for what comes from guides/."""
        if not _is_own(row):
            raise OperationError("This page comes from guides/. Take it off the site instead.")
        pages.delete(page=row)

    def rows(self, request: HttpRequest) -> Any:
        return Page.objects.select_related("page_type")

    @column("Still the example")
    def still_example(self, page: Any) -> str:
        return "example" if _is_own(page) and is_example(str(page.content)) else ""

    def row_views(self) -> dict[str, View]:
        return super().row_views() | {"translate": self.translate}

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = [("Kind", row.page_type), ("Address", row.slug)]
        if not _is_own(row):
            return [
                *found,
                ("Text", "It comes from guides/, where it is written once for page, print and mail."),
            ]
        links = ((self.view_url("translate", row), code, code.upper()) for code in languages())
        found.append(("Translate", format_html_join(" · ", '<a href="{}?language={}">{}</a>', links)))
        if is_example(str(row.content)):
            found.append(
                ("To do", f"Replace the example. It counts as one while {EXAMPLE_MARK} stands in it.")
            )
        if _markdown(row.content) is None:
            found.append(("Text", "It has parts that can't be edited here. Change it through the API."))
        return found

    def fields_of(self, row: Any) -> Fields:
        wide = forms.CharField(
            label="Description for search engines",
            max_length=300,
            required=False,
            widget=UnfoldAdminTextInputWidget,
        )
        words = _markdown(row.content) if _is_own(row) else None
        return {
            "title": (text("Title", required=True, max_length=250), row.title),
            **({"content": (RichTextField(label="Text"), words)} if words is not None else {}),
            "seo_title": (text("Title for search engines", max_length=70), row.seo_title or ""),
            "seo_description": (wide, row.seo_description or ""),
            "is_published": (switch("On the shop's site"), row.is_published),
        }

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        seo = {"title": data["seo_title"], "description": data["seo_description"]}
        given = {"title": data["title"], "seo": seo}
        if "content" in data and _markdown(data["content"]) != _markdown(row.content):
            given["content"] = data["content"]
        if data["is_published"] != row.is_published:
            given["is_published"] = data["is_published"]
        pages.update_in_transaction(page=row, given=given)

    def translate(self, request: HttpRequest, page: Page) -> HttpResponse:
        """The words in one language (`?language=de`)."""
        language = request.GET.get("language", "")
        if language not in languages() or not _is_own(page):
            raise Http404
        known = translations.find(kind="Page", pks=[page.pk], language=language).get(str(page.pk))
        values = dict(known.values) if known else {}
        words = _markdown(values.get("content"))
        form = PageTranslationForm(posted_data(request), initial=values | {"content": words})
        if words is None:
            del form.fields["content"]
        failure, waiver_form = None, WaiverForm()
        if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
            given = {name: value or None for name, value in form.cleaned_data.items()}
            failure, waiver_form = save_texts(
                request,
                form,
                lambda: translations.translate(kind="Page", pk=page.pk, language=language, values=given),
                success_message="The translation is saved.",
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(page))
        return self.render_page(
            request,
            "shop_admin/describe.html",
            status=422 if failure or form.errors else 200,
            form=form,
            row=page,
            title=f"{page.title}, {language.upper()}",
            words="What is left empty is shown as in the shop's own language.",
            button="Save",
            back=self.row_url(page),
            problem=failure.problem if failure else None,
            preview=_preview(form),
            **waiver_context(request, failure, waiver_form),
        )


def _is_own(page: Any) -> bool:
    """Whether the merchant writes it."""
    return bool(page.page_type.slug == PAGE_TYPE)


def _markdown(document: Any) -> str | None:
    """The text for the form; None if it can't be edited there."""
    try:
        return markdown_rich_text.to_markdown(document)
    except markdown_rich_text.NotEditable:
        return None


def _preview(form: forms.Form) -> SafeString | str:
    document = form.cleaned_data.get("content") if form.is_bound and form.is_valid() else None
    return mark_safe(markdown_rich_text.to_html(document)) if document else ""  # noqa: S308 - escaped Markdown
