"""What was told to whom: facts on their way to webhooks and to listeners in the house, and what went wrong."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin.base import DeskAdmin, View, carried_out, column, only_post
from store.engine.admin.status_labels import TONES
from store.engine.events import tasks, webhook_deliveries
from store.engine.events.event_permissions import spoken
from store.engine.events.models import EventDelivery


@admin.register(EventDelivery)
class EventDeliveryAdmin(DeskAdmin):
    needs = ("MANAGE_APPS",)
    template = "shop_admin/delivery.html"
    list_display = ("what", "about", "receiver", "state", "tries", "when")
    list_display_links = ("what",)
    list_filter = ("status", "listener", "webhook", "event__type")
    search_fields = ("event__type", "event__object_pk")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventDelivery]:
        return EventDelivery.objects.select_related("event", "webhook__app")

    @column("Event", ordering="event__type")
    def what(self, delivery: EventDelivery) -> str:
        return spoken(delivery.event.type)

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
        return f"{delivery.created_at:%-d %b %Y, %H:%M}"

    def views(self) -> dict[str, View]:
        return {"again": self.again}

    def name_of(self, row: Any) -> str:
        return f"{self.what(row)} to {self.receiver(row)}"

    def details(self, request: HttpRequest, row: EventDelivery) -> dict[str, Any]:
        return {"attempts": row.attempts.all()[:30]}

    def again(self, request: HttpRequest, delivery: EventDelivery) -> HttpResponse:
        only_post(request)
        carried_out(request, lambda: webhook_deliveries.retry(delivery), said="It is sent once more.")
        tasks.nudge()
        return HttpResponseRedirect(self.page_of(delivery))
