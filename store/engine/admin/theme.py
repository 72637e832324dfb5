"""The admin's stylesheet, loaded after unfold's (settings.UNFOLD)."""

from django.http import HttpRequest
from django.templatetags.static import static


def stylesheet(request: HttpRequest) -> str:
    return static("shop_admin/admin.css")
