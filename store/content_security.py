"""The Content-Security-Policy of each kind of page, and what browsers may not offer to any.

No page has a script of its own in its HTML, so none needs a nonce: scripts come from files of this origin only.
The stylesheets in its HTML are allowed by their hashes, which are the same for each reader of a kept page.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ContentSecurityMiddleware(CSPMiddleware):
    """django-csp's middleware with the additions of `settings.CONTENT_SECURITY_ADDITIONS` for pages below a path."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        done: HttpResponseBase = super().process_response(request, response)
        return done

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        for prefix, additions in settings.CONTENT_SECURITY_ADDITIONS.items():
            if request.path_info.startswith(prefix):
                parts.update = {**additions, **(parts.update or {})}
        return parts
