"""Admin of event deliveries to webhooks and in-process listeners, with their attempts; a failed one can be retried."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin.base import ReadOnlyAdmin, View, column, require_post, run_operation
from store.engine.admin.dates import time_text
from store.engine.admin.status_labels import TONES
from store.engine.events import tasks, webhook_deliveries
from store.engine.events.event_permissions import display_name
from store.engine.events.models import EventDelivery


@admin.register(EventDelivery)
class EventDeliveryAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_APPS",)
    template = "shop_admin/delivery.html"
    list_display = ("what", "about", "receiver", "state", "tries", "when")
    list_display_links = ("what",)
    list_filter = ("status", "listener", "webhook", "event__type")
    search_fields = ("event__type", "event__object_pk")
    ordering = ("-pk",)

    def rows(self, request: HttpRequest) -> QuerySet[EventDelivery]:
        return EventDelivery.objects.select_related("event", "webhook__app")

    @column("Event", ordering="event__type")
    def what(self, delivery: EventDelivery) -> str:
        return display_name(delivery.event.type)

    @column("About")
    def about(self, delivery: EventDelivery) -> str:
        return f"{delivery.event.object_kind} {delivery.event.object_pk}"

    @column("Receiver")
    def receiver(self, delivery: EventDelivery) -> str:
        return delivery.listener or f"{delivery.webhook.app}: {delivery.webhook}"  # type: ignore[union-attr]

    @column("State", ordering="status", label=TONES)
    def state(self, delivery: EventDelivery) -> str:
        return delivery.status

    @column("When", ordering="created_at")
    def when(self, delivery: EventDelivery) -> str:
        return time_text(delivery.created_at)

    def row_views(self) -> dict[str, View]:
        return {"again": self.retry}

    def row_title(self, row: Any) -> str:
        return f"{self.what(row)} to {self.receiver(row)}"

    def row_context(self, request: HttpRequest, row: EventDelivery) -> dict[str, Any]:
        return {"attempts": row.attempts.all()[:30]}

    def retry(self, request: HttpRequest, delivery: EventDelivery) -> HttpResponse:
        require_post(request)
        run_operation(
            request, lambda: webhook_deliveries.retry(delivery), success_message="It is sent once more."
        )
        tasks.enqueue_delivery()
        return HttpResponseRedirect(self.row_url(delivery))
