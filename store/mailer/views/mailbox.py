"""/mailbox/: shows the mails in MAIL_DIR, for development only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SHOWN_HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)
# The HTML part contains data of orders: it may use inline styles and nothing else.
FRAME_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)


@dataclass(frozen=True, slots=True)
class StoredMail:
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def recipient(self) -> str:
        return str(self.message["To"])

    @property
    def sent(self) -> datetime | None:
        date = self.message["Date"]
        return date.datetime if date else None

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(self.message[name])) for name in SHOWN_HEADERS if self.message[name]]

    @property
    def attachments(self) -> list[dict[str, object]]:
        return [
            {"no": no, "name": part.get_filename() or f"attachment {no}", "size": len(_content(part))}
            for no, part in enumerate(self.message.iter_attachments())
        ]

    def part(self, kind: str) -> str:
        found = self.message.get_body((kind,))
        return str(found.get_content()) if found else ""


def _development_only(view: View[P]) -> View[P]:
    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.MAILBOX_ENABLED:
            raise Http404("The mailbox is open in development only.")
        return view(request, *args, **kwargs)

    return require_safe(wrapper)


@_development_only
def index(request: HttpRequest) -> HttpResponse:
    letters = [_read(path) for path in _files()]
    return render(request, "mailer/mailbox.html", {"letters": letters, "folder": settings.MAIL_DIR})


@_development_only
def letter(request: HttpRequest, name: str) -> HttpResponse:
    found = _find(name)
    return render(request, "mailer/letter.html", {"letter": found, "text": found.part("plain")})


@_development_only
@xframe_options_sameorigin
def html(request: HttpRequest, name: str) -> HttpResponse:
    response = HttpResponse(_find(name).part("html"))
    response["Content-Security-Policy"] = FRAME_CSP
    return response


@_development_only
def attachment(request: HttpRequest, name: str, no: int) -> HttpResponse:
    parts = list(_find(name).message.iter_attachments())
    if no >= len(parts):
        raise Http404("This mail has no such attachment.")
    part = parts[no]
    response = HttpResponse(_content(part), content_type=part.get_content_type())
    disposition = content_disposition_header(as_attachment=True, filename=part.get_filename() or str(no))
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _files() -> list[Path]:
    folder = Path(settings.MAIL_DIR)
    found = [path for path in folder.glob("*.eml") if not path.name.startswith(".")]
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _find(name: str) -> StoredMail:
    for path in _files():  # by listing, so that no name can escape the folder
        if path.stem == name:
            return _read(path)
    raise Http404("There is no such mail in the mailbox.")


def _read(path: Path) -> StoredMail:
    return StoredMail(path.stem, message_from_bytes(path.read_bytes(), policy=policy.default))


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
