"""Which warehouses a channel sells from, in which order, and which zones they serve; and warehouses themselves."""

from typing import Any

import pytest

from store.engine.accounts.models import Address
from store.engine.channels.models import Channel
from store.engine.errors import NotFound, OperationError, Required
from store.engine.events.models import Event
from store.engine.shipping.models import ShippingZone
from store.engine.stock import warehouse_assignment, warehouses
from store.engine.stock.models import ChannelWarehouse, Stock, Warehouse
from store.engine.stock.warehouse_assignment import LinkChanges
from tests.engine.checkout_flow import ADA, Shop, create_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    made = create_shop()
    ChannelWarehouse.objects.update(sort_order=0)
    return made


def warehouse(slug: str) -> Warehouse:
    return warehouses.create(given={"name": slug.title(), "slug": slug}, address=Address(**ADA))


def order_of(channel: Channel) -> list[str]:
    return list(
        channel.channel_warehouses.order_by("sort_order", "pk").values_list("warehouse__slug", flat=True)
    )


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("type", flat=True))


def update(channel: Channel, **changes: Any) -> None:
    warehouse_assignment.update_channel(channel=channel, given={}, **changes)


def refused(function: Any, **given: Any) -> OperationError:
    with pytest.raises(OperationError) as error:
        function(**given)
    return error.value


def test_a_new_channel_sells_from_its_warehouses_in_their_order(shop: Shop) -> None:
    given = {"name": "EU", "slug": "eu", "currency_code": "EUR", "default_country": "DE"}
    b, a = warehouse("b"), warehouse("a")
    made = warehouse_assignment.create_channel(given=given, warehouses=[b, a, b], zones=[shop.zone])
    assert (order_of(made), list(made.shipping_zones.all())) == (["b", "a"], [shop.zone])


def test_added_warehouses_come_last_and_once(shop: Shop) -> None:
    b, a = warehouse("b"), warehouse("a")
    update(shop.channel, warehouses=LinkChanges(add=[b, shop.warehouse, a]))
    assert order_of(shop.channel) == ["main", "b", "a"]
    positions = shop.channel.channel_warehouses.order_by("sort_order").values_list("sort_order", flat=True)
    assert len(set(positions)) == 3


def test_a_warehouse_that_leaves_serves_no_zone_of_the_channel_any_more(shop: Shop) -> None:
    other = Channel.objects.create(name="EU", slug="eu", currency_code="EUR", default_country="DE")
    both = ShippingZone.objects.create(name="World", countries=["US", "DE"])
    both.channels.add(shop.channel, other)
    shop.warehouse.shipping_zones.add(both)
    update(other, warehouses=LinkChanges(add=[shop.warehouse]))
    update(shop.channel, warehouses=LinkChanges(remove=[shop.warehouse]))
    assert order_of(shop.channel) == []
    assert list(shop.warehouse.shipping_zones.all()) == [both]


def test_zones_are_linked_and_unlinked(shop: Shop) -> None:
    new = ShippingZone.objects.create(name="New", countries=["CA"])
    update(shop.channel, zones=LinkChanges(add=[new], remove=[shop.zone]))
    assert list(shop.channel.shipping_zones.all()) == [new]


@pytest.mark.parametrize("kind", ["warehouses", "zones"])
def test_what_is_in_both_lists_is_refused_by_name(shop: Shop, kind: str) -> None:
    row = shop.warehouse if kind == "warehouses" else shop.zone
    error = refused(update, channel=shop.channel, **{kind: LinkChanges(add=[row], remove=[row])})
    name = "shippingZones" if kind == "zones" else kind
    assert (error.code, error.field, error.extras) == (
        "DUPLICATED_INPUT_ITEM",
        f"remove{name[0].upper()}{name[1:]}",
        {name: [row]},
    )
    assert (order_of(shop.channel), shop.channel.shipping_zones.count()) == (["main"], 1)


def test_warehouses_are_reordered_within_their_channel(shop: Shop) -> None:
    b, a, foreign = warehouse("b"), warehouse("a"), warehouse("foreign")
    update(shop.channel, warehouses=LinkChanges(add=[b, a]))
    before = len(events())
    warehouse_assignment.reorder_warehouses(channel=shop.channel, moves={a.pk: -1})
    assert order_of(shop.channel) == ["main", "a", "b"]
    assert events()[before:] == ["CHANNEL_UPDATED"]
    with pytest.raises(NotFound):
        warehouse_assignment.reorder_warehouses(channel=shop.channel, moves={foreign.pk: 1, a.pk: 1})
    assert order_of(shop.channel) == ["main", "a", "b"]


def save_zone(zone: ShippingZone, **changes: Any) -> None:
    given = {} if zone.pk else {"name": "New", "countries": ["CA"]}
    warehouse_assignment.save_zone(zone=zone, given=given, **changes)


def test_a_zone_is_made_and_changed_with_an_event_of_each(shop: Shop) -> None:
    zone = ShippingZone()
    save_zone(zone, channels=LinkChanges(add=[shop.channel]), warehouses=LinkChanges(add=[shop.warehouse]))
    assert (list(zone.channels.all()), list(zone.warehouses.all())) == ([shop.channel], [shop.warehouse])
    save_zone(zone, warehouses=LinkChanges(remove=[shop.warehouse]))
    assert zone.warehouses.count() == 0
    warehouse_assignment.delete_zone(zone=zone)
    assert events()[-3:] == ["SHIPPING_ZONE_CREATED", "SHIPPING_ZONE_UPDATED", "SHIPPING_ZONE_DELETED"]
    assert list(ShippingZone.objects.all()) == [shop.zone]


def test_only_a_warehouse_of_one_of_its_channels_serves_a_zone(shop: Shop) -> None:
    foreign = warehouse("foreign")
    error = refused(save_zone, zone=shop.zone, warehouses=LinkChanges(add=[shop.warehouse, foreign]))
    assert (error.field, error.extras) == ("addWarehouses", {"warehouses": [foreign]})
    assert list(shop.zone.warehouses.all()) == [shop.warehouse]


@pytest.mark.parametrize(
    ("kind", "field"), [("channels", "removeChannels"), ("warehouses", "removeWarehouses")]
)
def test_a_zone_with_a_row_in_both_lists_is_refused(shop: Shop, kind: str, field: str) -> None:
    row = shop.channel if kind == "channels" else shop.warehouse
    assert refused(save_zone, zone=shop.zone, **{kind: LinkChanges(add=[row], remove=[row])}).field == field


def test_a_warehouse_is_made_with_its_address_and_an_event() -> None:
    made = warehouses.create(given={"name": "North Dock", "email": None}, address=Address(**ADA))
    made.refresh_from_db()
    assert (made.slug, made.address.city, events()) == ("north-dock", "Mountain View", ["WAREHOUSE_CREATED"])
    for name in (None, "", " "):
        with pytest.raises(Required):
            warehouses.create(given={"name": name}, address=Address(**ADA))
    assert (Warehouse.objects.count(), Address.objects.count()) == (1, 1)


def test_a_changed_warehouse_keeps_what_is_not_given(shop: Shop) -> None:
    before = shop.warehouse.address_id
    warehouses.update(warehouse=shop.warehouse, given={"name": "North", "email": None})
    warehouses.update(warehouse=shop.warehouse, given={}, address=Address(**ADA | {"city": "Austin"}))
    found = Warehouse.objects.get()
    assert (found.name, found.slug, found.address_id, found.address.city) == (
        "North",
        "main",
        before,
        "Austin",
    )
    assert events() == ["WAREHOUSE_UPDATED"] * 2
    for name in ("name", "slug"):
        for value in ("", " ", None):
            with pytest.raises(Required) as error:
                warehouses.update(warehouse=shop.warehouse, given={name: value})
            assert error.value.field == name


def test_a_private_warehouse_has_no_local_collection(shop: Shop) -> None:
    for given in (
        {"is_private": True, "click_and_collect_option": "LOCAL"},
        {"click_and_collect_option": "LOCAL"},
    ):
        Warehouse.objects.update(is_private=True)
        shop.warehouse.refresh_from_db()
        assert (
            refused(warehouses.update, warehouse=shop.warehouse, given=given).field == "clickAndCollectOption"
        )
    warehouses.update(warehouse=shop.warehouse, given={"click_and_collect_option": "ALL"})
    warehouses.update(
        warehouse=shop.warehouse, given={"is_private": False, "click_and_collect_option": "LOCAL"}
    )
    assert refused(warehouses.update, warehouse=shop.warehouse, given={"is_private": True})
    assert not Warehouse.objects.get().is_private


def test_a_warehouse_goes_with_its_stock_and_address(shop: Shop) -> None:
    shop.variant("CUP")
    other = warehouse("other")
    warehouses.delete(warehouse=shop.warehouse)
    assert (list(Warehouse.objects.all()), list(Address.objects.all())) == ([other], [other.address])
    assert (Stock.objects.count(), events()[-1]) == (0, "WAREHOUSE_DELETED")


def test_a_zone_is_assigned_and_taken_away(shop: Shop) -> None:
    made = warehouse("b")
    assert warehouses.assign_zone(warehouse=made, zone=shop.zone) == made
    assert set(shop.zone.warehouses.all()) == {shop.warehouse, made}
    assert warehouses.unassign_zone(warehouse=made, zone=shop.zone) == made
    assert list(shop.zone.warehouses.all()) == [shop.warehouse]
