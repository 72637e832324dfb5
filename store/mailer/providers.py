"""The mail providers whose reports the shop understands, and what a mail carries so that they name it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

MAIL = "mail"  # the name of our Message-ID in the provider's data


@dataclass(frozen=True, slots=True)
class Provider:
    """`module`, `view`: of anymail; `header`: with which a mail takes data along; `is_json`: as an object of names."""

    module: str
    view: str
    header: str
    is_json: bool = True


PROVIDERS: Mapping[str, Provider] = {
    "postmark": Provider("postmark", "PostmarkTrackingWebhookView", "X-PM-Metadata-mail", is_json=False),
    "mailgun": Provider("mailgun", "MailgunTrackingWebhookView", "X-Mailgun-Variables"),
    "brevo": Provider("brevo", "BrevoTrackingWebhookView", "X-Mailin-custom"),
    "amazon-ses": Provider("amazon_ses", "AmazonSESTrackingWebhookView", "X-Metadata"),
}


def current() -> Provider | None:
    """The provider that MAIL_PROVIDER names."""
    return PROVIDERS.get(settings.MAIL_PROVIDER)


def headers(message_id: str) -> dict[str, str]:
    """What a mail carries so that the provider's reports name it."""
    provider, own = current(), message_id.strip("<>")
    if provider is None:
        return {}
    return {provider.header: json.dumps({MAIL: own}) if provider.is_json else own}
