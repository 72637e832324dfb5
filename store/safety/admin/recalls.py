"""Recalls at the desk: write, read in all languages, submit, approve as a second person, see the reach, end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import action, display

from store import guidebook
from store.channel_limits import is_limited
from store.mailer import mail_texts
from store.safety.admin.base import ConcernFilter, SafetyRows
from store.safety.models import Recall, RecallEvent, RecallItem, RecallText, Remedy
from store.safety.recalls import approval, notice, reach
from store.safety.recalls.picture import UnreadablePicture, to_png
from store.safety.recalls.requirements import missing
from store.seen_fields import SeenFields
from store.spreadsheet_cells import to_csv

VIEW_PERMISSION = "MANAGE_ORDERS"
# Of the roles that a shop begins with, the safety officer alone has all three.
CHANGE_PERMISSIONS = ("MANAGE_ORDERS", "MANAGE_PRODUCTS", "MANAGE_PAGES")


def may_change(request: HttpRequest) -> bool:
    """A recall is of every channel."""
    user = request.user
    may = user.is_staff and all(user.has_perm(code) for code in CHANGE_PERMISSIONS)
    return bool(may and not is_limited(user))


def _last_written(recall: Recall) -> tuple[str, datetime] | None:
    row = recall.events.filter(kind=RecallEvent.Kind.WRITTEN).last()
    return (row.person, row.at) if row else None


class RecallForm(SeenFields, forms.ModelForm):  # type: ignore[type-arg]
    """`upload` replaces the picture."""

    remedies = forms.MultipleChoiceField(
        choices=Remedy.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="At least two, free of charge. The buyer chooses.",
    )
    upload = forms.FileField(
        label="Picture",
        required=False,
        help_text="JPEG, PNG or WebP, up to 12 MB. What is recalled, from the front.",
    )

    class Meta:
        model = Recall
        fields: ClassVar = [
            "name",
            "sold_from",
            "sold_until",
            "remedies",
            "single_remedy_reason",
            "contact_email",
            "contact_phone",
        ]

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        return _last_written(self.instance)

    def clean_upload(self) -> bytes:
        upload = self.cleaned_data.get("upload")
        if not upload:
            return b""
        try:
            return to_png(upload.read())
        except UnreadablePicture as error:
            raise forms.ValidationError(str(error)) from error

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("upload"):
            self.instance.picture = self.cleaned_data["upload"]
        return super().save(commit)


class RecallTextForm(SeenFields, forms.ModelForm):  # type: ignore[type-arg]
    """The words in one language; the language is a list, since there is one text for each."""

    class Meta:
        model = RecallText
        fields: ClassVar = ["language", "product", "identification", "hazard", "action", "picture_text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, code) for code in guidebook.library().languages]
        self.fields["language"] = forms.ChoiceField(choices=languages, initial=self.initial.get("language"))
        self.fields["language"].widget.attrs["class"] = "admin-select"

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        return _last_written(self.instance.recall)

    def has_changed(self) -> bool:
        """A text of which only the preset language is given is none."""
        return bool(set(self.changed_data) - {"language"})


class OnlyDrafts(SafetyRows):
    """Rows of a recall, which change while it is a draft."""

    required_permissions: ClassVar[tuple[str, ...]] = (VIEW_PERMISSION,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_change(request) and (obj is None or obj.state == Recall.State.DRAFT)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class ItemInline(OnlyDrafts, TabularInline):  # type: ignore[misc]
    model = RecallItem
    extra = 3
    verbose_name = "recalled lot"
    verbose_name_plural = "What is recalled"


class TextInline(OnlyDrafts, StackedInline):  # type: ignore[misc]
    model = RecallText
    form = RecallTextForm
    verbose_name_plural = "Words, in each language"

    def get_extra(self, request: HttpRequest, obj: Recall | None = None, **kwargs: Any) -> int:
        return len(guidebook.library().languages) - (obj.texts.count() if obj else 0)

    def get_max_num(self, request: HttpRequest, obj: Recall | None = None, **kwargs: Any) -> int:
        return len(guidebook.library().languages)

    def get_formset(self, request: HttpRequest, obj: Recall | None = None, **kwargs: Any) -> Any:
        written = set(obj.texts.values_list("language", flat=True)) if obj else set()
        left = [{"language": code} for code in guidebook.library().languages if code not in written]
        base = super().get_formset(request, obj, **kwargs)

        class Preset(base):  # type: ignore[misc,valid-type]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **{"initial": left, **kwargs})

        return Preset


class EventInline(SafetyRows, TabularInline):  # type: ignore[misc]
    model = RecallEvent
    extra = 0
    fields: ClassVar = ["at", "kind", "person", "note"]
    readonly_fields: ClassVar = fields
    verbose_name_plural = "Who did what"


@admin.register(Recall)
class RecallAdmin(OnlyDrafts, ModelAdmin):  # type: ignore[misc]
    form = RecallForm
    list_before_template = "shop_admin/add_link.html"
    show_add_link = False
    list_display: ClassVar = ["name", "what", "status", "approved_at"]
    list_filter: ClassVar = [ConcernFilter, "state"]
    search_fields: ClassVar = ["name", "items__sku", "items__lot_code"]
    search_help_text = "Name, SKU or lot"
    inlines: ClassVar = [ItemInline, TextInline, EventInline]
    actions_detail: ClassVar = ["decide", "reach_page"]

    def rows(self, request: HttpRequest) -> Any:
        return Recall.objects.defer("picture").prefetch_related("items")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and may_change(request) and obj.state == Recall.State.DRAFT

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str]:
        contact = guidebook.library().maker.contact
        return {"contact_email": contact["email"], "contact_phone": contact.get("phone", "")}

    @display(description="Recalled")  # type: ignore[untyped-decorator]
    def what(self, recall: Recall) -> str:
        return ", ".join(str(item) for item in recall.items.all())

    @display(  # type: ignore[untyped-decorator]
        description="State",
        label={"draft": "info", "submitted": "warning", "open": "danger", "closed": "success"},
    )
    def status(self, recall: Recall) -> tuple[str, str]:
        return recall.state, recall.get_state_display()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        approval.record_change(form.instance, person_of(request))
        for problem in missing(form.instance):
            messages.warning(request, problem)

    @action(description="Read, submit, approve or end", url_path="decide", icon="fact_check")  # type: ignore[untyped-decorator]
    def decide(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """GET shows the notice in all languages and what is missing; POST takes a step."""
        recall = self._recall(request, object_id)
        if request.method == "POST":
            return self._take_step(request, recall)
        person = person_of(request)
        context = {
            "problems": missing(recall),
            "texts": recall.texts.all(),
            "phrases": {text.language: mail_texts.phrases(text.language) for text in recall.texts.all()},
            "may_change": may_change(request),
            "is_author": person.id in approval.authors(recall),
            "seen": recall.submitted_at.isoformat() if recall.submitted_at else "",
        }
        return self._page(request, recall, "safety/decide_recall.html", "Read and decide", context)

    @action(description="How far it reached", url_path="reach", icon="monitoring")  # type: ignore[untyped-decorator]
    def reach_page(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The buyers are of all channels together."""
        recall = self._recall(request, object_id)
        if is_limited(request.user):
            raise PermissionDenied
        if request.GET.get("format") == "csv":
            name = f"recall-{recall.pk}-reach.csv"
            return HttpResponse(
                to_csv(reach.rows(recall)),
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        found = reach.reach(recall)
        context = {
            "reach": found,
            "rows": [(label, count, found.share(count)) for label, count in _reach_rows(found)],
            "unreached": reach.unreached(recall).count(),
            "languages": sorted(set(reach.unreached(recall).values_list("language", flat=True))),
            "people": f"{reverse('admin:safety_recallrecipient_changelist')}?recall__id__exact={recall.pk}",
        }
        return self._page(request, recall, "safety/recall_reach.html", "How far it reached", context)

    def _take_step(self, request: HttpRequest, recall: Recall) -> HttpResponse:
        if not may_change(request):
            raise Http404
        step, person = request.POST.get("step", ""), person_of(request)
        note = request.POST.get("note", "").strip()
        steps: dict[str, Callable[[], None]] = {
            "submit": lambda: approval.submit(recall.pk, person),
            "return": lambda: approval.send_back(recall.pk, person, note=note),
            "approve": lambda: approval.approve(recall.pk, person, seen=_seen(request)),
            "close": lambda: approval.close(recall.pk, person, note=note),
        }
        try:
            steps[step]()
        except KeyError:
            raise Http404 from None
        except approval.RecallError as error:
            messages.error(request, str(error))
        else:
            recall.refresh_from_db(fields=["state"])
            messages.success(request, f"{recall.name}: {recall.get_state_display()}.")
        return HttpResponseRedirect(request.path)

    def _recall(self, request: HttpRequest, object_id: int) -> Recall:
        found = Recall.objects.filter(pk=object_id).first()
        if found is None or not self.has_view_permission(request):
            raise Http404
        return found

    def _page(
        self, request: HttpRequest, recall: Recall, template: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        base = self.admin_site.each_context(request)
        own = {
            "opts": self.opts,
            "original": recall,
            "recall": recall,
            "title": f"{recall}: {title.lower()}",
            "back": reverse("admin:safety_recall_change", args=[recall.pk]),
            "picture": notice.picture_data_url(recall),
        }
        return TemplateResponse(request, template, {**base, **own, **context})


def person_of(request: HttpRequest) -> approval.Person:
    return approval.Person(str(request.user.pk), str(request.user))


def _seen(request: HttpRequest) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return timezone.now()  # matches no submission, so that the step is refused


def _reach_rows(found: reach.Reach) -> list[tuple[str, int]]:
    return [
        ("Buyers", found.recipients),
        ("Notified", found.notified),
        ("Delivery confirmed", found.delivered),
        ("Mail refused or came back", found.bounced),
        ("Told by telephone or post", found.told_otherwise),
        ("Answered", found.answered),
        ("Chose a remedy", found.chose_remedy),
        ("Remedied", found.remedied),
    ]
