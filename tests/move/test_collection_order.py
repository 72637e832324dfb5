"""The steps that bring the products of a collection into the former shop's order."""

import random

from store.move.catalog.collection_order import moves_to


def after(shown: list[str], wanted: list[str]) -> list[str]:
    """What Saleor makes of the steps: each from where those before it have led."""
    found = list(shown)
    for product, by in moves_to(shown, wanted):
        place = found.index(product)
        found.insert(place + by, found.pop(place))
    return found


def test_what_is_in_order_is_left_alone() -> None:
    assert list(moves_to(list("abc"), list("abc"))) == []


def test_others_keep_their_place() -> None:
    assert after(["a", "own", "b", "c"], ["c", "b", "a"]) == ["c", "own", "b", "a"]


def test_any_order_is_reached_and_no_product_moves_twice() -> None:
    chance = random.Random(3)
    for _ in range(200):
        shown = chance.sample("abcdefgh", 8)
        wanted = chance.sample(shown, chance.randint(2, 8))
        moved = [product for product, _ in moves_to(shown, wanted)]
        assert [one for one in after(shown, wanted) if one in wanted] == wanted
        assert len(moved) == len(set(moved))
