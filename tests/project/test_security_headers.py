"""Headers under which nothing foreign runs, on each kind of page."""

import io
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from store.engine.accounts.models import User
from store.engine.catalog.media import store_file
from store.engine.errors import OperationError

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "/",
    "/products/",
    "/cart/",
    "/guides/",
    "/nowhere/",
    "/admin/",
    "/admin/login/",
    "/healthz",
    "/mailbox/",
]


@pytest.fixture
def merchant(seeded_shop: None) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(email="merchant@cupwell.example"))
    return browser


def policy(response: Any) -> dict[str, set[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("path", PAGES)
def test_scripts_come_from_files_of_this_origin_only(merchant: Client, path: str) -> None:
    response = merchant.get(path, HTTP_ACCEPT="text/html")
    found = policy(response)
    allowed = {"'self'", "'unsafe-eval'"} if path.startswith("/admin/") else {"'self'"}
    assert found["script-src"] == allowed
    assert (found["object-src"], found["base-uri"], found["form-action"], found["frame-ancestors"]) == (
        {"'none'"}, {"'none'"}, {"'self'"}, {"'self'"},
    )  # fmt: skip
    assert (response["X-Content-Type-Options"], response["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", [*PAGES, "/graphql/"])
def test_no_page_has_a_script_in_its_html(merchant: Client, path: str) -> None:
    page = merchant.get(path, HTTP_ACCEPT="text/html").content.decode()
    scripts = re.findall(r"<script([^>]*)>", page)
    assert [one for one in scripts if "src=" not in one and "json" not in one] == []
    assert re.findall(r"<[^>]+\son(?:click|load|error|change|submit)=", page) == []


def test_graphiql_loads_scripts_from_this_origin_only(merchant: Client) -> None:
    assert policy(merchant.get("/graphql/", HTTP_ACCEPT="text/html"))["script-src"] == {"'self'"}


@pytest.mark.parametrize(
    "name",
    [
        "evil.shtml",
        "evil.es",
        "evil.html",
        "evil.svg",
        "evil.xml",
        "evil.js",
        "evil.pdf",
        "evil",
        "evil.png.html",
    ],
)
def test_a_file_that_lies_below_media_is_saved_and_never_run(settings: Any, tmp_path: Any, name: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / name).write_text("<script>alert(1)</script>")
    response = Client().get(f"/media/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/octet-stream")
    assert response["Content-Disposition"] == "attachment"
    assert (response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (
        "default-src 'none'; sandbox",
        "nosniff",
    )


def test_a_picture_is_shown_and_shut_in(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "cup.PNG").write_bytes(b"\x89PNG")
    response = Client().get("/media/cup.PNG")
    assert response["Content-Type"] == "image/png"
    assert not response.get("Content-Disposition", "").startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "path", ["../shop.sqlite3", "%2e%2e/shop.sqlite3", "..%2fshop.sqlite3", "/etc/passwd"]
)
def test_nothing_outside_the_folder_is_served(settings: Any, tmp_path: Any, path: str) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "shop.sqlite3").write_text("x")
    assert Client().get(f"/media/{path}").status_code == 404


def test_a_public_shop_sends_visitors_to_https_and_answers_health_checks(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    plain = Client().get("/guides/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/guides/")
    assert Client().get("/healthz").status_code != 301
    secure = Client().get("/robots.txt", HTTP_X_FORWARDED_PROTO="https")
    assert secure["Strict-Transport-Security"] == "max-age=31536000"


def test_only_known_kinds_of_files_are_taken(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    for name in ("a.shtml", "a.es", "a.html", "a.svg", "a.wasm", "a.mht", "a", "a.pdf.js", ".html"):
        with pytest.raises(OperationError):
            store_file(ContentFile(b"x", name=name))
    assert default_storage.exists(store_file(ContentFile(b"x", name="Insert.PDF")))


def picture(kind: str, size: tuple[int, int] = (2, 2)) -> bytes:
    file = io.BytesIO()
    Image.new("1", size).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"<html><script>alert(1)</script></html>"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.gif", b"GIF89a<script>alert(1)</script>"),
        ("a.png", picture("JPEG")),
        ("a.jpg", picture("PNG")[:40]),
        ("huge.png", picture("PNG", (9_000, 9_000))),
        ("a.webp", b""),
    ],
    ids=["HTML", "SVG", "GIF and script", "JPEG as PNG", "cut off", "81 megapixels", "empty"],
)
def test_a_file_that_is_not_the_picture_it_says_is_not_stored(
    settings: Any, tmp_path: Any, name: str, content: bytes
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(OperationError) as refused:
        store_file(ContentFile(content, name=name))
    assert (refused.value.field, list(tmp_path.rglob("*.*"))) == ("file", [])


@pytest.mark.parametrize(
    ("name", "kind"), [("a.PNG", "PNG"), ("a.jpeg", "JPEG"), ("a.jpg", "JPEG"), ("a.gif", "GIF")]
)
def test_a_picture_is_stored_under_its_ending(settings: Any, tmp_path: Any, name: str, kind: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert default_storage.exists(store_file(ContentFile(picture(kind), name=name)))
