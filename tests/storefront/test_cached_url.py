"""Addresses that are kept are those that Django would make."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from store.storefront.templatetags import cached_url


def rendered(tag: str, **values: Any) -> str:
    text: str = Template(tag).render(Context(values))
    return text


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_each_language_has_its_own(language: str) -> None:
    with translation.override(language):
        assert rendered("{% url 'storefront:product' slug %}", slug="cup") == reverse(
            "storefront:product", args=["cup"]
        )


@pytest.mark.parametrize("slug", ["cup", mark_safe("cup"), "glass-cup"])
def test_each_argument_has_its_own(slug: str) -> None:
    assert rendered("{% url 'storefront:product' slug=slug %}", slug=slug) == f"/products/{slug}/"


@pytest.mark.parametrize("pk", [1, "1", True])
def test_what_is_equal_and_not_the_same_is_not_mixed_up(pk: object) -> None:
    tag = "{% url 'admin:orders_order_change' pk %}"
    assert rendered(tag, pk=pk) == reverse("admin:orders_order_change", args=[pk])


def test_an_address_can_go_into_a_variable() -> None:
    assert rendered("{% url 'storefront:cart' as here %}[{{ here }}]") == "[/cart/]"
    assert rendered("{% url 'nowhere' as here %}[{{ here }}]") == "[]"


def test_what_does_not_exist_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            rendered("{% url 'nowhere' %}")


def test_the_second_time_nothing_is_worked_out() -> None:
    request = RequestFactory().get("/")
    cached_url._reverse.cache_clear()
    for _ in range(3):
        rendered("{% url 'storefront:cart' %}", request=request)
    assert (cached_url._reverse.cache_info().misses, cached_url._reverse.cache_info().hits) == (1, 2)
