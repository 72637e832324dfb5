"""Validation of email addresses before sending."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


class InvalidAddress(ValueError):
    """Not a single valid email address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is no address that mail can be sent to")
        self.address = address


def normalize_address(address: str) -> str:
    """The address as SMTP needs it: one recipient, the domain in ASCII (IDNA). Raises InvalidAddress."""
    address = address.strip()
    try:
        validate_email(address)
        name, _, domain = address.rpartition("@")
        return f"{name}@{domain.encode('idna').decode()}"
    except (ValidationError, UnicodeError):
        raise InvalidAddress(address) from None
