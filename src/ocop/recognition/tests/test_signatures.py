"""Signed PDFs that come back: unchanged or changed and where, by whom, and trusted through loaded roots alone."""

from datetime import UTC, datetime

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from ocop.accounts.enums import Role
from ocop.audit.models import Event
from ocop.files.actions import store
from ocop.files.tests.factories import pdf, sent
from ocop.kit.errors import Forbidden, Refused
from ocop.producers.tests.factories import officer
from ocop.recognition.actions.copies import attach_copy, check_copy, load_root, withdraw_root
from ocop.recognition.models import Decision, PaperCopy, TrustedRoot
from ocop.recognition.rules.signatures import change_words, trust_words
from ocop.recognition.signatures import running
from ocop.recognition.tests.factories import DecisionFactory
from ocop.recognition.tests.signing import Holder, authority, chairman, changed, signed_pdf, tampered
from ocop.units.enums import AgencyKind
from ocop.units.tests.factories import AgencyFactory, ProvinceFactory

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def look(tmp_path, data, *, roots=None):
    """(standing words of each signature, trust words) of bytes, with the test authority as the only root."""
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    roots = [authority().der] if roots is None else roots
    answer = running.check(path, roots=roots, at=NOW)
    return answer.readable, [(change_words(one), trust_words(one, len(roots))) for one in answer.signatures]


TRUSTED = "Tin cậy: chứng thư của người ký nối về chứng thư gốc mà tỉnh đã nạp."


def test_unchanged_and_trusted(tmp_path):
    assert look(tmp_path, signed_pdf()) == (True, [("Không đổi từ khi ký.", TRUSTED)])


def test_changed_later_says_from_which_revision(tmp_path):
    assert look(tmp_path, changed(signed_pdf()))[1][0][0] == (
        "Đã sửa sau khi ký: ký ở bản lưu 2, nội dung bị sửa từ bản lưu 3 (tệp có 3 bản lưu)."
    )
    assert (
        look(tmp_path, signed_pdf() + b"\n%them")[1][0][0]
        == "Đã sửa sau khi ký: có dữ liệu nối thêm sau bản đã ký."
    )


def test_a_changed_file_is_not_trusted_whoever_signed_it(tmp_path):
    assert look(tmp_path, changed(signed_pdf()))[1][0][1] == (
        "Chưa tin cậy: chứng thư của người ký nối về chứng thư gốc của tỉnh, nhưng nội dung đã đổi sau khi ký."
    )


def test_tampered_bytes_do_not_fit_the_signature(tmp_path):
    assert look(tmp_path, tampered(signed_pdf()))[1] == [
        (
            "Nội dung không còn khớp chữ ký: phần được ký đã bị sửa.",
            "Chưa tin cậy: chữ ký không khớp nội dung.",
        )
    ]


def test_a_second_signature_is_no_change(tmp_path):
    both = Holder("Văn thư", by=authority()).sign(signed_pdf(), field="Chu-ky-2")
    assert look(tmp_path, both)[1] == [
        ("Không đổi từ khi ký ở bản lưu 2; các bản lưu sau chỉ thêm chữ ký.", TRUSTED),
        ("Không đổi từ khi ký.", TRUSTED),
    ]  # fmt: skip


def test_why_a_whole_signature_is_not_trusted(tmp_path):
    old = Holder("Người cũ", by=authority(), days=30).sign(pdf())
    assert look(tmp_path, old)[1][0][1] == (
        "Chưa tin cậy: chứng thư của người ký chỉ có hiệu lực từ 01/01/2025 đến 31/01/2025, không còn hiệu lực "
        "vào ngày nhận tệp."
    )
    unknown = Holder("Người lạ", by=Holder("CA lạ")).sign(pdf())
    assert look(tmp_path, unknown)[1][0][1] == (
        "Chưa tin cậy: chứng thư do “CA lạ” cấp, không nối về chứng thư gốc nào mà tỉnh đã nạp."
    )
    assert look(tmp_path, signed_pdf(), roots=[])[1] == [
        (
            "Không đổi từ khi ký.",
            "Chưa tin cậy: tỉnh chưa nạp chứng thư gốc nào có hiệu lực vào ngày nhận tệp.",
        )
    ]


def test_no_signature_is_a_scan_and_a_broken_file_is_not_readable(tmp_path):
    assert look(tmp_path, pdf()) == (True, [])
    assert look(tmp_path, signed_pdf()[:500]) == (False, [])
    locked = tmp_path / "khoa.pdf"
    with pikepdf.new() as book:
        book.add_blank_page()
        book.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert running.check(locked, roots=[], at=NOW).readable is False


@pytest.mark.parametrize("body", ["import time; time.sleep(60)", "import os; os.abort()", "print('{')"])
def test_a_file_that_hangs_or_ends_the_check_is_not_readable(tmp_path, monkeypatch, body):
    deadly = tmp_path / "probe.py"
    deadly.write_text(body)
    monkeypatch.setattr(running, "PROBE", deadly)
    monkeypatch.setattr(running, "PROBE_SECONDS", 2)
    assert look(tmp_path, signed_pdf()) == (False, [])


@pytest.fixture
def office(settings):
    """A decision of the province, the clerk who keeps its papers, and the administrator."""
    with time_machine.travel(NOW, tick=False):
        province = ProvinceFactory(code=settings.OCOP_PROVINCE)
        issuer = AgencyFactory(unit=province, kind=AgencyKind.PROVINCE_COMMITTEE)
        yield {
            "decision": DecisionFactory(issuer=issuer), "clerk": officer(province, Role.PROVINCE_CLERK),
            "admin": officer(province, Role.ADMINISTRATOR),
        }  # fmt: skip


@pytest.mark.django_db
def test_a_signed_decision_is_on_its_record_and_trusted_once_the_root_is_loaded(office, client):
    client.force_login(office["clerk"])
    there = reverse("recognition:decision_copy", args=[office["decision"].pk])
    client.post(there, {"file": sent("qd.pdf", signed_pdf())})
    copy = PaperCopy.objects.get()
    assert (copy.mark[0], copy.roots, Decision.objects.get().file) == (
        "Đã ký số, không đổi từ khi ký, chưa tin cậy", 0, copy.file,
    )  # fmt: skip
    page = client.get(copy.get_absolute_url()).content.decode()
    assert ("Chủ tịch UBND tỉnh" in page, copy.file.sha256 in page, "chưa nạp chứng thư gốc" in page) == (
        True, True, True,
    )  # fmt: skip
    assert client.get(reverse("recognition:roots")).status_code == 404
    client.force_login(office["admin"])
    client.post(
        reverse("recognition:roots"), {"file": sent("ca.cer", authority().pem), "source": "Cục, 20/11/2026"}
    )
    copy.refresh_from_db()
    assert (copy.mark[0], copy.is_trusted, copy.roots) == ("Đã ký số, không đổi từ khi ký, tin cậy", True, 1)
    root = TrustedRoot.objects.get()
    assert (root.name, root.loaded_by, root.not_before.year) == (
        "CA chuyên dùng thử nghiệm, Cơ quan thử nghiệm", office["admin"], 2025,
    )  # fmt: skip
    client.post(reverse("recognition:root_withdraw", args=[root.pk]), {"reason": "Khóa bị lộ"})
    copy.refresh_from_db()
    assert (copy.is_trusted, copy.roots) == (False, 0)
    assert "Khóa bị lộ" in client.get(reverse("recognition:roots")).content.decode()
    said = Event.objects.filter(verb__startswith="root.").order_by("pk").values_list("verb", "actor")
    assert list(said) == [("root.loaded", office["admin"].pk), ("root.withdrawn", office["admin"].pk)]


@pytest.mark.django_db
def test_a_changed_decision_says_so_and_a_check_again_says_the_same(office, client):
    load_root(authority().der, source="Cục", by=office["admin"])
    file = store(sent("qd.pdf", changed(signed_pdf())), by=office["clerk"])
    copy = check_copy(attach_copy(office["decision"], file, by=office["clerk"]))
    before = (copy.standing, copy.is_trusted, copy.findings)
    client.force_login(office["clerk"])
    client.post(reverse("recognition:copy_check", args=[copy.pk]))
    copy.refresh_from_db()
    assert before == (copy.standing, copy.is_trusted, copy.findings)
    assert (copy.standing, copy.is_trusted) == ("changed", False)


@pytest.mark.django_db
def test_what_is_no_root(office):
    admin = office["admin"]
    for data, why in (
        (b"khong phai", "Không đọc được"),
        (chairman().der, "không phải chứng thư của cơ quan chứng thực"),
        (Holder("CA cũ", days=30).der, "đã hết hiệu lực ngày 31/01/2025"),
        (authority().pem + Holder("CA hai").pem, "có 2 chứng thư"),
        (b"x" * 200_000, "quá lớn"),
    ):
        with pytest.raises(Refused, match=why):
            load_root(data, source="Cục", by=admin)
    with pytest.raises(Refused, match="nguồn"):
        load_root(authority().der, source=" ", by=admin)
    with pytest.raises(Forbidden):
        load_root(authority().der, source="Cục", by=office["clerk"])
    root = load_root(authority().der, source="Cục", by=admin)
    with pytest.raises(Refused, match="đã được nạp"):
        load_root(authority().pem, source="Cục", by=admin)
    withdraw_root(root, by=admin, reason="Đổi khóa")
    assert load_root(authority().pem, source="Cục", by=admin).pk != root.pk


@pytest.mark.django_db
def test_a_root_that_has_ended_by_the_day_of_the_paper_does_not_vouch(office):
    short = Holder("CA ngắn hạn", days=700)
    load_root(short.der, source="Cục", by=office["admin"])
    data = Holder("Chủ tịch", by=short).sign(pdf())
    with time_machine.travel("2027-06-01 10:00:00+07:00", tick=False):
        file = store(sent("qd.pdf", data), by=office["clerk"])
        copy = check_copy(attach_copy(office["decision"], file, by=office["clerk"]))
    assert (copy.standing, copy.is_trusted, copy.roots) == ("unchanged", False, 0)
