"""Lists of what the mailer records: events, pauses, processes, alarms, reports about mails that came back."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from store.channel_limits import SHARED
from store.mailer import enqueue
from store.mailer.admin.base import ConcernFilter, ReadOnlyAdmin
from store.mailer.models import Alarm, DeliveryReport, Heartbeat, OrderEvent, Reconciliation, SendingPause


@admin.register(OrderEvent)
class OrderEventAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    order_path = "order_id"
    list_display: ClassVar = ["kind", "order_id", "source", "received_at", "planned_at", "error"]
    list_filter: ClassVar = [ConcernFilter, "kind", "source"]
    exclude: ClassVar = ["payload"]  # the link of an account mail opens the account
    search_fields: ClassVar = ["order_id", "dedupe_key"]
    ordering: ClassVar = ["-received_at"]
    actions: ClassVar = ["plan_again"]

    @admin.action(description="Plan the mails now (only events that could not be planned)")
    def plan_again(self, request: HttpRequest, queryset: QuerySet[OrderEvent]) -> None:
        event_ids = list(queryset.filter(planned_at=None).values_list("pk", flat=True))
        OrderEvent.objects.filter(pk__in=event_ids).update(tries=0, next_try_at=timezone.now())
        for event_id in event_ids:
            enqueue.enqueue_ingest(event_id=event_id)
        messages.success(request, f"{len(event_ids)} will be planned within a minute.")


@admin.register(SendingPause)
class SendingPauseAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    channel_path = SHARED
    list_display: ClassVar = ["scope", "until", "failures", "reason", "since"]
    list_filter: ClassVar = [ConcernFilter]
    ordering: ClassVar = ["-until"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    channel_path = SHARED
    list_display: ClassVar = ["name", "at", "started_at"]
    list_filter: ClassVar = [ConcernFilter]
    ordering: ClassVar = ["at"]


@admin.register(Reconciliation)
class ReconciliationAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    channel_path = SHARED
    list_display: ClassVar = ["shop", "looked_until", "succeeded_at", "error"]
    list_filter: ClassVar = [ConcernFilter]


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    list_display: ClassVar = ["at", "recipient", "text", "error"]
    ordering: ClassVar = ["-at"]


@admin.register(DeliveryReport)
class DeliveryReportAdmin(ReadOnlyAdmin, ModelAdmin):  # type: ignore[misc]
    """Also those that name no mail of ours, which change nothing."""

    order_path = "attempt__plan__order_id"
    list_display: ClassVar = ["received_at", "kind", "status", "recipient", "order", "reason"]
    list_filter: ClassVar = ["kind", ("attempt", admin.EmptyFieldListFilter)]
    list_select_related: ClassVar = ["attempt__plan"]
    search_fields: ClassVar = ["recipient", "attempt__plan__order_number"]
    ordering: ClassVar = ["-id"]

    @admin.display(description="Order")
    def order(self, report: DeliveryReport) -> str:
        return report.attempt.plan.order_number if report.attempt else "no mail of this shop"
