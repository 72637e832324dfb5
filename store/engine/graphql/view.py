"""The HTTP view of `/graphql/`; GET shows GraphiQL in development."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from store.engine.graphql.serve import serve


@csrf_exempt  # no cookie authenticates here, only the Authorization header
def graphql(request: HttpRequest) -> HttpResponseBase:
    """Execute a POST request with `serve`; 405 for other methods but OPTIONS."""
    if request.method == "OPTIONS":
        return _allow_origin(HttpResponse(status=204), request)
    if request.method == "GET" and settings.GRAPHIQL and "text/html" in request.headers.get("accept", ""):
        return render(request, "graphql/graphiql.html")
    if request.method != "POST":
        content = {
            "errors": [{"message": "Send the query as POST, as JSON or by the multipart request spec."}]
        }
        return JsonResponse(content, status=405, headers={"Allow": "POST, OPTIONS"})
    headers = {name.lower(): value for name, value in request.headers.items()}
    headers["remote-addr"] = request.META.get("REMOTE_ADDR", "")  # overwrites a header of this name
    answer = serve(_body(request), headers)
    return _allow_origin(
        HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers)), request
    )


def _body(request: HttpRequest) -> bytes:
    """The body, at most one byte more than `serve` takes: it answers 413 in JSON where Django's own limit would not."""
    return request.read(max(settings.GRAPHQL_MAX_UPLOAD, settings.GRAPHQL_MAX_BODY) + 1)


def _allow_origin(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """CORS headers, as Saleor sends them: permissions come from the token, never from a cookie.

    Credentials are allowed, since clients such as Saleor's Dashboard ask for them; the only cookie that counts here is
    that of the refresh token, which is worth nothing without the CSRF token.
    """
    origin = request.headers.get("origin")
    if origin and not {"*", origin}.isdisjoint(settings.GRAPHQL_ALLOWED_ORIGINS):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "POST, OPTIONS"
        response["Access-Control-Allow-Headers"] = (
            "Origin, Content-Type, Accept, Authorization, Authorization-Bearer, Source-Service-Name"
        )
        response["Access-Control-Allow-Credentials"] = "true"
        response["Access-Control-Max-Age"] = "600"
        response["Vary"] = "Origin"
    return response
