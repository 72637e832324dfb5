"""The style guide: every component in its states, for staff only."""

from types import SimpleNamespace

from django.test import Client, RequestFactory

from store.storefront.styleguide import styleguide
from tests.storefront.saleor_double import SaleorDouble


def test_shoppers_have_no_style_guide(shopper: Client) -> None:
    page = shopper.get("/styleguide/")
    assert page.status_code == 404
    assert "noindex" in page["X-Robots-Tag"]


def test_staff_see_each_component_in_its_states(saleor: SaleorDouble) -> None:
    request = RequestFactory().get("/styleguide/")
    request.user = SimpleNamespace(is_staff=True)  # type: ignore[assignment]
    page = styleguide(request).content.decode()
    for state in (
        'aria-disabled="true"',
        "notice error",
        'aria-invalid="true"',
        "stock out",
        "option less",
        "badge",
    ):
        assert state in page, state
