"""Uploaded pictures: readable to the end, upright, and without position or other notes of the camera."""

import io
import json
import os
import time

import pytest
from django.test import Client
from PIL import Image, ImageFile, PngImagePlugin

from store.engine.catalog import media, pictures
from store.engine.catalog.models import Product
from store.engine.catalog.pictures import normalize_picture, to_displayable
from store.engine.errors import OperationError

ORIENTATION, GPS, MODEL = 0x0112, 0x8825, 0x0110


def encoded(image, image_format="JPEG", **options):
    target = io.BytesIO()
    image.save(target, image_format, **options)
    return target.getvalue()


def two_colors(mode="RGB", size=(40, 20)):
    """Red on the left half, blue on the right."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (size[0] // 2, 0, *size))
    return image.convert(mode)


def camera_exif(orientation):
    exif = Image.Exif()
    exif[ORIENTATION], exif[MODEL] = orientation, "Phone 9"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (52.0, 31.0, 12.0)
    return exif


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_picture_is_stored_upright_and_without_position(image_format, orientation):
    content = encoded(two_colors(), image_format, exif=camera_exif(orientation))
    assert b"Phone 9" in content
    stored, _ = normalize_picture(content, field="image")
    assert b"Phone 9" not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert GPS not in image.getexif()
        assert image.size == ((20, 40) if orientation == 6 else (40, 20))
        red, _, blue = image.convert("RGB").getpixel((5, 5))
        assert red > blue


def test_a_picture_without_notes_is_stored_as_it_came():
    content = encoded(two_colors())
    assert normalize_picture(content, field="image") == (content, "jpg")


def test_texts_of_a_png_are_removed():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Ada")
    stored, extension = normalize_picture(encoded(two_colors(), "PNG", pnginfo=notes), field="image")
    assert (b"Ada" in stored, extension) == (False, "png")


def test_a_phones_picture_in_two_parts_is_a_jpeg():
    content = encoded(two_colors(), "MPO", save_all=True, append_images=[two_colors()], exif=camera_exif(6))
    stored, extension = normalize_picture(content, field="image")
    with Image.open(io.BytesIO(stored)) as image:
        assert (image.format, extension, image.size) == ("JPEG", "jpg", (20, 40))


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
@pytest.mark.parametrize(
    "lenient_elsewhere", [False, True]
)  # WeasyPrint switches it on for the whole process
def test_a_file_that_was_cut_off_is_refused(image_format, part, lenient_elsewhere, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient_elsewhere)
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    content = encoded(noise, image_format)
    with pytest.raises(OperationError) as refused:
        normalize_picture(content[: int(len(content) * part)], field="image")
    assert (refused.value.field, refused.value.code) == ("image", "INVALID")
    assert lenient_elsewhere == ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Invalid file type"),
        (b"no picture at all", "Invalid file type"),
        (b"\0\0\0\x18ftypheic\0\0\0\0" + b"\0" * 40, "Save it as JPEG"),
        (b"x" * (pictures.MAX_BYTES + 1), "larger than 12 MB"),
        (encoded(Image.new("1", (8000, 8000)), "PNG"), "64 megapixels; at most 50"),
    ],
)
def test_what_can_not_be_shown_is_refused_with_the_reason(content, message):
    with pytest.raises(OperationError, match=message):
        normalize_picture(content, field="image")


def test_an_animation_keeps_its_frames():
    frames = [two_colors(size=(20, 20)), two_colors(size=(20, 20)).rotate(180)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"made by Ada")
    stored, _ = normalize_picture(content, field="image")
    with Image.open(io.BytesIO(stored)) as image:
        assert image.n_frames == 2


def test_a_small_file_of_very_many_frames_is_refused_before_they_are_read():
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + b"\x00" * 6
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00"
    started = time.process_time()
    with pytest.raises(OperationError, match="more than 500 frames"):
        pictures.normalize_picture(head + frame * 40_000 + b";", field="image")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "url",
    [
        "javascript://www.youtube.com/%0aalert(1)",
        "ftp://youtu.be/x",
        "http://evil.example\\@www.youtube.com/",
        "//vimeo.com/1",
        "https://www.youtube.com\t.evil.example/",
    ],
)
def test_a_video_is_one_that_browsers_find_at_its_host_too(url):
    """Anything else is taken for a picture to fetch, and these can't be fetched."""
    with pytest.raises(OperationError, match="Only public http and https addresses"):
        media.create(product=Product(pk=1), url=url)


def test_sixteen_bits_of_grey_stay_grey():
    image = Image.new("I;16", (4, 4), 32_768)
    assert to_displayable(Image.open(io.BytesIO(encoded(image, "PNG")))).getpixel((0, 0)) == 128


@pytest.mark.parametrize("mode", ["LA", "PA", "RGBA"])
def test_transparency_is_kept(mode):
    image = Image.new("RGBA", (4, 4), (90, 90, 90, 0)).convert(mode)
    shown = to_displayable(image)
    assert (shown.mode, shown.getpixel((0, 0))[3]) == ("RGBA", 0)


def test_a_picture_of_several_megabytes_is_uploaded_by_the_api(merchant_with_shop, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    shop = merchant_with_shop
    content = encoded(Image.frombytes("RGB", (2200, 2200), os.urandom(2200 * 2200 * 3)), "JPEG", quality=95)
    assert len(content) > 2_000_000
    answer = upload(shop, content)
    assert json.loads(answer.content)["data"]["productMediaCreate"]["errors"] == []


def test_an_upload_beyond_the_limit_is_told_in_json(merchant_with_shop):
    answer = upload(merchant_with_shop, b"x" * 13_000_000)
    assert answer.status_code == 413
    assert "larger than" in json.loads(answer.content)["errors"][0]["message"]


def upload(shop, content):
    query = "mutation($id: ID!, $file: Upload) { productMediaCreate(input: {product: $id, image: $file}) { errors { field message } } }"
    operations = {"query": query, "variables": {"id": shop.product(), "file": None}}
    file = io.BytesIO(content)
    file.name = "cup.jpg"
    parts = {"operations": json.dumps(operations), "map": '{"0": ["variables.file"]}', "0": file}
    return Client().post("/graphql/", parts, headers={"authorization": f"Bearer {shop.token()}"})
