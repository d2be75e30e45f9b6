"""Pictures from outside: what is taken, what is refused, what is left of them, and who may look."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import ExifTags, Image

from fairfloor.core import files
from fairfloor.core.files import FileRefused, discard_photo, path_of, store_photo
from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import NoScope, scope
from fairfloor.organisations.public import (
    DataClass,
    Role,
    add_organisation_member,
    create_organisation,
    give_grant,
)
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def picture(kind="JPEG", size=(80, 60), mode="RGB", colour=(200, 30, 30), **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def picture_with_place():
    """A JPEG as a phone writes it: taken on its side, with GPS, maker, comment and a colour profile."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "SecretPhone"
    exif[ExifTags.Base.DateTime] = "2026:03:09 22:15:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (30.0, 14.0, 27.5)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (120.0, 9.0, 11.0)
    return picture(size=(120, 60), exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile" * 20)


def upload(data, name="photo.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def stored_in(factory, data, permission="projects.view"):
    with scope(factory.id):
        return store_photo(upload(data), permission=permission)


def test_nothing_but_the_pixels_is_kept(river):
    data = picture_with_place()
    with Image.open(io.BytesIO(data)) as before:
        assert before.getexif().get_ifd(ExifTags.IFD.GPSInfo)  # the test would prove nothing otherwise
    stored = stored_in(river, data)
    kept = path_of(stored).read_bytes()
    for trace in (b"Exif", b"Secret", b"GPS", b"ICC_PROFILE", b"2026:03:09"):
        assert trace in data or trace == b"GPS"
        assert trace not in kept
    with Image.open(io.BytesIO(kept)) as after:
        assert not after.getexif()
        assert "icc_profile" not in after.info
        assert after.size == (60, 120) == (stored.width, stored.height)  # upright
    assert path_of(stored).stat().st_mtime == 0
    assert path_of(stored).name == f"{stored.id}.jpg"


@pytest.mark.parametrize(
    ("turn", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1)), (5, (0, 0)), (99, (0, 0))]
)
def test_a_picture_taken_on_its_side_stands_upright(river, turn, corner):
    image = Image.new("RGB", (80, 40), "white")
    image.paste("black", (0, 0, 20, 10))  # the corner that was up and left in the sensor
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    with Image.open(path_of(stored_in(river, out.getvalue()))) as kept:
        right, bottom = kept.width - 5, kept.height - 5
        dark = {
            (x, y)
            for x in (0, 1)
            for y in (0, 1)
            if sum(kept.getpixel((right * x or 4, bottom * y or 4))) < 150
        }
        assert dark == {corner}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "MPO"])
def test_pictures_of_phones_and_screens_are_taken(river, kind):
    stored = stored_in(river, picture(kind))
    assert (stored.content_type, stored.width, stored.height) == ("image/jpeg", 80, 60)
    with Image.open(path_of(stored)) as kept:
        assert kept.format == "JPEG"
        red, green, blue = kept.getpixel((40, 30))
        assert red > 150 > 80 > green
        assert blue < 80


@pytest.mark.parametrize(
    ("mode", "colour"),
    [("L", 255), ("1", 1), ("LA", (255, 255)), ("P", 0), ("I;16", 65535), ("RGBA", (0, 0, 0, 0))],
)
def test_grey_deep_and_see_through_pictures_stay_readable(river, mode, colour):
    out = io.BytesIO()
    image = Image.new(mode, (40, 40), colour)
    if mode == "P":
        image.putpalette([255, 255, 255] * 256)
    image.save(out, "PNG")
    with Image.open(path_of(stored_in(river, out.getvalue()))) as kept:
        assert min(kept.getpixel((20, 20))) > 240  # white, and no black where nothing was


def test_a_large_picture_is_made_smaller_and_never_larger(river):
    assert stored_in(river, picture(size=(3200, 1600))).width == 1600
    assert stored_in(river, picture(size=(10, 10))).width == 10


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xe0",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
        b"MZ\x90\x00" + b"\x00" * 200,
        b"PK\x03\x04" + b"\x00" * 200,
        b"GIF89a" + b"\x00" * 20,
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 60,
        b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x01" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 60,
        picture()[:300],
        picture("BMP"),
        picture("TIFF"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    ],
)
def test_what_is_not_a_photo_is_refused_and_nothing_is_kept(river, data):
    with scope(river.id), pytest.raises(FileRefused) as refused:
        store_photo(upload(data), permission="projects.view")
    assert refused.value.reason == "NOT_A_PICTURE"
    assert "photo" in refused.value.message()
    with scope(river.id):
        assert not StoredFile.objects.exists()


def test_too_many_bytes_or_pixels_are_refused(river, monkeypatch):
    with scope(river.id):
        with pytest.raises(FileRefused) as refused:
            store_photo(upload(b"\xff\xd8" + b"0" * files.MAX_UPLOAD_BYTES), permission="projects.view")
        assert refused.value.reason == "TOO_LARGE"
        bomb = picture("PNG", size=(9000, 9000), mode="1", colour=0)
        assert len(bomb) < 50_000
        with pytest.raises(FileRefused) as refused:
            store_photo(upload(bomb), permission="projects.view")
        assert refused.value.reason == "TOO_MANY_PIXELS"
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)  # Pillow's own alarm
        with pytest.raises(FileRefused) as refused:
            store_photo(upload(picture(size=(100, 100))), permission="projects.view")
        assert refused.value.reason == "TOO_MANY_PIXELS"
        assert not StoredFile.objects.exists()


def test_a_picture_cut_off_by_a_bad_line_is_refused(river):
    whole = picture(size=(400, 400), colour=(1, 2, 3))
    with scope(river.id), pytest.raises(FileRefused) as refused:
        store_photo(upload(whole[: len(whole) // 2]), permission="projects.view")
    assert refused.value.reason == "NOT_A_PICTURE"


def test_without_a_scope_nothing_is_kept(river):
    with pytest.raises(NoScope):
        store_photo(upload(picture()), permission="projects.view")


@pytest.mark.django_db(transaction=True)
def test_a_discarded_photo_goes_once_the_transaction_holds(river):
    stored = stored_in(river, picture())
    with scope(river.id):
        with transaction.atomic():
            discard_photo(StoredFile.objects.get(pk=stored.pk))
            transaction.set_rollback(True)
        assert path_of(stored).exists()
        assert StoredFile.objects.filter(pk=stored.pk).exists()
        discard_photo(StoredFile.objects.get(pk=stored.pk))
        assert not path_of(stored).exists()
        assert not StoredFile.objects.exists()
        discard_photo(None)


def address(factory, stored):
    return f"/e/{factory.slug}/files/{stored.id}.jpg"


def test_a_photo_is_shown_to_those_with_its_permission(river, client):
    stored = stored_in(river, picture())
    secret = stored_in(river, picture(), permission="suggestions.triage")
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    response = client.get(address(river, stored))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == path_of(stored).read_bytes()
    assert client.get(address(river, secret)).status_code == 403


def test_a_photo_of_another_factory_is_not_found(river, hill, client):
    stored = stored_in(river, picture())
    client.force_login(hill.user("chen", Role.MANAGER))
    assert client.get(address(hill, stored)).status_code == 404
    assert client.get(address(river, stored)).status_code == 404
    assert client.get(f"/e/{hill.slug}/files/1.jpg").status_code == 404
    client.logout()
    assert client.get(address(river, stored)).status_code == 302


def test_a_photo_whose_bytes_are_gone_is_not_found(river, client):
    stored = stored_in(river, picture())
    path_of(stored).unlink()
    client.force_login(river.user("lina", Role.MANAGER))
    assert client.get(address(river, stored)).status_code == 404


def test_a_grant_opens_the_photos_of_its_class_only(river, client):
    improvement, words = (
        stored_in(river, picture()),
        stored_in(river, picture(), permission="suggestions.view"),
    )
    trainer = river.user("tomas")
    provider = create_organisation(name="Provider", kind="PROVIDER", at=NOW)
    add_organisation_member(
        user_id=trainer.pk, organisation_id=provider.pk, role=Role.TRAINER, from_date=date(2020, 1, 1)
    )
    client.force_login(trainer)
    assert client.get(address(river, improvement)).status_code == 404
    with scope(river.id):
        give_grant(
            actor=river.actor(Role.MANAGER),
            organisation_id=provider.pk,
            data_class=DataClass.IMPROVEMENT,
            from_date=date(2020, 1, 1),
            to_date=date(2099, 1, 1),
            at=NOW,
        )
    assert client.get(address(river, improvement)).status_code == 200
    assert client.get(address(river, words)).status_code == 403
