"""The carrier's page for a parcel, by the name of the delivery method or the form of the number."""

import pytest

from store.saleor.carriers import NAMES, tracking


@pytest.mark.parametrize(
    ("number", "method", "url"),
    [
        (
            "00340434161094",
            "DHL Paket",
            "https://www.dhl.com/global-en/home/tracking.html?tracking-id=00340434161094",
        ),
        ("1Z 999 AA1 01 2345 6784", "Standard", "https://www.ups.com/track?tracknum=1Z999AA10123456784"),
        (
            "9400111899223197428490",
            "",
            "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111899223197428490",
        ),
        (
            "RR123456789ES",
            "",
            "https://www.correos.es/es/en/tools/tracker/items/details?tracking-number=RR123456789ES",
        ),
        ("https://carrier.example/t/1", "Standard", "https://carrier.example/t/1"),
        ("TRK1", "Standard", ""),
        ("12345678", "Standard", ""),
        (
            "1Z999AA10123456784",
            "DPD Classic",
            "https://www.dpdgroup.com/mydpd/my-parcels/search?parcelNumber=1Z999AA10123456784",
        ),
        ("http://carrier.example/", "", ""),
        ("javascript:alert(1)", "DHL", ""),
        ('https://a.example/"><b>', "", ""),
        ("", "DHL", ""),
    ],
)
def test_tracking_url(number: str, method: str, url: str) -> None:
    assert tracking(number, carrier="", delivery_method=method).url == url


@pytest.mark.parametrize(
    ("carrier", "method", "shown", "page"),
    [
        ("UPS", "DHL Paket", "UPS", "www.ups.com"),  # who packed knows better than the delivery method
        ("", "DHL Paket", "DHL", "www.dhl.com"),
        ("Pigeon Post", "DHL Paket", "Pigeon Post", ""),
        ("", "Standard", "", ""),
    ],
)
def test_the_carrier_named_with_the_parcel_comes_first(
    carrier: str, method: str, shown: str, page: str
) -> None:
    found = tracking(" 12345678 ", carrier=carrier, delivery_method=method)
    assert (found.number, found.carrier, found.url.partition("//")[2].partition("/")[0]) == (
        "12345678",
        shown,
        page,
    )


def test_every_carrier_that_can_be_chosen_has_a_page() -> None:
    assert all(tracking("123456789", carrier=name, delivery_method="").url for name in NAMES)
