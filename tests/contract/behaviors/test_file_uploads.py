"""File uploads by the GraphQL multipart request specification."""

import json
import struct
import zlib
from typing import Any

from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import Response

UPLOAD = "mutation($f:Upload!){fileUpload(file:$f){uploadedFile{url contentType} errors{field message code}}}"
CREATE_MEDIA = 'mutation($p:ID!,$f:Upload){productMediaCreate(input:{product:$p,image:$f,alt:"a cup"}){media{alt type url} errors{field message code}}}'


def one_pixel_png() -> bytes:
    """A PNG of one teal pixel."""

    def png_chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(b"\x00\x10\x70\x70"))
        + png_chunk(b"IEND", b"")
    )


def upload(
    shop: ShopSetup,
    query: str,
    variables: dict[str, Any],
    name: str,
    content_type: str,
    content: bytes,
    token: str | None,
) -> Response:
    operations = json.dumps({"query": query, "variables": variables | {"f": None}})
    parts = [
        ("operations", operations.encode(), ""),
        ("map", b'{"0":["variables.f"]}', ""),
        ("0", content, f'; filename="{name}"\r\nContent-Type: {content_type}'),
    ]
    body = b"".join(
        f'--cut\r\nContent-Disposition: form-data; name="{field}"{parameters}\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for field, value, parameters in parts
    )
    return shop.api.send(body + b"--cut--\r\n", token=token, content_type="multipart/form-data; boundary=cut")


def test_a_file_is_stored_and_its_url_returned(shop: ShopSetup) -> None:
    response = upload(shop, UPLOAD, {}, "insert.png", "image/png", one_pixel_png(), shop.app_token)
    payload = response.data["fileUpload"]
    assert (payload["errors"], payload["uploadedFile"]["contentType"]) == ([], "image/png")
    assert "file_upload/insert" in payload["uploadedFile"]["url"]


def test_a_guest_can_not_upload(shop: ShopSetup) -> None:
    assert upload(shop, UPLOAD, {}, "a.png", "image/png", one_pixel_png(), None).codes == ["PermissionDenied"]


def test_an_image_becomes_media_of_its_product(shop: ShopSetup) -> None:
    response = upload(
        shop,
        CREATE_MEDIA,
        {"p": shop.ids["product"]},
        "cup.png",
        "image/png",
        one_pixel_png(),
        shop.app_token,
    )
    payload = response.data["productMediaCreate"]
    assert (payload["errors"], payload["media"]["alt"], payload["media"]["type"]) == ([], "a cup", "IMAGE")
    assert payload["media"]["url"].startswith("http")


def test_a_text_file_is_refused_as_image(shop: ShopSetup) -> None:
    response = upload(
        shop, CREATE_MEDIA, {"p": shop.ids["product"]}, "cup.txt", "text/plain", b"a cup", shop.app_token
    )
    assert [(e["field"], e["code"]) for e in response.data["productMediaCreate"]["errors"]] == [
        ("image", "INVALID")
    ]


def test_a_text_file_with_an_image_type_is_refused(shop: ShopSetup) -> None:
    response = upload(
        shop, CREATE_MEDIA, {"p": shop.ids["product"]}, "cup.png", "image/png", b"a cup", shop.app_token
    )
    assert [e["field"] for e in response.data["productMediaCreate"]["errors"]] == ["image"]


def test_media_needs_an_image_or_a_url(shop: ShopSetup) -> None:
    query = "mutation($p:ID!){productMediaCreate(input:{product:$p}){media{id} errors{field message code}}}"
    assert shop.api.mutation_errors(query, {"p": shop.ids["product"]}, shop.app_token) == [
        ("input", "REQUIRED")
    ]
