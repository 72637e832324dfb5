"""The App manifest: what Saleor's Dashboard asks for to install the store as an app."""

from typing import Any

from django.conf import settings

from store.mailer.inbox import SUBSCRIPTION
from store.saleor.version import SCHEMA_VERSION
from store.saleor_app import webhooks
from store.saleor_app.app_permissions import ALL, APP_NAME


def manifest() -> dict[str, Any]:
    return {
        "id": "cupwell.store",
        "version": "1.0.0",
        "requiredSaleorVersion": f"^{SCHEMA_VERSION}",
        "name": APP_NAME,
        "about": "The shop's pages, mails and safety inserts.",
        "author": "Cupwell",
        "appUrl": settings.PUBLIC_URL,
        "homepageUrl": settings.PUBLIC_URL,
        "tokenTargetUrl": f"{settings.PUBLIC_URL}/api/register",
        "permissions": [permission.value for permission in ALL],
        "webhooks": [
            {
                "name": webhooks.NAME,
                "asyncEvents": [event.value for event in webhooks.event_types()],
                "query": SUBSCRIPTION,
                "targetUrl": webhooks.target_url(),
                "isActive": True,
            }
        ],
    }
