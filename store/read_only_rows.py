"""Permissions of admin pages whose rows nobody adds, changes or deletes by hand: operations write them."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse


class ReadOnlyRows:
    """For a ModelAdmin or an inline. `required_permissions` are Saleor's codes; one of them lets staff look."""

    required_permissions: ClassVar[tuple[str, ...]] = ()

    def is_permitted(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_staff and any(user.has_perm(code) for code in self.required_permissions))

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
