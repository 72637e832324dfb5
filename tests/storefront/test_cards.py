"""Cards are drawn once for equal values, and anew for others."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from store.reviews.published import Rating
from store.storefront.product_cards import Color, PriceRange, ProductCard
from store.storefront.templatetags import cards
from store.storefront.values import Money

PRICE = Money(Decimal("29.00"), "USD")
SET = ProductCard("set", "A set", None, None, False, 6, 6, "First time", PriceRange(PRICE, PRICE, None))
PAGE = Template("{% product_card product lazy=True %}")


@pytest.fixture(autouse=True)
def nothing_drawn_yet() -> None:
    cards._drawn.cache_clear()


def draw(product: ProductCard = SET, *, locale: str = "en_US", rating: Rating | None = None) -> str:
    ratings = {product.slug: rating} if rating else {}
    return PAGE.render(Context({"product": product, "ratings": ratings, "locale": locale}))


def test_a_card_of_equal_values_is_drawn_once() -> None:
    assert draw() == draw(replace(SET, name="A" + " set"))
    assert cards._drawn.cache_info()[:2] == (1, 1)


def test_a_card_follows_its_price_its_rating_and_its_reader() -> None:
    reduced = PriceRange(Money(Decimal("19.00"), "USD"), PRICE, PRICE)
    assert "$29.00" in draw()
    assert "$19.00" in draw(replace(SET, prices=reduced))
    assert "29,00" in draw(locale="de_DE")
    assert "4.5" in draw(rating=Rating(4.5, 2))
    assert "Out of stock" in draw()
    with translation.override("de"):
        assert "Ausverkauft" in draw()
        assert "Ausverkauft" not in draw(replace(SET, is_available=True))


def test_a_value_that_may_change_by_itself_is_refused() -> None:
    with pytest.raises(TypeError):
        draw(replace(SET, colors=[Color("Teal", "#2f7f7b")]))  # type: ignore[arg-type]
