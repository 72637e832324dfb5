"""Permissions of admin pages whose rows nobody adds, changes or deletes by hand: operations write them."""

from typing import Any, ClassVar, final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from store.channel_limits import SHARED, WHOLE_SHOP, channels_of, is_limited, within, within_orders


class ReadOnlyRows:
    """For a ModelAdmin or an inline. `required_permissions` are Saleor's codes; one of them lets staff look.

    `channel_path`: the lookup of a row's channel, SHARED or WHOLE_SHOP (see `channel_limits`); `order_path`, instead:
    of the global id of the order that a row is about. Subclasses say which rows there are by `rows`, never by
    `get_queryset`, which leaves out those of other channels for whom a group limits.
    """

    required_permissions: ClassVar[tuple[str, ...]] = ()
    channel_path: ClassVar[str] = WHOLE_SHOP
    order_path: ClassVar[str] = ""

    def is_permitted(self, request: HttpRequest) -> bool:
        user: Any = request.user
        may = bool(user.is_staff and any(user.has_perm(code) for code in self.required_permissions))
        return may and not (self._is_of_whole_shop() and is_limited(user))

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        """All that the page is about, in every channel."""
        found: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return found

    @final
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.in_reach(request, self.rows(request))

    def in_reach(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the model's rows that the requestor may see."""
        if self.channel_path == SHARED:
            return rows
        channels = channels_of(request.user)
        if self.order_path:
            return within_orders(rows, channels, self.order_path)
        if self._is_of_whole_shop():
            return rows if channels is None else rows.none()
        return within(rows, channels, self.channel_path)

    def _is_of_whole_shop(self) -> bool:
        return self.channel_path == WHOLE_SHOP and not self.order_path

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_permitted(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.is_permitted(request)

    def history_view(self, *_: Any, **__: Any) -> HttpResponse:
        """Django's list of changes made in its own forms, of which there are none: the audit log has them."""
        raise Http404

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_change_permission(self, *_: Any, **__: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any, **__: Any) -> bool:
        return False
