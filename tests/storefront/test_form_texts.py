"""Forms and addresses of pages are cleaned before a view reads them."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from store.form_cleaning import FormCleaningMiddleware


def received(request):
    seen = {}

    def view(request):
        seen.update(get=dict(request.GET.lists()), post=dict(request.POST.lists()), path=request.path_info)
        return HttpResponse()

    middleware = FormCleaningMiddleware(view)
    middleware.process_view(request, view, (), {})
    middleware(request)
    return seen


def test_texts_keys_and_paths_are_cleaned():
    request = RequestFactory().post(
        "/products/jose\u0301/?q=a%00b", {"name": ["A\x0bda\r\n", "B\ufffe"], "k\x07": "Jose\u0301"}
    )
    assert received(request) == {
        "get": {"q": ["ab"]},
        "post": {"name": ["A\nda\n", "B"], "k": ["Jos\u00e9"]},
        "path": "/products/jos\u00e9/",
    }


@pytest.mark.parametrize(
    "query", ["material=%00", "q=%ED%A0%BD", "q=%FF%FE", "page=%00&q=%0b", "q=" + "%CC%81" * 2000]
)
def test_a_list_of_products_opens_whatever_is_asked(seeded_shop, query):
    assert Client().get(f"/products/?{query}", follow=True).status_code in (200, 404)
