"""Staff, their groups, and customers as staff keep them."""

from typing import Any

from django.db import transaction

from store.engine.accounts import staff
from store.engine.accounts.models import Group, User
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.accounts.account import spoken
from store.engine.graphql.errors import translated
from store.engine.graphql.registry import Info, SaleorType, mutation

REJECT_ALL, REJECT_ROWS = "REJECT_EVERYTHING", "REJECT_FAILED_ROWS"


@mutation(needs="MANAGE_STAFF")
def permission_group_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    group = staff.create_group(
        name=input["name"],
        permissions=input.get("add_permissions") or (),
        users=ids.many(input.get("add_users") or (), User, field="addUsers"),
        channels=ids.many(input.get("add_channels") or (), Channel, field="addChannels"),
        restricted=bool(input.get("restricted_access_to_channels")),
        giver=info.context.requestor.permissions,
    )
    return {"group": group}


@mutation(needs="MANAGE_STAFF")
def staff_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    groups = ids.many(input.get("add_groups") or (), Group, field="addGroups")
    return {"user": staff.create_staff(given=input, groups=groups, giver=info.context.requestor.permissions)}


@mutation(needs="MANAGE_STAFF")
def staff_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    user = staff.change_staff(
        user=ids.one(id, User.objects.filter(is_staff=True)),
        given=input,
        add=ids.many(input.get("add_groups") or (), Group, field="addGroups"),
        remove=ids.many(input.get("remove_groups") or (), Group, field="removeGroups"),
        by=info.context.user,
        giver=info.context.requestor.permissions,
    )
    return {"user": user}


@mutation(needs="MANAGE_USERS")
def customer_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    return {"user": staff.create_customer(given=spoken(input))}


@mutation(needs="MANAGE_USERS")
def customer_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    user = _customer(id, external_reference)
    return {"user": staff.change_customer(user=user, given=spoken(input))}


@mutation(needs="MANAGE_USERS")
def customer_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    user = _customer(id, external_reference)
    pk = staff.delete_customer(user=user)
    user.pk = pk
    return {"user": user}


@mutation(needs="MANAGE_USERS")
def customer_bulk_update(
    info: Info, *, customers: list[dict[str, Any]], error_policy: str | None = None
) -> dict[str, Any]:
    """Rows that fail are named each in its result. What happens to the others is the policy's choice."""
    results: list[dict[str, Any]] = []
    with transaction.atomic(durable=True):
        for row in customers:
            results.append(_one_of_many(row))
        failed = any(result["errors"] for result in results)
        if failed and (error_policy or REJECT_ALL) == REJECT_ALL:
            transaction.set_rollback(True)
            results = [result | {"customer": None} for result in results]
    return {"count": sum(result["customer"] is not None for result in results), "results": results}


class CustomerBulkResult(SaleorType):
    pass


def _one_of_many(row: dict[str, Any]) -> dict[str, Any]:
    try:
        with transaction.atomic():
            user = _customer(row.get("id"), row.get("external_reference"))
            staff.apply_to_customer(user, spoken(row["input"]))
    except Exception as error:
        refusals = translated(error)
        if refusals is None:
            raise
        said = [
            {
                "path": None if one.code == "NOT_FOUND" else one.field,
                "message": one.message,
                "code": _bulk_code(one),
            }
            for one in refusals
        ]
        return {"customer": None, "errors": said}
    return {"customer": user, "errors": []}


def _bulk_code(refusal: Refusal) -> str:
    known = ("GRAPHQL_ERROR", "REQUIRED", "UNIQUE", "NOT_FOUND", "DUPLICATED_INPUT_ITEM")
    return refusal.code if refusal.code in known else "INVALID"


def _customer(global_id: str | None, external_reference: str | None) -> User:
    if bool(global_id) == bool(external_reference):
        raise Refusal("Give `id` or `externalReference`, one of them.", field="id", code="GRAPHQL_ERROR")
    customers = User.objects.filter(is_staff=False)
    if global_id:
        return ids.one(global_id, customers)
    found = customers.filter(external_reference=external_reference).first()
    if found is None:
        raise Refusal("Couldn't resolve to a node.", field="externalReference", code="NOT_FOUND")
    return found
