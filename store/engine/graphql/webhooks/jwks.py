"""The view of `/.well-known/jwks.json`: the public keys of webhook and token signatures."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from store.engine.events import signing_keys


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    return JsonResponse(signing_keys.jwks(), headers={"Cache-Control": "public, max-age=3600"})
