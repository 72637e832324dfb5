"""14. Files come by the GraphQL multipart request spec."""

import json
import struct
import zlib
from typing import Any

from tests.contract.fixture_data import World
from tests.contract.targets import Answer

UPLOAD = "mutation($f:Upload!){fileUpload(file:$f){uploadedFile{url contentType} errors{field message code}}}"
PICTURE = 'mutation($p:ID!,$f:Upload){productMediaCreate(input:{product:$p,image:$f,alt:"a cup"}){media{alt type url} errors{field message code}}}'


def png() -> bytes:
    """One teal pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\x10\x70\x70"))
        + chunk(b"IEND", b"")
    )


def send(
    world: World,
    query: str,
    variables: dict[str, Any],
    name: str,
    kind: str,
    content: bytes,
    token: str | None,
) -> Answer:
    operations = json.dumps({"query": query, "variables": variables | {"f": None}})
    parts = [
        ("operations", operations.encode(), ""),
        ("map", b'{"0":["variables.f"]}', ""),
        ("0", content, f'; filename="{name}"\r\nContent-Type: {kind}'),
    ]
    body = b"".join(
        f'--cut\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n'.encode() + value + b"\r\n"
        for field, value, more in parts
    )
    return world.api.send(
        body + b"--cut--\r\n", token=token, content_type="multipart/form-data; boundary=cut"
    )


def test_a_file_is_kept_and_its_address_told(world: World) -> None:
    answer = send(world, UPLOAD, {}, "insert.png", "image/png", png(), world.app)
    made = answer.data["fileUpload"]
    assert (made["errors"], made["uploadedFile"]["contentType"]) == ([], "image/png")
    assert "file_upload/insert" in made["uploadedFile"]["url"]


def test_nobody_may_upload(world: World) -> None:
    assert send(world, UPLOAD, {}, "a.png", "image/png", png(), None).codes == ["PermissionDenied"]


def test_a_picture_becomes_media_of_its_product(world: World) -> None:
    answer = send(world, PICTURE, {"p": world.ids["product"]}, "cup.png", "image/png", png(), world.app)
    made = answer.data["productMediaCreate"]
    assert (made["errors"], made["media"]["alt"], made["media"]["type"]) == ([], "a cup", "IMAGE")
    assert made["media"]["url"].startswith("http")


def test_a_text_is_no_picture(world: World) -> None:
    answer = send(world, PICTURE, {"p": world.ids["product"]}, "cup.txt", "text/plain", b"a cup", world.app)
    assert [(e["field"], e["code"]) for e in answer.data["productMediaCreate"]["errors"]] == [
        ("image", "INVALID")
    ]


def test_a_text_that_is_called_a_picture_is_no_picture(world: World) -> None:
    answer = send(world, PICTURE, {"p": world.ids["product"]}, "cup.png", "image/png", b"a cup", world.app)
    assert [e["field"] for e in answer.data["productMediaCreate"]["errors"]] == ["image"]


def test_media_is_a_picture_or_an_address(world: World) -> None:
    query = "mutation($p:ID!){productMediaCreate(input:{product:$p}){media{id} errors{field message code}}}"
    assert world.api.refused(query, {"p": world.ids["product"]}, world.app) == [("input", "REQUIRED")]
