"""What settings.UNFOLD asks for: the desk's own stylesheet, over unfold's."""

from django.http import HttpRequest
from django.templatetags.static import static


def stylesheet(request: HttpRequest) -> str:
    return static("shop_admin/admin.css")
