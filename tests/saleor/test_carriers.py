"""The carrier's page for a parcel, by the name of the delivery method or the form of the number."""

import pytest

from store.saleor.carriers import tracking_url


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
    assert tracking_url(number, delivery_method=method) == url
