"""Remembers the language that a shopper chose, and leads to the same page in it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from store.storefront import languages, view_decorators


@view_decorators.private
def switch(request: HttpRequest, code: str) -> HttpResponse:
    if code not in languages.NAMES:
        raise Http404
    url = request.GET.get("next", "/")
    is_ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    response = HttpResponseRedirect(languages.path_in(code, url if is_ours else "/"), status=303)
    languages.set_cookie(response, code, secure=request.is_secure())
    return response
