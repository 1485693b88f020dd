"""Three years of invented partners: forty of the six kinds, contracts, conferences, yearly assessments, messages.

Every partner is invented, every contract is with an invented producer. The history is written in bulk; the tests
compare it with what the actions write.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.accounts.demo import persona_user
from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.cases import Past, Step, write_past
from ocop.partners.actions.assessment import ASSESSMENT_DESK, open_year
from ocop.partners.actions.messages import send_message
from ocop.partners.enums import AgreedField, AgreementKind, ContractKind, ContractState
from ocop.partners.models import (
    AssessmentMark,
    ConferenceAgreement,
    ConferenceAttendance,
    Criterion,
    Partner,
    PartnerAssessment,
    PartnerConference,
    PartnerConsent,
    PartnerContract,
    Service,
)
from ocop.partners.rules.assessment import Line, grade_of, total
from ocop.producers.models import Producer
from ocop.units.models import Unit
from ocop.units.queries import home_province

SOURCE = "Dữ liệu trình diễn"
# (name, kind, part, services, contract kind, volume unit)
KINDS: tuple[tuple[str, str, str, tuple[str, ...], str, str], ...] = (
    ("Công ty TNHH Bao bì Xanh", "chain", "supply", ("packaging", "declaration"), "service", "nghìn hộp"),
    ("Công ty cổ phần Vật tư nông nghiệp Sông La", "chain", "supply", ("inputs", "equipment"), "inputs", "tấn"),
    ("Công ty TNHH Tem điện tử Lam Hồng", "chain", "supply", ("traceability",), "service", "nghìn tem"),
    ("Văn phòng luật sư Hồng Lĩnh", "chain", "supply", ("law", "declaration"), "service", "vụ việc"),
    ("Công ty cổ phần Chế biến nông sản Ngàn Phố", "chain", "processing", ("processing",), "processing", "tấn"),
    ("Hợp tác xã Chế biến thủy sản Cửa Sót", "chain", "processing", ("processing",), "processing", "tấn"),
    ("Siêu thị Thành Sen", "chain", "retail", ("retail",), "sale", "tấn"),
    ("Chuỗi cửa hàng Đặc sản Miền Trung", "chain", "retail", ("retail", "markets"), "sale", "tấn"),
    ("Công ty cổ phần Đầu tư Trung tâm OCOP Núi Nài", "chain", "centre_investor", ("centre", "retail"), "sale", "tấn"),
    ("Khoa Nông nghiệp, trường đại học trình diễn", "science", "", ("research", "training"), "research", ""),
    ("Trung tâm Kiểm nghiệm trình diễn", "science", "", ("testing", "standards"), "research", "mẫu"),
    ("Tiến sĩ Lê Văn Mẫu, chuyên gia công nghệ sau thu hoạch", "science", "", ("research", "process"), "research", ""),
    ("Công ty Truyền thông Sông Ngàn", "media", "", ("promotion", "media"), "promotion", "chương trình"),
    ("Trung tâm Xúc tiến trình diễn", "media", "", ("promotion", "markets"), "promotion", "sự kiện"),
    ("Ngân hàng Nông thôn trình diễn", "finance", "", ("loans",), "loan", "triệu đồng"),
    ("Quỹ Khởi nghiệp xanh trình diễn", "finance", "", ("investment", "loans"), "loan", "triệu đồng"),
    ("Tổ chức hỗ trợ phát triển quốc tế (trình diễn)", "international", "", ("grants", "markets"), "grant", ""),
    ("Nhà báo Trần Thị Mẫu", "journalist", "", ("media",), "promotion", ""),
)  # fmt: skip
HOW_MANY = 42
MONEY = 1_000_000
FIELDS = [
    AgreedField.INTRODUCTION, AgreedField.ADDRESS, AgreedField.WEBSITE, AgreedField.AREAS, AgreedField.VOLUME,
    AgreedField.STAFF, AgreedField.CERTIFICATES, AgreedField.GRADE,
]  # fmt: skip


def at_nine(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(day, time(9), tzinfo=clock.LOCAL)


def load(log: Callable[[str], None]) -> None:
    """Make what is missing; a second run adds nothing."""
    today = clock.today()
    producers = list(Producer.objects.filter(is_demo=True).select_related("unit").order_by("pk"))
    if Partner.objects.filter(is_demo=True).exists() or not producers:
        log("đối tác trình diễn: đã có")
        return
    with transaction.atomic():
        partners = _partners(home_province(today), today)
        conferences = _conferences(partners, producers, today)
        contracts = _contracts(partners, producers, conferences, today)
        assessments = past_assessments(partners, [today.year - 2, today.year - 1], by=_desk())
        open_year(year=today.year, by=_desk()[0])
        _messages(partners)
    log(
        f"đối tác trình diễn: {len(partners)} đối tác, {contracts} hợp đồng, {len(conferences)} hội nghị, "
        f"{assessments} bản đánh giá"
    )


def _desk() -> tuple[User, User]:
    """Who marks and who concludes."""
    return persona_user("tham-muu"), persona_user("thuong-truc")


def _partners(province: Unit, today: date) -> list[Partner]:
    rows = []
    for number in range(HOW_MANY):
        name, kind, part, _, _, unit_words = KINDS[number % len(KINDS)]
        round_of = number // len(KINDS)
        row = Partner(
            name=f"{name}{f' {round_of + 1}' if round_of else ''}", kind=kind, part=part, unit=province,
            introduction="Đối tác đặt ra để trình diễn, nhận hợp tác với chủ thể OCOP trong tỉnh.",
            address=f"Số {12 + number} đường trình diễn, tỉnh {province.name}",
            contact_person="Người liên hệ (trình diễn)",
            phone=f"0900 000 {number:03d}", areas=1 + number % 9, volume=(20 + number * 13) if unit_words else None,
            volume_unit=unit_words, staff=3 + number * 7 % 120, certificates=number % 5,
            certificate_note="ISO 9001" if number % 5 else "", is_demo=True, source=SOURCE,
            joined_on=today - timedelta(days=1000 - number * 20),
            state="paused" if number % 14 == 13 else "active",
        )  # fmt: skip
        row.set_search()
        rows.append(row)
    bulk_create_with_history(rows, Partner, batch_size=500)
    services = {service.key: service.pk for service in Service.objects.all()}
    through = Partner.services.through
    through.objects.bulk_create(
        through(partner_id=row.pk, service_id=services[key])
        for number, row in enumerate(rows)
        for key in KINDS[number % len(KINDS)][3]
    )
    PartnerConsent.objects.bulk_create(
        PartnerConsent(
            partner=row, fields=FIELDS, given_by="Người đại diện (trình diễn)", basis="Phiếu đồng ý (trình diễn)",
            given_on=row.joined_on, recorded_at=at_nine(row.joined_on),
        )
        for number, row in enumerate(rows)
        if number % 4 != 3
    )  # fmt: skip
    return rows


def _conferences(partners: list[Partner], producers: list[Producer], today: date) -> list[PartnerConference]:
    rows = []
    for number in range(7):
        day = today - timedelta(days=60 + number * 160)
        row = PartnerConference(
            name=f"Hội nghị kết nối đối tác OCOP lần {7 - number} (trình diễn)", unit=partners[0].unit, held_on=day,
            organiser="Văn phòng Điều phối nông thôn mới tỉnh",
            place=f"Trung tâm hội nghị tỉnh {partners[0].unit.name}",
            topic="Gặp gỡ, đàm phán, ký kết", visitors=90 + number * 12, meetings=24 + number * 3,
            cost=(85 + number * 5) * MONEY, is_demo=True,
        )  # fmt: skip
        row.set_search()
        rows.append(row)
    bulk_create_with_history(rows, PartnerConference, batch_size=500)
    came, signed = [], []
    for number, row in enumerate(rows):
        guests = [partners[(number * 5 + step) % len(partners)] for step in range(12)]
        hosts = [producers[(number * 7 + step) % len(producers)] for step in range(min(18, len(producers)))]
        came += [ConferenceAttendance(conference=row, partner=one, people=2, meetings=4) for one in guests]
        came += [ConferenceAttendance(conference=row, producer=one, people=1, meetings=2) for one in hosts]
        signed += [
            ConferenceAgreement(
                conference=row, partner=guests[step], producer=hosts[step % len(hosts)], signed_on=row.held_on,
                kind=list(AgreementKind)[step % 3], number=f"{step + 1}/{row.held_on.year}/TT",
                value=(60 + step * 45) * MONEY,
            )
            for step in range(6)
        ]  # fmt: skip
    for made, model in ((came, ConferenceAttendance), (signed, ConferenceAgreement)):
        for one in made:
            one.set_search()
        bulk_create_with_history(made, model, batch_size=500)
    return rows


def _contracts(
    partners: list[Partner], producers: list[Producer], conferences: list[PartnerConference], today: date
) -> int:
    rows = []
    for number in range(120):
        partner, producer = partners[number * 5 % len(partners)], producers[number * 3 % len(producers)]
        signed = today - timedelta(days=20 + number * 9)
        ends = signed + timedelta(days=364)
        value = (40 + number * 17 % 400) * MONEY
        done = ends < today
        row = PartnerContract(
            partner=partner, producer=producer, unit=producer.unit,
            kind=ContractKind(KINDS[number * 5 % len(partners) % len(KINDS)][4]),
            number=f"{number + 1:03d}/{signed.year}/HĐHT", subject="Hợp tác theo năm (trình diễn)", signed_on=signed,
            starts_on=signed, ends_on=ends, value=value, done_value=value if done else value * (number % 10) // 10,
            state=ContractState.DONE if done else ContractState.RUNNING, is_demo=True,
            result="Đã thanh lý hợp đồng." if done else "",
            conference=next((one for one in conferences if one.held_on == signed), None),
        )  # fmt: skip
        row.set_search()
        rows.append(row)
    bulk_create_with_history(rows, PartnerContract, batch_size=500)
    return len(rows)


def past_assessments(partners: list[Partner], years: list[int], *, by: tuple[User, User]) -> int:
    """The assessments of past years, from the marking to the publication where the partner agreed to it."""
    marker, concluder = by
    counted = _counted()
    public = set(
        PartnerConsent.objects.filter(withdrawn_on__isnull=True).values_list("partner_id", flat=True)
    )
    cases, marks = [], []
    for year in years:
        criteria = list(Criterion.objects.valid_on(date(year, 11, 3)))
        for number, partner in enumerate(partners):
            if partner.joined_on is not None and partner.joined_on.year > year:
                continue
            case, given = _assessment(
                partner, year, number, criteria, counted, marker, concluder, partner.pk in public
            )
            cases.append(case)
            marks += given
    write_past(ASSESSMENT_DESK, cases)
    AssessmentMark.objects.bulk_create(marks, batch_size=500)
    return len(cases)


def _counted() -> dict[tuple[int, int], tuple[int, int]]:
    """(partner, year) to the number and value of the contracts signed."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for partner, signed, value in PartnerContract.objects.values_list("partner_id", "signed_on", "value"):
        count, sum_of = found.get((partner, signed.year), (0, 0))
        found[partner, signed.year] = count + 1, sum_of + value
    return found


def _assessment(
    partner: Partner, year: int, number: int, criteria: list[Criterion],
    counted: dict[tuple[int, int], tuple[int, int]], marker: User, concluder: User, is_public: bool,
) -> tuple[Past, list[AssessmentMark]]:  # fmt: skip
    opened = date(year, 11, 3)
    points = [one.points * (55 + (number * 7 + year) % 45) // 100 for one in criteria]
    lines = [Line(one.key, one.name, one.points, given) for one, given in zip(criteria, points, strict=True)]
    reached, most = total(lines)
    count, value = counted.get((partner.pk, year), (0, 0))
    row = PartnerAssessment(
        partner=partner, unit=partner.unit, year=year, criteria_day=opened, areas=partner.areas, volume=partner.volume,
        volume_unit=partner.volume_unit, staff=partner.staff, certificates=partner.certificates, contracts=count,
        contract_value=value, points=reached, most=most, grade=grade_of(reached, most, good=80, fair=50),
        conclusion="Kết luận trình diễn theo số liệu trong năm.", concluded_on=date(year, 12, 15),
        published_on=date(year, 12, 20) if is_public else None, is_demo=True,
    )  # fmt: skip
    steps = [
        Step("mark", at_nine(date(year, 11, 20)), marker), Step("propose", at_nine(date(year, 12, 1)), marker),
        Step("conclude", at_nine(date(year, 12, 15)), concluder),
    ]  # fmt: skip
    if is_public:
        steps.append(Step("publish", at_nine(date(year, 12, 20)), concluder))
    given = [
        AssessmentMark(assessment=row, criterion=one, points=mark)
        for one, mark in zip(criteria, points, strict=True)
    ]
    return Past(row, Step("open", at_nine(opened), marker), tuple(steps)), given


def _messages(partners: list[Partner]) -> None:
    """Two messages that wait for the office, by the action that the public page calls."""
    sent: dict[str, Any] = {
        "sender": "Nguyễn Văn Mẫu", "place": "Cơ sở trình diễn", "contact": "0900 111 222", "by": None,
        "consent_text": "Tôi đồng ý (trình diễn).",
    }  # fmt: skip
    send_message(partners[0], text="Cơ sở tôi cần in 2.000 hộp cho dịp Tết, xin báo giá.", **sent)
    send_message(partners[6], text="Xin hỏi điều kiện đưa hàng vào siêu thị.", **sent)
