"""GET /api/manifest and POST /api/register: the installation from Saleor's Dashboard."""

import logging

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from store import saleor_connection
from store.saleor.client.client import Client
from store.saleor.errors import SaleorError
from store.saleor.text import load_json
from store.saleor.transports import HttpTransport
from store.saleor_app import inspection, pending_registration
from store.saleor_app.api_urls import NoApiUrl, api_url
from store.saleor_app.manifest import manifest as app_manifest
from store.saleor_connection import SaleorConnection

logger = logging.getLogger(__name__)
MAX_BODY = 10_000  # bytes


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    return JsonResponse(app_manifest(), headers={"Cache-Control": "no-store"})


@csrf_exempt
@require_POST
def register(request: HttpRequest) -> JsonResponse:
    """Takes the app's token from the Saleor that `connect_saleor --dashboard` named, and from no other."""
    try:
        url = api_url(request.headers.get("Saleor-Api-Url", ""))
        token = str(load_json(request.read(MAX_BODY))["auth_token"])
    except (NoApiUrl, ValueError, KeyError, TypeError):
        return _refused(400, "Saleor-Api-Url or auth_token is missing.")
    if not pending_registration.is_expected(settings.DATA_DIR, url):
        return _refused(
            403, "Run `manage.py connect_saleor URL --dashboard` first, with the address of this Saleor."
        )
    client = Client(HttpTransport(url), token=token)
    try:
        app = client.app_by_token().app
        if app is None:
            return _refused(403, "The token is not one of an app of that Saleor.")
        hosts = inspection.inspect(client, url).picture_hosts
    except SaleorError as error:
        logger.warning("the installation from %s failed: %s", url, error)
        return _refused(503, "That Saleor did not confirm the token. Please try again.")
    connection = SaleorConnection(url, token, app.id, hosts)
    saleor_connection.write(settings.DATA_DIR, connection, settings.SECRET_KEY)
    pending_registration.end(settings.DATA_DIR)
    logger.warning("connected to %s: start the shop again to use it", url)
    return JsonResponse({"success": True})


def _refused(status: int, message: str) -> JsonResponse:
    """In the form that Saleor shows to whoever installs the app."""
    return JsonResponse({"success": False, "error": {"code": "REFUSED", "message": message}}, status=status)
