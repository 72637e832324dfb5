"""Admin of colleagues: invite by a link, roles, a new link, deactivate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminTextInputWidget,
)

from store.channel_limits import SHARED, channels_of
from store.engine.accounts import actor_names, staff
from store.engine.accounts.models import Group, StaffMember, User
from store.engine.admin.base import (
    ReadOnlyAdmin,
    View,
    column,
    permission_codes_of,
    posted_data,
    require_post,
    run_operation,
)
from store.engine.admin.welcome import welcome_url
from store.engine.events.current_actor import Actor
from store.engine.events.models import Event
from store.seen_fields import SeenFields


class RolesForm(SeenFields, forms.Form):
    """`may_grant` are the permissions of who fills it in and `reached` the channels, None: all; groups with others are
    not offered.
    """

    groups = forms.ModelMultipleChoiceField(
        Group.objects.all(),
        required=False,
        label="Roles",
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="What each may do is the sum of its roles.",
    )

    def __init__(
        self,
        *args: Any,
        may_grant: frozenset[str],
        reached: frozenset[int] | None,
        colleague: User | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleague = colleague
        offered = [
            group.pk
            for group in Group.objects.with_channels()
            if set(group.permissions) <= may_grant and group.is_within(reached)
        ]
        self.fields["groups"].queryset = Group.objects.filter(pk__in=offered)  # type: ignore[attr-defined]

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        """The audit log does not say which field of a colleague was changed."""
        if self.colleague is None:
            return None
        events = Event.objects.filter(
            object_kind="User", object_pk=str(self.colleague.pk), principal_kind="User", type="STAFF_UPDATED"
        )
        if (event := events.last()) is None:
            return None
        actor = Actor(event.principal_kind, event.principal_pk)
        who = actor_names.names([actor]).get(actor)
        return (who, event.created_at) if who else None


class InvitationForm(RolesForm):
    # no EmailField, which refuses names outside ASCII: the operation cleans the address
    email = forms.CharField(label="E-mail", max_length=254, widget=UnfoldAdminEmailInputWidget)
    first_name = forms.CharField(required=False, max_length=256, widget=UnfoldAdminTextInputWidget)
    last_name = forms.CharField(required=False, max_length=256, widget=UnfoldAdminTextInputWidget)
    field_order = ("email", "first_name", "last_name", "groups")


@admin.register(StaffMember)
class StaffAdmin(ReadOnlyAdmin):
    serves_saleor = True
    required_permissions = ("MANAGE_STAFF",)
    channel_path = SHARED
    template = "shop_admin/colleague.html"
    list_before_template = "shop_admin/staff_links.html"
    list_display = ("who", "roles", "may_log_in", "last_login")
    list_display_links = ("who",)
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        found: QuerySet[User] = StaffMember.objects.filter(is_staff=True).prefetch_related("groups")
        return found

    @column("Colleague", ordering="email", header=True)
    def who(self, user: User) -> list[str]:
        return [user.get_full_name(), user.email]

    @column("Roles")
    def roles(self, user: User) -> str:
        return "owner" if user.is_superuser else ", ".join(group.name for group in user.groups.all())

    @column("May log in", boolean=True)
    def may_log_in(self, user: User) -> bool:
        return user.is_active and user.is_confirmed and user.has_usable_password()

    def list_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"invite": self.invite}

    def row_views(self) -> dict[str, View]:
        return {"roles-form": self.roles_form, "link": self.link, "activity": self.activity}

    def row_context(self, request: HttpRequest, row: User) -> dict[str, Any]:
        return {
            "roles": self.roles(row),
            "is_self": row.pk == request.user.pk,
            "may_log_in": self.may_log_in(row),
        }

    def invite(self, request: HttpRequest) -> HttpResponse:
        form = InvitationForm(
            posted_data(request), may_grant=permission_codes_of(request), reached=channels_of(request.user)
        )
        made: list[User] = []
        if form.is_valid():
            given = form.cleaned_data
            failure = run_operation(
                request,
                lambda: made.append(
                    staff.create_staff(given=given, groups=given["groups"], **_requestor(request))
                ),
            )
            if failure is None:
                return self._show_link(request, made[0])
            form.add_error(None, failure.message)
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if form.errors else 200,
            form=form,
            title="Invite a colleague",
            words="You get a link to send. With it your colleague sets a password; it works once.",
            button="Invite",
            back=self.list_url(),
        )

    def roles_form(self, request: HttpRequest, user: User) -> HttpResponse:
        form = RolesForm(
            posted_data(request),
            may_grant=permission_codes_of(request),
            reached=channels_of(request.user),
            colleague=user,
            initial={"groups": list(user.groups.values_list("pk", flat=True))},
        )
        if form.is_valid():
            failure = run_operation(
                request,
                lambda: staff.set_groups(
                    user=user, groups=list(form.cleaned_data["groups"]), **_requestor(request)
                ),
                success_message="The roles are changed.",
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(user))
            form.add_error(None, failure.message)
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if form.errors else 200,
            row=user,
            form=form,
            title="Roles",
            button="Save",
            back=self.row_url(user),
        )

    def link(self, request: HttpRequest, user: User) -> HttpResponse:
        """A new link: password, sessions and earlier links end."""
        require_post(request)
        failure = run_operation(request, lambda: staff.invite_again(user=user, **_requestor(request)))
        return self._failed(request, user, failure.message) if failure else self._show_link(request, user)

    def activity(self, request: HttpRequest, user: User) -> HttpResponse:
        """Deactivate, which ends the sessions at once, or activate again."""
        require_post(request)
        given = {"is_active": not user.is_active}
        failure = run_operation(
            request,
            lambda: staff.update_staff(user=user, given=given, **_requestor(request)),
            success_message="Active again."
            if given["is_active"]
            else "Logged out everywhere, and can't log in any more.",
        )
        return (
            self._failed(request, user, failure.message)
            if failure
            else HttpResponseRedirect(self.row_url(user))
        )

    def _failed(self, request: HttpRequest, user: User, problem: str) -> HttpResponse:
        fresh = StaffMember.objects.get(pk=user.pk)
        context = {"title": str(fresh), "row": fresh, "problem": problem} | self.row_context(request, fresh)
        return self.render_page(request, self.template, status=422, **context)

    def _show_link(self, request: HttpRequest, user: User) -> HttpResponse:
        return self.render_page(
            request,
            "shop_admin/invitation.html",
            title="The invitation",
            email=user.email,
            link=welcome_url(user),
        )


def _requestor(request: HttpRequest) -> dict[str, Any]:
    return {"requestor": request.user, "requestor_permissions": permission_codes_of(request)}
