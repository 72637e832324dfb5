"""Orders with their parcels and payments, and the mails of each.

All of them are moved, also those that were closed long ago: a recall must find every buyer. Saleor gives an order a new
number and every parcel the time of the move, so that both are kept in metadata. One order after the other: made, then
its mails, then the metadata of its parcels. A run that was killed finds the order by its external reference and does
what is missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from store.mailer.moved_orders import MailUnderWay, MovedOrder, take_along
from store.move.context import MoveContext
from store.move.kinds import Fields
from store.move.shop_api import Mutation, Node
from store.move.trade import order_input
from store.move.trade.customers import plain_metadata
from store.move.trade.order_input import NotMovable, ShippingMethods
from store.move.trade.references import FORMER, reference
from store.moved_ids import lookup
from store.reviews import moved_orders as moved_reviews
from store.safety.recalls import moved_orders as moved_recalls
from store.saleor.client.changed_orders import ChangedOrdersOrdersEdgesNode as ChangedOrder
from store.saleor.client.client import Client
from store.seed.write.context import iter_nodes

NO_TAX_CLASS = "Can't return TaxClass instance."  # Saleor says so of each line that names no class
LEFT_OUT = ("DRAFT", "EXPIRED")
BEFORE_ANY_ORDER = datetime(2000, 1, 1, tzinfo=UTC)
SHIPPED_AT = "shipped_at"  # what the mailer reads before the time at which a parcel was made
_METADATA = Mutation("updateMetadata", "", {"id": "ID!", "input": "[MetadataInput!]!"})
_PRIVATE_METADATA = Mutation("updatePrivateMetadata", "", {"id": "ID!", "input": "[MetadataInput!]!"})


def move_orders(context: MoveContext) -> Iterator[str]:
    methods = ShippingMethods(context.new)
    changed = changed_orders(context.former.client)
    for node in context.former.nodes("Orders", "orders"):
        if node["status"] not in LEFT_OUT:
            try:
                _move_order(context, methods, node, changed.get(node["id"]))
            except NotMovable as error:
                context.report.to_do.append(f"order {node['number']} was not moved: {error}")
                context.report.count("order", "not moved")
        elif node["status"] == "DRAFT":
            context.report.to_do.append(f"order {node['number']} is a draft and was not moved")
        yield node["number"]


def changed_orders(client: Client) -> dict[str, ChangedOrder]:
    """All orders as the mailer's own look at changed orders reads them, by id."""
    nodes = iter_nodes(
        lambda after: client.changed_orders(changed_since=BEFORE_ANY_ORDER, after=after).orders
    )
    return {node.id: node for node in nodes}


def _move_order(
    context: MoveContext, methods: ShippingMethods, node: Node, former: ChangedOrder | None
) -> None:
    """`former`: None for an order that came in while the move ran. Raises NotMovable."""
    if former is None:
        raise NotMovable("it came in during this run; run the move again")
    found = context.new.ask("MovedOrder", reference=reference(node["id"]))["order"]
    if found:
        _compare_found(context, node, found)
    if context.is_dry:
        if not found:
            order_input.bulk_input(context, methods, node)
        context.report.count("order", "unchanged" if found else "created")
        return
    order = found or _create(context, methods, node)
    context.report.count("order", "unchanged" if found else "created")
    context.report.orders[node["number"]] = order["number"]
    parcels = dict(zip(order_input.parcels(node), by_place(order["fulfillments"]), strict=False))
    ids = {node["id"]: order["id"], **{former_id: one["id"] for former_id, one in parcels.items()}}
    try:
        due = take_along(
            MovedOrder(former, FORMER, context.report.new_shop, order["number"], ids), is_told=context.is_told
        )
    except MailUnderWay:
        context.report.to_do.append(
            f"order {node['number']}: a mail of it was just being sent or an event not told yet; run the move "
            "again to take its mails along"
        )
        return
    context.report.count("mail", "due and moved", due)
    lines = line_ids(node["lines"], order["lines"])
    moved_recalls.follow(node["id"], order["id"], number=order["number"], lines=lines)
    moved_reviews.follow(
        FORMER, context.report.new_shop, {node["id"]: order["id"], **lines}, number=order["number"]
    )
    lookup.note(node["id"], order["id"], shop=context.report.new_shop)
    _write_parcels(context, node, parcels)


def _create(context: MoveContext, methods: ShippingMethods, node: Node) -> Node:
    """Raises NotMovable, also where Saleor refuses it: one order does not keep the others from being moved."""
    given = order_input.bulk_input(context, methods, node)
    answer = context.new.ask("OrderBulkCreate", orders=[given])["result"]
    problems = [*answer["errors"], *(one for row in answer["results"] for one in row["errors"] or ())]
    order: Node | None = next((row["order"] for row in answer["results"] if row["order"]), None)
    if order is None:
        raise NotMovable("; ".join(f"{one['path']}: {one['message']}" for one in problems))
    for one in problems:
        if one["message"] == NO_TAX_CLASS:
            continue
        context.report.to_do.append(
            f"order {node['number']} ({order['number']}): Saleor left out {one['path']}: {one['message']}"
        )
    _compare(context, node, order)
    return order


def _compare_found(context: MoveContext, node: Node, order: Node) -> None:
    """An order that an earlier run has moved stays as it is there: what differs since is a person's to bring over."""
    differing = [
        f"{name}: {former} in the former shop, {new} in the new one"
        for name, former, new in _differences(node, order)
        if former != new
    ]
    if differing:
        context.report.to_do.append(f"order {node['number']} ({order['number']}): {'; '.join(differing)}")


def _differences(node: Node, order: Node) -> Iterator[tuple[str, object, object]]:
    """What both shops say, in the words of the new one."""
    paid = order_input.payments(node)
    yield "status", order_input.status(node), order["status"]
    yield "paid in full", node["isPaid"], order["isPaid"]
    yield "charged", f"{paid['amountCharged']:.2f}", f"{order['totalCharged']['amount']:.2f}"
    yield "refunded", f"{paid['amountRefunded']:.2f}", f"{order['totalRefunded']['amount']:.2f}"
    sent = [one for one in order["fulfillments"] if one["status"] not in order_input.NOT_SENT]
    yield "parcels", len(order_input.parcels(node)), len(sent)


def _compare(context: MoveContext, node: Node, order: Node) -> None:
    """Money is shown to a person where the new shop says something else."""
    if order["isPaid"] != node["isPaid"]:
        paid = {True: "paid", False: "not paid in full"}
        context.report.to_do.append(
            f"order {node['number']} ({order['number']}): {paid[node['isPaid']]} in the former shop, "
            f"{paid[order['isPaid']]} in the new one"
        )
    if any(one["status"] not in order_input.PLAIN for one in node["fulfillments"]):
        context.report.to_do.append(
            f"order {node['number']} ({order['number']}): some of it was returned, refunded or waits for approval; "
            "Saleor takes only parcels that were sent"
        )


def line_ids(former: Iterable[Node], present: Iterable[Node]) -> dict[str, str]:
    """New id by former id. Saleor lists lines in an order of its own: one is known by what and how much was bought."""
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in present:
        alike[line["productSku"], line["quantity"]].append(line["id"])
    ids = {}
    for line in former:
        if found := alike[line["productSku"], line["quantity"]]:
            ids[line["id"]] = found.pop(0)
    return ids


def by_place(parcels: list[Node]) -> list[Node]:
    return sorted(parcels, key=lambda one: one["fulfillmentOrder"])


def _write_parcels(context: MoveContext, node: Node, parcels: dict[str, Node]) -> None:
    """Lots, delivery, and when it was sent: Saleor makes parcels without metadata, at the time of the move."""
    for former in node["fulfillments"]:
        if former["id"] in parcels:
            present = parcels[former["id"]]
            sent_at = {"key": SHIPPED_AT, "value": former["created"]}
            public = plain_metadata(former["metadata"])
            if not any(one["key"] == SHIPPED_AT for one in public):
                public.append(sent_at)
            _write(context, _METADATA, present, "metadata", public)
            private = plain_metadata(former["privateMetadata"])
            _write(context, _PRIVATE_METADATA, present, "privateMetadata", private)


def _write(context: MoveContext, mutation: Mutation, present: Node, field: str, items: list[Fields]) -> None:
    """What the new shop has under the same key stays: it has gone on with the parcel."""
    known = {one["key"] for one in present[field]}
    new = [one for one in items if one["key"] not in known]
    if new:
        context.mutate("parcel", present["id"], mutation, id=present["id"], input=new)
