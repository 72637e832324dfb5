"""Sentences that the wording check refused: who wanted to save them and where, and their release with a reason."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.channel_limits import SHARED
from store.engine.accounts import actor_names
from store.engine.admin import forms
from store.engine.admin.base import (
    ReadOnlyAdmin,
    View,
    column,
    permission_codes_of,
    posted_data,
    run_operation,
)
from store.engine.admin.dates import time_text
from store.engine.admin.wording import WAIVER_PERMISSION, may_waive, short
from store.engine.channels import refused_sentences, wording
from store.engine.channels.models import RefusedSentence
from store.engine.events.current_actor import Actor

GUEST = "A guest, or an account that was deleted"


@admin.register(RefusedSentence)
class RefusedSentenceAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS", "MANAGE_PAGES", WAIVER_PERMISSION)
    channel_path = SHARED
    template = "shop_admin/refused_sentence.html"
    list_display = ("what", "reason", "place", "who", "when")
    list_display_links = ("what",)
    search_fields = ("sentence", "where")
    search_help_text = "Sentence or place"
    ordering = ("-last_at", "-pk")

    def rows(self, request: HttpRequest) -> QuerySet[RefusedSentence]:
        return refused_sentences.open_sentences()

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with the persons who wanted to save, read together."""
        changes: ChangeList = super().get_changelist_instance(request)
        rows = list(changes.result_list)
        names = actor_names.names(_actor(row) for row in rows)
        for row in rows:
            row.person = names.get(_actor(row), GUEST)
        changes.result_list = rows
        return changes

    @column("Sentence")
    def what(self, row: RefusedSentence) -> str:
        return short(row.sentence)

    @column("Why it was refused", ordering="rule")
    def reason(self, row: RefusedSentence) -> str:
        return f"{row.about} ({row.rule})"

    @column("Where", ordering="where")
    def place(self, row: RefusedSentence) -> str:
        return row.where

    @column("Who wanted to save it")
    def who(self, row: Any) -> str:
        return str(row.person)

    @column("When", ordering="last_at")
    def when(self, row: RefusedSentence) -> str:
        return time_text(row.last_at)

    def row_title(self, row: RefusedSentence) -> str:
        return f"Refused: {short(row.words)}"

    def row_context(self, request: HttpRequest, row: RefusedSentence) -> dict[str, Any]:
        return {
            "around": row.sentence.partition(row.words),
            "markets": ", ".join(row.markets),
            "who": actor_names.names([_actor(row)]).get(_actor(row), GUEST),
            "may_waive": may_waive(request, writer=_actor(row)),
            "has_permission": WAIVER_PERMISSION in permission_codes_of(request),
            "release_url": self.view_url("release", row),
        }

    def row_views(self) -> dict[str, View]:
        return {"release": self.release}

    def release(self, request: HttpRequest, row: RefusedSentence) -> HttpResponse:
        if not may_waive(request, writer=_actor(row)):
            raise PermissionDenied
        form = forms.ReleaseForm(posted_data(request))
        if form.is_valid():
            why, who = form.cleaned_data["why"], str(request.user)
            run_operation(
                request,
                lambda: wording.release(row, who=who, why=why),
                success_message="The sentence is released. It can be saved now, word for word.",
            )
            return HttpResponseRedirect(self.list_url())
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if form.errors else 200,
            form=form,
            row=row,
            title="Release this sentence",
            words=f"“{row.sentence}” was refused: {row.about} ({row.rule}).",
            button="Release it",
            back=self.row_url(row),
        )


def _actor(row: RefusedSentence) -> Actor:
    return Actor(row.actor_kind, row.actor_pk)
