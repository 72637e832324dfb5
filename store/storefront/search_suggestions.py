"""What a search finds while it is typed: a part of a page that the search field shows below itself."""

from django.http import HttpRequest, HttpResponse

from store.storefront import channels, list_query, product_search, view_decorators
from store.storefront.list_query import ListQuery
from store.storefront.page_context import render
from store.storefront.request_values import single_line

MAX_PRODUCTS, MAX_GUIDES = 5, 2


@view_decorators.public
def suggestions(request: HttpRequest) -> HttpResponse:
    text = single_line(request.GET.get("q", ""), max_length=list_query.MAX_SEARCH_LENGTH)
    channel = channels.current_channel(request).slug
    result = product_search.search(text, channel) if text else None
    context = {
        "total": len(result.products) if result else 0,
        "products": result.products[:MAX_PRODUCTS] if result else [],
        "guides": result.guides[:MAX_GUIDES] if result else [],
        "all_url": ListQuery(search=text, sort=list_query.BEST_MATCH).url,
    }
    response = render(request, "suggestions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
