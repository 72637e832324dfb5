"""The page on which a carrier shows where a parcel is. Saleor keeps a tracking number and no carrier.

The carrier is taken from the name of the delivery method ("DHL Paket"), else from the form of the number. Who packs can
name another one: metadata `carrier` of the fulfillment, one of `NAMES`, which `tracking_url` takes as well.
"""

import re
from urllib.parse import quote

KEY = "carrier"
NAMES = ("UPS", "USPS", "FedEx", "DHL", "DPD", "GLS", "Hermes", "Correos", "SEUR")
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


def tracking_url(tracking_number: str, *, delivery_method: str) -> str:
    """The address of the carrier's page; "" if the carrier is not known. An https address stands for itself."""
    number = tracking_number.strip()
    if re.fullmatch(r"https://[^\s<>\"']+", number):
        return number
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z .-]{5,40}", number):
        return ""
    compact = re.sub(r"[ .-]", "", number).upper()
    carrier = _named_carrier(delivery_method) or _carrier_of_format(compact)
    return _PAGES[carrier].format(quote(compact)) if carrier else ""


def _named_carrier(delivery_method: str) -> str:
    words = re.findall(r"\w+", delivery_method.lower())
    return next((word for word in words if word in _PAGES), "")


def _carrier_of_format(number: str) -> str:
    return next((carrier for format_, carrier in _FORMATS.items() if re.fullmatch(format_, number)), "")
