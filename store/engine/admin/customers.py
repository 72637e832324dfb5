"""Admin of customers: account, addresses, orders; an account can be deleted when its owner asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from store.channel_limits import SHARED, channels_of, within
from store.engine.accounts import staff
from store.engine.accounts.models import Address, User
from store.engine.admin.base import ReadOnlyAdmin, View, column, permission_codes_of, run_operation
from store.engine.admin.dates import date_text
from store.engine.admin.order_state_labels import delivery_label, payment_label
from store.engine.orders import state
from store.engine.orders.models import Order

MAX_ORDERS = 50


@admin.register(User)
class CustomerAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_USERS", "MANAGE_ORDERS")
    channel_path = SHARED
    template = "shop_admin/customer.html"
    list_before_template = "shop_admin/customer_links.html"
    list_display = ("who", "order_count", "last_order", "confirmed", "since")
    list_display_links = ("who",)
    list_filter = ("is_confirmed", "is_active", "is_staff")
    search_fields = ("email", "first_name", "last_name", "addresses__city")
    search_help_text = "E-mail, name or city"
    ordering = ("-date_joined",)

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        """Whom a group limits to channels sees what was bought there and, without leave to manage customers, nobody who
        bought nothing there.
        """
        channels = channels_of(request.user)
        users = User.objects.all()
        if channels is not None and "MANAGE_USERS" not in permission_codes_of(request):
            buyers = Order.objects.filter(channel__in=channels).exclude(status="DRAFT").exclude(user=None)
            users = users.filter(pk__in=buyers.values("user"))
        counted = None if channels is None else Q(orders__channel__in=channels)
        return users.annotate(
            bought=Count("orders", filter=counted, distinct=True),
            last_bought=Max("orders__created_at", filter=counted),
        )

    @column("Customer", ordering="email", header=True)
    def who(self, user: User) -> list[str]:
        return [user.get_full_name(), user.email]

    @column("Orders", ordering="bought")
    def order_count(self, user: User) -> int:
        count: int = user.bought  # type: ignore[attr-defined]
        return count

    @column("Last order", ordering="last_bought")
    def last_order(self, user: User) -> str:
        last: datetime | None = user.last_bought  # type: ignore[attr-defined]
        return date_text(last)

    @column("Confirmed", ordering="is_confirmed", boolean=True)
    def confirmed(self, user: User) -> bool:
        return user.is_confirmed

    @column("Since", ordering="date_joined")
    def since(self, user: User) -> str:
        return date_text(user.date_joined)

    def row_views(self) -> dict[str, View]:
        return {"erase": self.erase}

    def erase(self, request: HttpRequest, user: User) -> HttpResponse:
        """Delete the account of a customer who asked for it."""
        if "MANAGE_USERS" not in permission_codes_of(request):
            raise PermissionDenied
        failure = None
        if request.method == "POST":
            failure = run_operation(
                request,
                lambda: staff.delete_customer(user=user),
                success_message="The account is deleted. Its orders stay.",
            )
            if failure is None:
                return HttpResponseRedirect(self.list_url())
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if failure else 200,
            title=f"Delete the account of {user.email}",
            words="Name, addresses, password, reviews, requests to hear when something is back, and carts without"
            " money are deleted; this can't be taken back. Orders stay, with their addresses, for your accounts, for"
            " returns and recalls; the shop never deletes them by itself. So do gift cards and the record of which mail"
            " was sent to whom.",
            problem=failure.message if failure else None,
            button="Delete the account",
            danger=True,
            back=self.row_url(user),
            row=user,
        )

    def list_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"guests": self.guests, "guest": self.guest}

    def guests(self, request: HttpRequest) -> HttpResponse:
        """Who bought without an account, the latest first."""
        typed = request.GET.get("q", "").strip()
        found = _guest_orders(request)
        found = found.filter(user_email__icontains=typed) if typed else found
        rows = found.order_by().values("user_email").annotate(bought=Count("pk"), last=Max("created_at"))
        page = Paginator(rows.order_by("-last"), self.list_per_page).get_page(request.GET.get("page"))
        return self.render_page(
            request, "shop_admin/guests.html", title="Customers without an account", page=page, typed=typed
        )

    def guest(self, request: HttpRequest) -> HttpResponse:
        email = request.GET.get("email", "")
        orders = _guest_orders(request).filter(user_email__iexact=email)
        if not email or not orders.exists():
            raise Http404
        return self.render_page(
            request,
            "shop_admin/guest.html",
            title=email,
            email=email,
            addresses=_addresses(orders),
            **_bought(orders),
        )

    def row_context(self, request: HttpRequest, row: User) -> dict[str, Any]:
        orders = _placed(request).filter(user=row)
        may_erase = not row.is_staff and "MANAGE_USERS" in permission_codes_of(request)
        return {
            "addresses": row.addresses.all(),
            "groups": row.groups.all(),
            "may_erase": may_erase,
        } | _bought(orders)


def _placed(request: HttpRequest) -> QuerySet[Order]:
    return within(Order.objects.exclude(status="DRAFT"), channels_of(request.user))


def _guest_orders(request: HttpRequest) -> QuerySet[Order]:
    return _placed(request).filter(user=None).exclude(user_email="")


def _bought(orders: QuerySet[Order]) -> dict[str, Any]:
    """The latest orders with their states, and what was received in each currency."""
    shown = list(orders.select_related("channel").order_by("-number")[:MAX_ORDERS])
    states = state.states_of(shown)
    return {
        "orders": [
            (order, delivery_label(states[order.pk]), payment_label(states[order.pk], order.currency))
            for order in shown
        ],
        "sums": list(
            orders.order_by("currency")
            .values("currency")
            .annotate(n=Count("pk"), total=Sum("total_charged_amount"))
        ),
    }


def _addresses(orders: QuerySet[Order]) -> list[Address]:
    """The different addresses that parcels went to, the latest first."""
    rows = orders.exclude(shipping_address=None).select_related("shipping_address").order_by("-number")
    found = {
        tuple(getattr(order.shipping_address, name) for name in Address.FIELDS): order.shipping_address
        for order in rows[:MAX_ORDERS]
    }
    return [address for address in found.values() if address]
