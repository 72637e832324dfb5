"""Validation of email addresses: one rule for whatever comes in by API, form or seed file, and for sending.

Internationalized addresses are taken: the part before the @ may hold any letters (SMTPUTF8), and the domain is written
as IDNA 2008 wants it, so that `straße.example` is another domain than `strasse.example`. DNS is not asked.
"""

from functools import lru_cache

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

MAX_LENGTH = 254


class InvalidEmailAddress(ValueError):
    """Not a single valid email address. `sentence` tells whoever typed it what to correct."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address[:MAX_LENGTH]!r} is not a valid email address. {reason}")
        self.address, self.sentence = address, f"Enter a valid email address. {reason}"


def clean_email_address(address: str) -> str:
    """The address without surrounding space, in Unicode NFC, its domain in lower case. Raises InvalidEmailAddress."""
    return _validated(address.strip()).normalized


def to_smtp_address(address: str) -> str:
    """The address as SMTP needs it: the domain in ASCII (xn--…). Raises InvalidEmailAddress.

    The part before the @ stays as it is; if it is not ASCII, the server has to offer SMTPUTF8.
    """
    validated = _validated(address.strip())
    return f"{validated.local_part}@{validated.ascii_domain}"


@lru_cache(maxsize=1024)  # a mail's address is asked about more than once
def _validated(address: str) -> ValidatedEmail:
    """address: without space around it, which the cache would keep. What raises is not kept."""
    if len(address) > MAX_LENGTH:
        raise InvalidEmailAddress(address, f"It is longer than {MAX_LENGTH} characters.")
    try:
        return validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise InvalidEmailAddress(address, str(error)) from None
