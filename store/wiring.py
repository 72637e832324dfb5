"""The composition root: connects the packages, which do not know each other, when Django starts.

It decides who answers the store's GraphQL (the embedded engine or a Saleor at SALEOR_API_URL) and who receives its
events. Packages are imported inside the functions: most of them need a loaded app registry.
"""

import logging
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.signals import connection_created

# Imported for its effect: tasks are sent to the broker of our app, not of Celery's default one.
from store import celery  # noqa: F401
from store.saleor import clients
from store.saleor.client.client import Client
from store.saleor.transports import CallLimits, HttpTransport, InProcessTransport

log = logging.getLogger(__name__)
CHANNELS_SECONDS = 60.0 if not settings.EMBEDDED else 5.0  # a new or closed market shows after so long


class Wiring(AppConfig):
    name = "store"
    label = "wiring"

    def ready(self) -> None:
        from store.back_in_stock import links as stock_links
        from store.back_in_stock import mail_port as stock_port
        from store.guidebook.wording import published_pages
        from store.mailer import links, recalls, stock_notices
        from store.safety.recalls import links as recall_links
        from store.safety.recalls import mail_port
        from store.storefront import back_in_stock
        from store.storefront.orders import order_url
        from store.storefront.page_crawler import iter_public_pages
        from store.storefront.recalls import answer_path, notice_path

        links.configure(order_page=order_url)  # emails link to pages, which mailer may not import
        recall_links.configure(recall_links.Pages(notice=notice_path, answer=answer_path))
        recalls.configure(mail_port)
        stock_links.configure(stock_links.Pages(back_in_stock.answer_path, back_in_stock.product_path))
        stock_notices.configure(stock_port)
        if settings.EMBEDDED:
            published_pages.configure(iter_public_pages, is_waived=_is_waived)
        else:
            published_pages.configure(_pages_of_all_channels)
        _show_at_the_admin()
        if settings.EMBEDDED:
            _connect_engine()
        else:
            seconds = settings.SALEOR_ASK_AGAIN_SECONDS
            transport = HttpTransport(settings.SALEOR_API_URL, ask_again_seconds=seconds)
            clients.connect(transport, staff_token=settings.SALEOR_APP_TOKEN)


def _is_waived(finding: Any) -> bool:
    """Has a merchant waived this finding of the wording check?"""
    from store.engine.channels import wording

    return wording.is_waived(finding.id, finding.sentence)


def _pages_of_all_channels() -> Iterator[tuple[str, str | None, str]]:
    """The public pages of a real Saleor. A worker and `manage.py` ask for its channels here: they serve no pages.

    Raises SaleorError and PageNotRendered.
    """
    from store.storefront import channels
    from store.storefront.page_crawler import PageNotRendered, iter_public_pages

    try:
        channels.load(clients.staff())
    except channels.UnknownChannel as error:  # it would end the worker
        raise PageNotRendered(str(error)) from error
    yield from iter_public_pages()


def limit_waiting_time() -> None:
    """For processes that serve requests: give up what takes too long, a statement or a call to a real Saleor."""
    if not settings.EMBEDDED:
        limits = CallLimits(
            settings.SALEOR_READ_SECONDS, settings.SALEOR_WRITE_SECONDS, settings.SALEOR_CALLS
        )
        clients.limit_calls(limits)
    if settings.EMBEDDED:
        from store.engine.graphql.deadline import set_statement_timeout

        connection_created.connect(set_statement_timeout, dispatch_uid="statement timeout")


def warm_up() -> None:
    """Build the GraphQL schema before the first request; otherwise the first requests would all build it at once."""
    if settings.EMBEDDED:
        from store.engine.graphql.schema import schema

        schema()


def load_channels() -> None:
    """For processes that serve pages: the shop's open markets, looked at again and again.

    Raises SystemExit where a real Saleor lacks the default channel. A shop that does not answer is asked again.
    """
    from store.saleor.errors import SaleorError
    from store.storefront import channels

    try:
        channels.load(clients.staff())
    except (SaleorError, DatabaseError) as error:
        log.warning("the channels of the shop are not known yet: %s", error)
    finally:
        connections.close_all()  # of the thread that starts the process, which may fork
    threading.Thread(target=_keep_channels, name="channels", daemon=True).start()


def _keep_channels() -> None:
    while True:
        time.sleep(CHANNELS_SECONDS)
        _load_channels_again()


def _load_channels_again() -> None:
    """Whatever goes wrong, the thread that calls it goes on."""
    from store.saleor.errors import SaleorError
    from store.storefront import channels

    try:
        channels.load(clients.staff())
    except (SaleorError, channels.UnknownChannel) as error:
        log.warning("channels stay as they were known last: %s", error)
    except Exception:  # an answer that can't be read, for example
        log.exception("channels stay as they were known last")
    finally:
        if settings.EMBEDDED:
            connections.close_all()  # of this thread


def start_heartbeat() -> None:
    """For the web process: record that it runs, and tell the merchant when nothing else does."""
    from store.mailer import alarm, heartbeats

    heartbeats.start_thread(heartbeats.Name.WEB, alarm.send_if_needed)


def _connect_engine() -> None:
    """Let the embedded engine answer in process, and the mailer receive its events in the worker."""
    from store import channel_limits
    from store.engine import ports
    from store.engine.accounts import jwt_tokens
    from store.engine.caching import database_state
    from store.engine.events import apps, listeners
    from store.engine.graphql import global_id_column
    from store.engine.graphql.events.subscription_schema import SubscriptionSchema
    from store.engine.graphql.serve import render_subscription, serve
    from store.guidebook.publication_requirements import missing_requirements
    from store.guidebook.wording.merchant_text import find_claims
    from store.mailer import departures, inbox, returned_payments
    from store.safety import lots
    from store.storefront import page_cache, product_preview
    from store.storefront.account import session

    clients.connect(InProcessTransport(serve), staff_token=apps.internal_app_token())
    page_cache.connect(database_state.current_state)
    session.connect(jwt_tokens.end_login)
    channel_limits.connect(global_id_column.order_ids)
    ports.connect(
        ports.EnginePorts(
            lots=lots,
            order_mails=_mails_of_order,
            shipped_mail_time=departures.shipped_mail_time,
            answer_return=_answer_return,
            tell_low_stock=_tell_low_stock,
            tell_returned_payment=returned_payments.plan,
            forget_address=_forget_address,
            preview_url=product_preview.preview_url,
            find_claims=find_claims,
            missing_requirements=missing_requirements,
            render_subscription=render_subscription,
            subscription_schema=SubscriptionSchema(),
        )
    )
    listeners.register("mailer", inbox.SUBSCRIPTION, _send_to_mailer)


def embedded_shop() -> Client:
    """The embedded engine, also while a real Saleor answers the pages: it is what a move reads."""
    from store.engine.events import apps
    from store.engine.graphql.serve import serve

    return Client(InProcessTransport(serve), token=apps.internal_app_token())


def embedded_events_to_tell() -> int:
    """Events about orders and parcels of the embedded engine that its mailer has not got yet."""
    from store.engine.events.webhook_deliveries import undelivered_to_listeners

    return undelivered_to_listeners("Order", "Fulfillment")


def _show_at_the_admin() -> None:
    """What needs a person, whichever shop answers."""
    from store.engine.admin import concerns

    concerns.register("mailer", _mail_concerns)
    concerns.register("recalls", _recall_concerns)
    concerns.register("reviews", _review_concerns)
    if not settings.EMBEDDED:
        concerns.register("content", _content_concerns)
        concerns.register("payments", _payment_concerns)


def _mail_concerns() -> list[Any]:
    """What the mailer says needs a person, for the admin's home page, which may not import it."""
    from django.urls import reverse

    from store.engine.admin.concerns import Concern
    from store.mailer import admin, health

    lists = {
        model: reverse(f"admin:mailer_{model}_changelist")
        for model in ("mailplan", "orderevent", "sendingpause", "heartbeat", "contacttask", "reconciliation")
    }
    found = [
        Concern(
            one.title,
            one.advice,
            one.rows,
            f"{lists[str(one.rows.model._meta.model_name)]}?concern={one.code}",
            admin.PERMISSION,
        )
        for one in health.concerns()
    ]
    if why := health.stopped():
        found.insert(
            0, Concern("Mail does not leave", f"{why.capitalize()}.", 1, lists["mailplan"], admin.PERMISSION)
        )
    return found


def _recall_concerns() -> list[Any]:
    """What recalls need of a person, for the admin's home page, which may not import `safety`."""
    from django.urls import reverse

    from store.engine.admin.concerns import Concern
    from store.safety.admin.recalls import VIEW_PERMISSION
    from store.safety.recalls.concerns import concerns

    return [
        Concern(
            one.title,
            one.advice,
            one.rows,
            f"{reverse(f'admin:safety_{one.rows.model._meta.model_name}_changelist')}?concern={one.code}",
            VIEW_PERMISSION,
        )
        for one in concerns()
    ]


def _review_concerns() -> list[Any]:
    """The reviews that nobody has read yet."""
    from django.urls import reverse

    from store.engine.admin.concerns import Concern
    from store.reviews.admin import PERMISSION
    from store.reviews.models import Review

    waiting = Review.objects.filter(state=Review.State.WAITING)
    url = f"{reverse('admin:reviews_review_changelist')}?state__exact={Review.State.WAITING}"
    return [
        Concern("Reviews to read", "Publish them, or refuse them with a reason.", waiting, url, PERMISSION)
    ]


def _content_concerns() -> list[Any]:
    """What is published from a real Saleor and should not be."""
    from django.urls import reverse

    from store.engine.admin.concerns import Concern
    from store.saleor_app.admin import PERMISSION
    from store.saleor_app.models import ContentFinding

    return [
        Concern(
            "What to correct in Saleor",
            "Change the sentence there, give the set its safety insert, or connect again: each line says which. The"
            " list is made anew every six hours.",
            ContentFinding.objects.all(),
            reverse("admin:saleor_app_contentfinding_changelist"),
            PERMISSION,
        )
    ]


def _payment_concerns() -> list[Any]:
    """Payments at a real Saleor that no payment app has told the result of."""
    from django.urls import reverse

    from store.engine.admin.concerns import Concern
    from store.storefront.admin import PERMISSION
    from store.storefront.models import PaymentWithoutResult

    return [
        Concern(
            "Payments without a result",
            "The customer was asked to write to you, and can't pay in another way until then. Each line says how to"
            " settle it in Saleor.",
            PaymentWithoutResult.objects.all(),
            reverse("admin:storefront_paymentwithoutresult_changelist"),
            PERMISSION,
        )
    ]


def _forget_address(email: str) -> None:
    """Delete what is kept of an address whose account is about to be deleted, inside the caller's transaction."""
    from store.engine.checkout import retention
    from store.storefront.account import personal_data

    retention.forget(email)
    personal_data.forget(email)


def _mails_of_order(order_id: str, *, country: str, area: str) -> list[Any]:
    """The mails of an order, for its page in the admin, which may not import the mailer."""
    from django.urls import reverse

    from store.engine.ports import OrderMail
    from store.mailer import departures

    return [
        OrderMail(
            title=" ".join(
                [plan.get_kind_display(), *([f"({plan.about})"] if _names_something(plan) else [])]
            ),
            state=plan.get_state_display(),
            reason=plan.hold_reason or plan.cancel_reason or plan.last_error,
            at=leaves_at,
            recipient=plan.recipient,
            url=reverse("admin:mailer_mailplan_change", args=[plan.pk]),
        )
        for plan, leaves_at in departures.of_order(order_id, country=country, area=area)
    ]


def _names_something(plan: Any) -> bool:
    """Whether `about` means something to a person: an amount, an area, an insert; not the key of a message."""
    from store.mailer.mail_classes import Kind

    return bool(plan.about) and plan.kind not in (Kind.RETURN_RECEIVED, Kind.RETURN_CLOSED)


def _answer_return(*, order_pk: UUID, **answer: str) -> None:
    """Plan the mail that closes a request to return."""
    from store.engine.graphql.ids import to_global_id
    from store.mailer import return_answers

    return_answers.plan(order_id=to_global_id("Order", order_pk), **answer)


def _tell_low_stock(*, stock_pk: int, **about: Any) -> None:
    """Plan the mail to the merchant, with the page of this stock at the desk."""
    from django.urls import reverse

    from store.mailer import low_stock

    low_stock.plan(path=reverse("admin:stock_stock_change", args=[stock_pk]), **about)


def _send_to_mailer(payload: dict[str, Any]) -> None:
    from store.mailer import inbox

    inbox.receive(payload, source="engine")
