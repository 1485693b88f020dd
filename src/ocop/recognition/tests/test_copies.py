"""Scans on the record of a certificate: one by one, many by their names, who may, never public."""

import io
import zipfile

import pytest
import time_machine
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.audit.models import Event
from ocop.files.actions import store
from ocop.files.tests.factories import pdf, picture, sent
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import officer, owner_of
from ocop.recognition.actions.copies import attach_copy, remove_copy
from ocop.recognition.copies import fit, summary
from ocop.recognition.models import PaperCopy
from ocop.recognition.rules.copies import Names, name_keys, number_key
from ocop.recognition.tests.factories import CertificateFactory
from ocop.units.tests.factories import ProvinceFactory, UnitFactory


@pytest.fixture
def place(settings):
    """A province, a commune, an advisory officer, and the certificate 012/2024 of the commune."""
    with time_machine.travel("2026-11-24 10:00:00+07:00", tick=False):
        province = ProvinceFactory(code=settings.OCOP_PROVINCE)
        commune = UnitFactory(under=province)
        star = CertificateFactory(number="012/2024", issued_year=2024, unit=commune)
        yield {
            "province": province, "commune": commune, "star": star,
            "by": officer(province, Role.ADVISORY_OFFICER),
        }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("012-2024.pdf", ("12-2024", "")),
        ("GCN số 012_2024.PDF", ("12-2024", "")),
        ("scan/bản chụp 12 2024.jpeg", ("12-2024", "")),
        ("2345678abc.pdf", ("2345678abc", "2345678ABC")),
        ("ảnh bìa.jpg", ("anh-bia", "")),
    ],
)
def test_what_a_file_name_may_mean(name, keys):
    assert name_keys(name) == keys


def test_numbers_are_found_whole_or_by_their_first_part_when_that_is_all_there_is():
    rows = [
        ("012/2024", "AAAAAAAAAA"),
        ("Số 12/2025", "BBBBBBBBBB"),
        ("7/GCN-OCOP", "CCCCCCCCCC"),
        ("TD-004", ""),
    ]
    names = Names([(pk, number, code) for pk, (number, code) in enumerate(rows, start=1)])
    assert number_key("Số: 012 / 2024") == "12-2024"
    files = ("012-2024.pdf", "12.pdf", "7.jpg", "bbbbbbbbbb.pdf", "99.pdf", "4.jpg")
    assert [names.meant(name) for name in files] == [[1], [1, 2], [3], [2], [], [4]]


@pytest.mark.django_db
def test_a_photograph_is_a_scan_of_a_signed_paper_and_the_same_bytes_are_one_row(place):
    photo = store(sent("chup.jpg", picture()), by=place["by"])
    first = attach_copy(place["star"], photo, by=place["by"])
    again = attach_copy(place["star"], photo, by=place["by"])
    assert (first, first.mark[0], first.by, PaperCopy.objects.count()) == (
        again, "Bản chụp giấy ký tay", place["by"], 1,
    )  # fmt: skip
    assert Event.objects.get(verb="copy.attached").data["sha256"] == photo.sha256


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.STANDING_OFFICER, Role.PROVINCE_CLERK])
def test_who_keeps_papers(place, role):
    by = officer(place["province"], role)
    attach_copy(place["star"], store(sent("a.jpg", picture()), by=by), by=by)
    for stranger in (
        officer(place["commune"]),
        owner_of(place["star"].product.producer),
        officer(ProvinceFactory(), Role.ADVISORY_OFFICER),
    ):
        with pytest.raises(Forbidden):
            attach_copy(place["star"], store(sent("b.jpg", picture()), by=stranger), by=stranger)
    theirs = store(sent("c.jpg", picture(colour="blue")), by=officer(place["commune"]))
    with pytest.raises(Forbidden, match="không phải của bạn"):
        attach_copy(place["star"], theirs, by=by)


@pytest.mark.django_db
def test_one_press_attaches_and_who_sees_the_record_opens_it_and_nobody_else(place, client):
    client.force_login(place["by"])
    there = reverse("recognition:certificate_copy", args=[place["star"].code])
    answer = client.post(there, {"file": sent("quet.pdf", pdf())})
    copy = PaperCopy.objects.get()
    assert (answer.url, copy.standing, copy.certificate) == (
        place["star"].get_absolute_url(),
        "scan",
        place["star"],
    )
    assert copy.get_absolute_url() in client.get(answer.url).content.decode()
    assert "đối chiếu với bản giấy" in client.get(copy.get_absolute_url()).content.decode()
    seen = {}
    for who, user in (
        ("owner", owner_of(place["star"].product.producer)),
        ("commune", officer(place["commune"])),
        ("stranger", officer(UnitFactory())),
        ("public", None),
    ):
        client.logout()
        if user:
            client.force_login(user)
        seen[who] = client.get(copy.file.get_absolute_url()).status_code
    assert seen == {"owner": 200, "commune": 200, "stranger": 404, "public": 404}


@pytest.mark.django_db
def test_a_paper_attached_by_mistake_goes_with_a_reason_and_stays_in_the_history(place, client):
    copy = attach_copy(place["star"], store(sent("a.jpg", picture()), by=place["by"]), by=place["by"])
    with pytest.raises(Refused, match="lý do"):
        remove_copy(copy, by=place["by"], reason=" ")
    client.force_login(place["by"])
    there = reverse("recognition:copy_remove", args=[copy.pk])
    assert client.post(there, {}).status_code == 422
    client.post(there, {"reason": "Nhầm giấy"})
    copy.refresh_from_db()
    assert (copy.removed_by, copy.removal_reason) == (place["by"], "Nhầm giấy")
    assert copy.get_absolute_url() not in client.get(place["star"].get_absolute_url()).content.decode()
    assert "Nhầm giấy" in client.get(copy.get_absolute_url()).content.decode()


def zipped(**files):
    """A zip with these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


@pytest.mark.django_db
def test_many_files_are_fitted_by_name_and_each_that_fits_nothing_or_several_is_named(place):
    CertificateFactory(number="5/2023", issued_year=2023, unit=place["commune"])
    CertificateFactory(number="5/2024", issued_year=2024, unit=place["commune"])
    elsewhere = CertificateFactory(number="77/2024", issued_year=2024)
    files = {
        "thư mục/012-2024.pdf": pdf(), "5.jpg": picture(colour="blue"), "99.jpg": picture(colour="green"),
        f"{elsewhere.code}.jpg": picture(colour="black"), "virus.exe": b"MZ", "__MACOSX/._012-2024.pdf": b"x",
    }  # fmt: skip
    found = summary(
        fit([sent("quet.zip", zipped(**files)), sent(f"{place['star'].code}.jpg", picture())], by=place["by"])
    )
    assert [(one.name, one.certificates) for one in found["fitting"]] == [
        ("012-2024.pdf", [place["star"]]), (f"{place['star'].code}.jpg", [place["star"]]),
    ]  # fmt: skip
    assert [[one.name for one in found[kind]] for kind in ("several", "nothing", "refused")] == [
        ["5.jpg"], ["99.jpg", f"{elsewhere.code}.jpg"], ["virus.exe"],
    ]  # fmt: skip
    assert PaperCopy.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "why"),
    [(b"PK\x03\x04 broken", "bị hỏng"), (zipped(**{f"{n}.pdf": b"" for n in range(101)}), "101 tệp")],
)
def test_a_bad_zip_is_refused_in_words(place, data, why):
    with pytest.raises(Refused, match=why):
        fit([sent("a.zip", data)], by=place["by"])


@pytest.mark.django_db
def test_the_pages_fit_first_and_attach_once(place, client):
    client.force_login(place["by"])
    page = client.post(
        reverse("recognition:copies"), {"files": [sent("012-2024.pdf", pdf()), sent("x.jpg", picture())]}
    )
    found = page.context["found"]
    assert (len(found["fitting"]), [one.name for one in found["nothing"]]) == (1, ["x.jpg"])
    pair = f"{found['fitting'][0].file.key}:{place['star'].code}"
    sending = {"once": page.context["once"], "pair": [pair]}
    for _ in range(2):
        assert client.post(reverse("recognition:copies_attach"), sending).url == reverse("recognition:copies")
    assert PaperCopy.objects.get().certificate == place["star"]
    again = client.post(reverse("recognition:copies"), {"files": [sent("012-2024.pdf", pdf())]})
    assert [one.name for one in again.context["found"]["held"]] == ["012-2024.pdf"]
    foreign = CertificateFactory()
    client.post(
        reverse("recognition:copies_attach"), {"pair": [f"{found['nothing'][0].file.key}:{foreign.code}"]}
    )
    assert PaperCopy.objects.count() == 1
    assert client.post(reverse("recognition:copies"), {}).status_code == 422
    client.force_login(officer(place["commune"]))
    assert client.get(reverse("recognition:copies")).status_code == 403
