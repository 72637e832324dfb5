"""`/graphql/` over HTTP: the same door, with GraphiQL for people who look around in development."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from store.engine.graphql.serve import serve


@csrf_exempt  # no cookie authenticates here, only the Authorization header
def graphql(request: HttpRequest) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _open_to_all(HttpResponse(status=204), request)
    if request.method == "GET" and settings.GRAPHIQL and "text/html" in request.headers.get("accept", ""):
        return render(request, "graphql/graphiql.html")
    if request.method != "POST":
        said = {"errors": [{"message": "Send the query as POST, as JSON or by the multipart request spec."}]}
        return JsonResponse(said, status=405, headers={"Allow": "POST, OPTIONS"})
    headers = {name.lower(): value for name, value in request.headers.items()}
    headers["remote-addr"] = request.META.get("REMOTE_ADDR", "")  # whatever a client says of it
    answer = serve(request.body, headers)
    return _open_to_all(
        HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers)), request
    )


def _open_to_all(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Any origin may ask, as with Saleor: rights come from the token, never from a cookie."""
    if origin := request.headers.get("origin"):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "POST, OPTIONS"
        response["Access-Control-Allow-Headers"] = (
            "Origin, Content-Type, Accept, Authorization, Authorization-Bearer"
        )
        response["Access-Control-Max-Age"] = "600"
        response["Vary"] = "Origin"
    return response
