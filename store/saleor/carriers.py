"""Who carries a parcel, and the page on which that carrier shows where it is: one rule for desk, order page and mail.

Saleor keeps a tracking number and no carrier. Who packs can name one: metadata `carrier` of the fulfillment, public as
all `metadata`, so that the store reads it from a real Saleor as well. Else the carrier is taken from the name of the
delivery method ("DHL Paket"), else from the form of the number.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

KEY = "carrier"
NAMES = ("UPS", "USPS", "FedEx", "DHL", "DPD", "GLS", "Hermes", "Correos", "SEUR")
LONGEST_NAME = 40  # letters
_DISPLAY_NAMES = {name.lower(): name for name in NAMES}
# Word in the name of a delivery method -> the page for a number.
_PAGES = {
    "ups": "https://www.ups.com/track?tracknum={}",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={}",
    "dhl": "https://www.dhl.com/global-en/home/tracking.html?tracking-id={}",
    "dpd": "https://www.dpdgroup.com/mydpd/my-parcels/search?parcelNumber={}",
    "gls": "https://gls-group.com/track/{}",
    "hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#{}",
    "correos": "https://www.correos.es/es/en/tools/tracker/items/details?tracking-number={}",
    "seur": "https://www.seur.com/miseur/mis-envios?tracking={}",
}
_FORMATS = {
    r"1Z[0-9A-Z]{16}": "ups",
    r"9[2-5]\d{20}": "usps",
    r"[A-Z]{2}\d{9}US": "usps",  # UPU S10: the last letters are the country of the post that took the parcel
    r"[A-Z]{2}\d{9}DE": "dhl",
    r"[A-Z]{2}\d{9}ES": "correos",
}


@dataclass(frozen=True, slots=True)
class Tracking:
    """Each may be "": `carrier` is its name to show, `url` an https address of its page."""

    number: str
    carrier: str
    url: str


def tracking(number: str, *, carrier: str, delivery_method: str) -> Tracking:
    """What is shown of a parcel. `carrier`: who packed named it, or "".

    A carrier that was named and has no page here gets no link: another carrier's page would know nothing of the parcel.
    """
    number, named = number.strip(), carrier.strip()
    known = _known_carrier(named) if named else _known_carrier(delivery_method) or _carrier_of_format(number)
    return Tracking(number, _DISPLAY_NAMES.get(known, named[:LONGEST_NAME]), _url(number, known))


def _url(number: str, carrier: str) -> str:
    """An https address stands for itself."""
    if re.fullmatch(r"https://[^\s<>\"']+", number):
        return number
    if not carrier or not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z .-]{5,40}", number):
        return ""
    return _PAGES[carrier].format(quote(_compact(number)))


def _compact(number: str) -> str:
    return re.sub(r"[ .-]", "", number).upper()


def _known_carrier(name: str) -> str:
    words = re.findall(r"\w+", name.lower())
    return next((word for word in words if word in _PAGES), "")


def _carrier_of_format(number: str) -> str:
    compact = _compact(number)
    return next((carrier for format_, carrier in _FORMATS.items() if re.fullmatch(format_, compact)), "")
