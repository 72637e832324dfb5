"""Mutations of staff, permission groups and, by staff, of customers."""

from functools import partial
from typing import Any

from django.db import transaction

from store.engine import bulk_rows
from store.engine.accounts import staff
from store.engine.accounts.models import Group, User
from store.engine.bulk_rows import RowResult
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.accounts.account import with_language_code
from store.engine.graphql.bulk_mutations import register
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.errors import to_operation_errors
from store.engine.graphql.registry import Info, SaleorType, mutation


@mutation(permissions="MANAGE_STAFF")
def permission_group_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    group = staff.create_group(
        name=input["name"],
        permissions=input.get("add_permissions") or (),
        users=ids.get_rows(input.get("add_users") or (), User, field="addUsers"),
        channels=ids.get_rows(input.get("add_channels") or (), Channel, field="addChannels"),
        restricted=bool(input.get("restricted_access_to_channels")),
        **_requestor(info),
    )
    return {"group": group}


@mutation(permissions="MANAGE_STAFF")
def permission_group_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    changes = staff.GroupChanges(
        name=input.get("name"),
        restricted=input.get("restricted_access_to_channels"),
        add_permissions=input.get("add_permissions") or (),
        remove_permissions=input.get("remove_permissions") or (),
        add_users=ids.get_rows(input.get("add_users") or (), User, field="addUsers"),
        remove_users=ids.get_rows(input.get("remove_users") or (), User, field="removeUsers"),
        add_channels=ids.get_rows(input.get("add_channels") or (), Channel, field="addChannels"),
        remove_channels=ids.get_rows(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    group = staff.update_group(group=ids.get_row(id, Group), changes=changes, **_requestor(info))
    return {"group": group}


@mutation(permissions="MANAGE_STAFF")
def permission_group_delete(info: Info, *, id: str) -> dict[str, Any]:
    group = ids.get_row(id, Group)
    return {"group": delete_and_return(group, lambda: staff.delete_group(group=group, **_requestor(info)))}


def _requestor(info: Info) -> dict[str, Any]:
    return {
        "requestor": info.context.user,
        "requestor_permissions": info.context.requestor.permissions,
    }


@mutation(permissions="MANAGE_STAFF")
def staff_delete(info: Info, *, id: str) -> dict[str, Any]:
    user = ids.get_row(id, User.objects.filter(is_staff=True))
    return {"user": delete_and_return(user, lambda: staff.delete_staff(user=user, **_requestor(info)))}


def _delete_staff(user: User, info: Info) -> None:
    if not user.is_staff:
        raise OperationError("Only staff users can be deleted.", field="id", code="DELETE_NON_STAFF_USER")
    staff.delete_staff(user=user, **_requestor(info))


def _set_active(user: User, info: Info, *, is_active: bool) -> None:
    staff.set_active(user=user, active=is_active, **_requestor(info))


register("staff_bulk_delete", User, _delete_staff, permissions="MANAGE_STAFF")
register("user_bulk_set_active", User, _set_active, permissions="MANAGE_USERS")
register(
    "customer_bulk_delete",
    User,
    lambda user, _info: staff.delete_customer(user=user),
    permissions="MANAGE_USERS",
)


@mutation(permissions="MANAGE_STAFF")
def staff_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    groups = ids.get_rows(input.get("add_groups") or (), Group, field="addGroups")
    return {"user": staff.create_staff(given=input, groups=groups, **_requestor(info))}


@mutation(permissions="MANAGE_STAFF")
def staff_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    user = staff.update_staff(
        user=ids.get_row(id, User.objects.filter(is_staff=True)),
        given=input,
        add=ids.get_rows(input.get("add_groups") or (), Group, field="addGroups"),
        remove=ids.get_rows(input.get("remove_groups") or (), Group, field="removeGroups"),
        **_requestor(info),
    )
    return {"user": user}


@mutation(permissions="MANAGE_USERS")
def customer_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    return {"user": staff.create_customer(given=with_language_code(input))}


@mutation(permissions="MANAGE_USERS")
def customer_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    user = _customer(id, external_reference)
    return {"user": staff.update_customer(user=user, given=with_language_code(input))}


@mutation(permissions="MANAGE_USERS")
def customer_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    user = _customer(id, external_reference)
    pk = staff.delete_customer(user=user)
    user.pk = pk
    return {"user": user}


@mutation(permissions="MANAGE_USERS")
def customer_bulk_update(
    info: Info, *, customers: list[dict[str, Any]], error_policy: str | None = None
) -> dict[str, Any]:
    """Errors of a row are in its result; the error policy decides whether the other rows are saved."""
    found = bulk_rows.run_results(
        [partial(_update_row, row) for row in customers],
        policy=error_policy or bulk_rows.REJECT_EVERYTHING,
        lock=lambda: bulk_rows.lock_in_order(ids.named_rows(customers, User), no_key=False),  # as `User.lock`
    )
    results = [
        {"customer": result.row, "errors": [_bulk_error(error) for error in result.errors]}
        for result in found
    ]
    return {"count": sum(result.row is not None for result in found), "results": results}


class CustomerBulkResult(SaleorType):
    pass


def _update_row(row: dict[str, Any]) -> RowResult:
    try:
        with transaction.atomic():
            user = _customer(row.get("id"), row.get("external_reference"))
            staff.apply_customer_changes(user, with_language_code(row["input"]))
    except Exception as error:
        operation_errors = to_operation_errors(error)
        if operation_errors is None:
            raise
        return RowResult(errors=operation_errors)
    return RowResult(row=user)


def _bulk_error(error: OperationError) -> dict[str, Any]:
    known = ("GRAPHQL_ERROR", "REQUIRED", "UNIQUE", "NOT_FOUND", "DUPLICATED_INPUT_ITEM")
    return {
        "path": None if error.code == "NOT_FOUND" else error.field,
        "message": error.message,
        "code": error.code if error.code in known else "INVALID",
    }


def _customer(global_id: str | None, external_reference: str | None) -> User:
    if bool(global_id) == bool(external_reference):
        raise OperationError(
            "Give `id` or `externalReference`, one of them.", field="id", code="GRAPHQL_ERROR"
        )
    customers = User.objects.filter(is_staff=False)
    if global_id:
        return ids.get_row(global_id, customers)
    customer = customers.filter(external_reference=external_reference).first()
    if customer is None:
        raise OperationError("Couldn't resolve to a node.", field="externalReference", code="NOT_FOUND")
    return customer
