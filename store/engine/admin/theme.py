"""The admin's stylesheet and script, loaded after unfold's stylesheet and before its scripts (settings.UNFOLD)."""

from django.http import HttpRequest
from django.templatetags.static import static


def stylesheet(request: HttpRequest) -> str:
    return static("shop_admin/admin.css")


def script(request: HttpRequest) -> str:
    return static("shop_admin/landmarks.js")
