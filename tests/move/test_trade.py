"""What is left of vouchers, gift cards and baskets is moved once, and what may be money is left to a person."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.utils import timezone

from store.move import closing
from store.move.move import preparation, sections
from store.move.report import Report
from store.move.shop_api import ShopApi, Written
from store.move.trade import baskets, gift_cards, order_input, orders, vouchers
from store.saleor.errors import GraphQLError
from store.seed.write.context import ObjectRefused
from tests.move.test_order_input import order, parcel

Node = dict[str, Any]


class Lists:
    """A shop that answers with these lists; `pages` are the further ones inside objects."""

    def __init__(self, **lists: list[Node]) -> None:
        self.lists = lists
        self.pages: list[Node] = []
        self.cut: list[str] = []

    def nodes(self, document: str, root: str) -> Iterator[Node]:
        yield from self.lists.get(root, [])

    def ask(self, document: str, **variables: Any) -> Node:
        return {"voucher": {"codes": self.pages.pop(0)}}

    rest = ShopApi.rest


class Context:
    """A move that notes what it would write; `refuse`: what Saleor says no to."""

    is_dry = True

    def __init__(self, former: Lists, new: Lists, refuse: Callable[[Node], bool] = lambda _: False) -> None:
        self.former, self.new, self.refuse = former, new, refuse
        self.report = Report("embedded", "new.example", is_dry_run=True)
        self.written: list[Node] = []

    def mutate(self, kind: str, key: str, mutation: Any, **variables: Any) -> Written:
        if self.refuse(variables):
            raise ObjectRefused(kind, key, GraphQLError([{"message": "no"}]))
        self.written.append(variables)
        return Written.model_validate({"object": {"id": "new"}})

    def carry(self, kind: str, key: str, fields: Node, *, found: Any, create: Any, update: Any) -> str:
        return str(found[0] if found else create())


def page(*nodes: Node, after: str = "") -> Node:
    info = {"hasNextPage": bool(after), "endCursor": after}
    return {"edges": [{"node": node} for node in nodes], "pageInfo": info}


def code(text: str, used: int = 0, *, is_active: bool = True) -> Node:
    return {"code": text, "used": used, "isActive": is_active}


def voucher(*codes: Node, limit: int | None = None, after: str = "") -> Node:
    empty = {name: page() for name in ("categories", "collections", "products", "variants")}
    plain = dict.fromkeys(
        ("name", "type", "startDate", "endDate", "applyOncePerOrder", "applyOncePerCustomer", "singleUse",
         "onlyForStaff", "minCheckoutItemsQuantity", "discountValueType")
    )  # fmt: skip
    lists: Node = {"countries": [], "channelListings": [], "metadata": [], "privateMetadata": []}
    return {"id": "v", **plain, **empty, **lists, "usageLimit": limit, "codes": page(*codes, after=after)}


def card(code: str, amount: float, expiry: str | None = None) -> Node:
    return {
        "code": code,
        "currentBalance": {"amount": amount, "currency": "USD"},
        "expiryDate": expiry,
        "isActive": True,
        "tags": [],
        "metadata": [],
        "privateMetadata": [],
    }


def payment(*events: str, charged: float = 0.0) -> Node:
    names = ("chargePendingAmount", "authorizedAmount", "authorizePendingAmount")
    told = [{"type": one, "createdAt": f"2026-01-01T00:00:0{place}"} for place, one in enumerate(events)]
    return {name: {"amount": 0.0} for name in names} | {"chargedAmount": {"amount": charged}, "events": told}


def run(section: Callable[..., Iterator[str]], context: Context) -> Context:
    list(section(context))
    return context


def test_a_shop_that_sells_gives_away_nothing_that_a_sale_changes() -> None:
    assert list(sections(lambda url: ("", b""), with_trade=False)) == list(preparation(lambda url: ("", b"")))
    of_sales = {"stock", "vouchers", "gift cards", "orders", "baskets"}
    assert of_sales <= set(sections(lambda url: ("", b""), with_trade=True))
    assert of_sales.isdisjoint(preparation(lambda url: ("", b"")))
    assert "--close" in Report("a", "b", is_dry_run=False, with_trade=False).to_text()


def test_only_codes_that_buy_something_are_sent_also_those_beyond_the_first_page() -> None:
    former = Lists(vouchers=[voucher(code("SPENT", 1, is_active=False), code("A"), after="x")])
    former.pages = [page(code("B"), code("OFF", is_active=False))]
    context = run(vouchers.move_vouchers, Context(former, Lists()))
    assert context.written[0]["input"]["addCodes"] == ["A", "B"]
    assert context.report.to_do == [
        "voucher SPENT: 2 of its 4 codes are used up or switched off and were left out"
    ]


def test_a_limit_holds_for_each_code_and_is_lowered_by_its_uses() -> None:
    former = Lists(vouchers=[voucher(code("A", 3), code("B", 1), limit=3)])
    context = run(vouchers.move_vouchers, Context(former, Lists()))
    given = context.written[0]["input"]
    assert (given["addCodes"], given["usageLimit"]) == (["B"], 2)


def test_a_used_up_voucher_that_the_new_shop_has_is_named() -> None:
    former, new = Lists(vouchers=[voucher(code("A", 3), limit=3)]), Lists(vouchers=[voucher(code("A"))])
    context = run(vouchers.move_vouchers, Context(former, new))
    assert context.written == []
    assert context.report.to_do == [
        "voucher A is used up in the former shop and is in the new one: switch its codes off there"
    ]


def test_a_refused_voucher_or_card_does_not_stop_the_others() -> None:
    former = Lists(
        vouchers=[voucher(code("A")), voucher(code("B"))], giftCards=[card("CARD-A", 5), card("CARD-B", 5)]
    )
    context = Context(former, Lists(), lambda given: "A" in str(given["input"].get("addCodes", "")))
    run(vouchers.move_vouchers, context)
    context.refuse = lambda given: given["input"]["code"] == "CARD-A"
    run(gift_cards.move_gift_cards, context)
    assert [one["input"].get("addCodes") or one["input"]["code"] for one in context.written] == [
        ["B"],
        "CARD-B",
    ]
    assert [one.partition(" was not moved")[0] for one in context.report.to_do] == [
        "voucher A",
        "gift card …RD-A with 5.00 USD",
    ]


def test_an_expired_card_with_money_is_named_and_stays_behind() -> None:
    today, later = timezone.now().date(), timezone.now().date() + timedelta(days=9)
    former = Lists(giftCards=[card("OLD1", 12.5, today.isoformat()), card("NEW1", 3, later.isoformat())])
    context = run(gift_cards.move_gift_cards, Context(former, Lists()))
    assert [one["input"]["code"] for one in context.written] == ["NEW1"]
    assert dict(context.report.counts["gift-card"]) == {"created": 1, "expired, not moved": 1}
    (shown,) = context.report.to_do
    assert "…OLD1 with 12.50 USD" in shown


@pytest.mark.parametrize(
    ("one", "may_be_money"),
    [
        (payment(), True),
        (payment("CHARGE_REQUEST"), True),
        (payment("CHARGE_ACTION_REQUIRED", "INFO"), True),
        (payment("CHARGE_REQUEST", "CHARGE_FAILURE"), False),
        (payment("CHARGE_FAILURE", "CHARGE_REQUEST"), True),
        (payment("AUTHORIZATION_SUCCESS", "CANCEL_SUCCESS", "INFO"), False),
        (payment("CHARGE_SUCCESS", "REFUND_SUCCESS", charged=5.0), True),
    ],
)
def test_a_payment_without_a_final_failure_may_be_money(one: Node, may_be_money: bool) -> None:
    basket = {
        "id": "b", "created": timezone.now().isoformat(), "email": "ada@example.com", "lines": [{}],
        "transactions": [one],
    }  # fmt: skip
    assert baskets._may_be_money(one) is may_be_money
    if may_be_money:
        context = run(baskets.move_baskets, Context(Lists(checkouts=[basket]), Lists()))
        assert (context.written, len(context.report.to_do)) == ([], 1)


class Killed(Exception): ...


class KilledAt(Context):
    """A move into a shop that keeps baskets; it ends after that many writes, the last one done but not answered."""

    is_dry = False
    ids: ClassVar = {"product-variant": {"CUP-A": "v1"}}

    def __init__(self, former: Lists, new: Lists, writes: int) -> None:
        super().__init__(former, new)
        self.left = writes

    def mutate(self, kind: str, key: str, mutation: Any, **variables: Any) -> Written:
        made = self.new.lists["checkouts"]
        if given := variables.get("input"):
            made.append({"id": "new", "voucherCode": None, "giftCards": [], **given})
        elif variables["promoCode"].startswith("CARD"):
            made[0]["giftCards"].append({"code": variables["promoCode"]})
        else:
            made[0]["voucherCode"] = variables["promoCode"]
        written = super().mutate(kind, key, mutation, **variables)
        self.left -= 1
        if not self.left:
            raise Killed
        return written


@pytest.mark.parametrize("writes", [1, 2, 3])
def test_a_basket_whose_move_was_killed_is_there_once_with_all_its_codes(
    monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    notes: dict[str, str] = {}
    monkeypatch.setattr(baskets.lookup, "new_id", notes.get)
    monkeypatch.setattr(baskets.lookup, "note", lambda former, new, **_: notes.update({former: new}))
    line = {"variant": {"sku": "CUP-A"}, "quantity": 2, "metadata": []}
    basket = {
        "id": "b", "created": timezone.now().isoformat(), "email": "ada@example.com", "lines": [line],
        "channel": {"slug": "eu"}, "languageCode": "DE", "shippingAddress": None, "billingAddress": None,
        "voucherCode": "HELLO", "giftCards": [{"code": "CARD-1"}], "transactions": [], "metadata": [],
        "privateMetadata": [],
    }  # fmt: skip
    former, new = Lists(checkouts=[basket]), Lists(checkouts=[])
    with pytest.raises(Killed):
        run(baskets.move_baskets, KilledAt(former, new, writes))
    assert notes == {}
    run(baskets.move_baskets, KilledAt(former, new, 9))
    (made,) = new.lists["checkouts"]
    assert (made["voucherCode"], made["giftCards"]) == ("HELLO", [{"code": "CARD-1"}])
    assert notes == {"b": "new"}
    made["voucherCode"] = None  # its shopper took it out
    assert run(baskets.move_baskets, KilledAt(former, new, 9)).written == []


def test_an_order_that_was_moved_is_compared_with_what_became_of_it() -> None:
    node = order("FULFILLED", parcel(3), number="5", isPaid=True)
    same = {
        "number": "17",
        "status": "FULFILLED",
        "isPaid": True,
        "totalCharged": {"amount": 34.9},
        "totalRefunded": {"amount": 0.0},
        "fulfillments": [{"status": "FULFILLED"}],
    }
    context: Any = Context(Lists(), Lists())
    orders._compare_found(context, node, same)
    assert context.report.to_do == []
    orders._compare_found(
        context,
        node,
        same
        | {"status": "UNFULFILLED", "fulfillments": [], "isPaid": False, "totalCharged": {"amount": 0.0}},
    )
    assert context.report.to_do == [
        "order 5 (17): status: FULFILLED in the former shop, UNFULFILLED in the new one; "
        "paid in full: True in the former shop, False in the new one; "
        "charged: 34.90 in the former shop, 0.00 in the new one; "
        "parcels: 1 in the former shop, 0 in the new one"
    ]


def test_an_order_of_during_the_run_waits_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "changed_orders", lambda client: {})
    former = Lists(orders=[order("UNFULFILLED", id="o", number="9")])
    former.client = None  # type: ignore[attr-defined]
    context = run(orders.move_orders, Context(former, Lists()))
    assert context.report.to_do == ["order 9 was not moved: it came in during this run; run the move again"]


@pytest.mark.parametrize(("kind", "is_card"), [("GIFT_CARD", True), ("NORMAL", False)])
def test_a_line_of_a_gift_card_is_one_in_the_new_shop(kind: str, is_card: bool) -> None:
    line = {"variant": {"sku": "S", "product": {"productType": {"kind": kind}}}}
    assert order_input._is_gift_card(line) is is_card
    assert not order_input._is_gift_card({"variant": None})


def test_lists_inside_objects_that_are_longer_are_named() -> None:
    api = ShopApi(None)  # type: ignore[arg-type]
    found = page({"slug": "cup", "productVariants": page({}, after="x"), "media": page({})})
    api.ask = lambda document, **variables: {"products": found}  # type: ignore[method-assign]
    list(api.nodes("Products", "products"))
    assert api.cut == ["products cup: more than 1 productVariants; the others were left out"]


def test_what_was_bought_right_before_is_waited_for() -> None:
    left = iter([2, 0])
    closing.wait_until_quiet(to_tell=lambda: next(left), under_way=lambda: 0, seconds=0.01 + 1)
    with pytest.raises(
        closing.StillBusy, match="3 of its events about orders are not delivered and 1 of its"
    ):
        closing.wait_until_quiet(to_tell=lambda: 3, under_way=lambda: 1, seconds=0)
