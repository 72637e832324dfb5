"""Email addresses that a mail can really be sent to."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class BadAddress(ValueError):
    """No mail can be sent there."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is no address that mail can be sent to")
        self.address = address


def deliverable(address: str) -> str:
    """The address as it goes over the wire: one recipient, the domain in its ASCII form."""
    address = address.strip()
    try:
        validate_email(address)
        name, _, domain = address.rpartition("@")
        return f"{name}@{domain.encode('idna').decode()}"
    except (ValidationError, UnicodeError):
        raise BadAddress(address) from None
