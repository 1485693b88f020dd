"""What the demo makes: bulk-made years before, and through the actions what waits for the personas today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from typing import Any

from django.db.models import QuerySet

from ocop.accounts.demo import HOME_COMMUNE, agency_of, persona_user
from ocop.accounts.models import User
from ocop.files.actions import store_generated
from ocop.kit import clock, papers
from ocop.producers.models import Producer, ProducerAccess
from ocop.products.actions import add_paper
from ocop.quality.actions import outcomes, plans, receptions, visits
from ocop.quality.demo.history import Item, Office, Year, moment, write_year
from ocop.quality.enums import Verdict
from ocop.quality.models import Programme, Visit
from ocop.quality.queries import found_by, receivers_of, running_stars, sheet_of
from ocop.recognition.models import Certificate
from ocop.units.models import Agency
from ocop.units.queries import covered_ids, home_province

Log = Callable[[str], None]
PDF = "application/pdf"
DEPARTMENTS = (
    ("slug:so-y-te-42", "uy-vien-y-te"),
    ("slug:so-cong-thuong-42", "uy-vien-cong-thuong"),
    ("slug:so-khcn-42", "uy-vien-khcn"),
)
AREAS = ("label,tracing", "food_safety,quality", "environment", "label", "")

MOST = 60
"""How many invented producers are visited over the years."""


@dataclass(frozen=True)
class Cast:
    """Agencies of departments with their persons, the offices of the province, the invented producers."""

    offices: tuple[tuple[Agency, User], ...]
    standing: User
    advisory: User
    leader: User
    clerk: User
    commune: tuple[Agency, User]
    producers: tuple[Producer, ...]


def _cast(today: date) -> Cast:
    home = persona_user("can-bo-phuc-trach")
    return Cast(
        tuple((agency_of(selector, today), persona_user(name)) for selector, name in DEPARTMENTS),
        persona_user("thuong-truc"), persona_user("tham-muu"), persona_user("lanh-dao-tinh"), persona_user("van-thu"),
        (agency_of(f"commune:{HOME_COMMUNE}", today), home),
        tuple(_invented().order_by("pk")[:MOST]),
    )  # fmt: skip


def _invented() -> QuerySet[Producer]:
    """Producers that there are not: nobody real gets an invented finding."""
    return Producer.objects.filter(is_demo=True, is_unknown=False, merged_into__isnull=True).select_related(
        "unit"
    )


def load_demo(log: Log) -> None:
    """Make it once; needs invented producers, which an earlier step makes."""
    today = clock.today()
    if Programme.objects.filter(is_demo=True).exists():
        log("kiểm tra, chất lượng: đã có dữ liệu trình diễn")
        return
    cast = _cast(today)
    if not cast.producers:
        log("kiểm tra, chất lượng: chưa có chủ thể trình diễn, bỏ qua")
        return
    done = sum(len(write_year(_year(cast, year, today))) for year in range(today.year - 2, today.year + 1))
    _next_year(cast, today)
    waiting = _under_way(cast, today)
    number = _papers(today)
    log(
        f"kiểm tra, chất lượng: {done} lượt theo chương trình ba năm, {waiting} lượt đang làm, {number} giấy tờ"
    )


def _year(cast: Cast, year: int, today: date) -> Year:
    """Each producer once a year, the departments taking turns, spread over the months."""
    items: dict[int, list[Item]] = {place: [] for place in range(len(cast.offices))}
    for number, producer in enumerate(cast.producers):
        month = 2 + (number * 3 + year) % 10
        place = (number + year) % len(cast.offices)
        items[place].append(Item(producer, date(year, month, 1), AREAS[(number + year) % len(AREAS)]))
    offices = tuple(
        Office(agency, person, tuple(items[place]))
        for place, (agency, person) in enumerate(cast.offices) if items[place]
    )  # fmt: skip
    return Year(year, home_province(today), offices, cast.standing, cast.leader, cast.clerk, today)


def _next_year(cast: Cast, today: date) -> None:
    """Plans for next year: two taken and meeting each other, one waiting to be taken, the commune's being written."""
    year = today.year + 1
    wanted = cycle(cast.producers)
    shared = next(wanted)
    made = []
    for place, (agency, person) in enumerate(cast.offices):
        plan = plans.open_plan(agency=agency, year=year, by=person, is_demo=True)
        own: Sequence[Producer] = (
            [shared, next(wanted), next(wanted)] if place < 2 else [next(wanted), next(wanted)]
        )
        for number, producer in enumerate(own):
            first = date(year, 3 + number * 3, 1 + place * 10)
            plans.add_line(
                plan, producer=producer, first_on=first, last_on=first + timedelta(days=15), lead=person, by=person,
                areas=AREAS[place].split(","),
            )  # fmt: skip
        plans.send_plan(plan, by=person)
        made.append(plan)
    for plan in made[:2]:
        plans.take_plan(plan, by=cast.standing)
    agency, person = cast.commune
    own_plan = plans.open_plan(agency=agency, year=year, by=person, is_demo=True)
    for number, producer in enumerate(_at_home(cast)[:2]):
        first = date(year, 5 + number, 1)
        plans.add_line(
            own_plan, producer=producer, first_on=first, last_on=first + timedelta(days=20), by=person
        )


def _at_home(cast: Cast) -> list[Producer]:
    """Invented producers in the reach of the home commune; all of them where it has none."""
    covered = covered_ids(cast.commune[0].unit) if cast.commune[0].unit else set()
    return [one for one in cast.producers if one.unit_id in covered] or list(cast.producers)


def _under_way(cast: Cast, today: date) -> int:
    """Visits at every step, outside of the programme, so that each persona finds one waiting."""
    (health, doctor), (trade, trader), _ = cast.offices
    home = _at_home(cast)
    steps = ("planned", "announced", "under_way", "signed", "late", "reported", "proposed")
    running = Certificate.objects.filter(revoked_on__isnull=True, replaced_on__isnull=True)
    starred = _invented().filter(pk__in=running.values("product__producer")).order_by("pk").first()
    for number, (step, producer) in enumerate(zip(steps, cycle(reversed(cast.producers)), strict=False)):
        chosen = starred if step == "proposed" and starred is not None else producer
        _walk(cast, step, chosen, today, (health, doctor) if number % 2 == 0 else (trade, trader))
    _walk(cast, "late", home[0], today, (health, doctor))
    return len(steps) + 1


def _walk(cast: Cast, step: str, producer: Producer, today: date, office: tuple[Agency, User]) -> Visit:
    """One unplanned visit walked to a step, its earlier steps on earlier days."""
    agency, by = office
    mate = cast.offices[2][1]
    ago = {"planned": 1, "announced": 3, "under_way": 3, "signed": 6}.get(step, 40)
    day = today - timedelta(days=max(0, ago - 3)) if step not in ("planned", "announced") else today
    opened = moment(today - timedelta(days=ago))
    row = visits.open_unplanned(
        producer=producer, agency=agency, ground="warning", by=by, lead=by, at=opened, is_demo=True,
        reason="Cảnh báo về nhãn hàng hóa của sản phẩm cùng loại (dữ liệu trình diễn).", areas=("label", "tracing"),
        first_on=day, last_on=day + timedelta(days=5),
    )  # fmt: skip
    if step == "planned":
        return row
    visits.announce_visit(
        row, visit_on=day, decision_number=f"{row.pk + 20}/QĐ-ĐKT", decision_on=clock.local_day(opened), lead=by,
        members=[mate], by=by, at=opened,
    )  # fmt: skip
    if step == "announced":
        return row
    at = moment(day)
    visits.begin_visit(row, by=by, at=at)
    lines = sheet_of(row)
    for number, line in enumerate(lines[: 4 if step == "under_way" else None]):
        bad = number in (0, 3)
        visits.answer_question(
            row, line.question, value=Verdict.NO if bad else Verdict.YES, by=by, at=at,
            note="Nhãn lô mới chưa ghi hạn dùng" if number == 0 else "",
        )  # fmt: skip
    if step == "under_way":
        return row
    visits.sign_minutes(row, signer_name="Người đại diện cơ sở", signer_position="Chủ cơ sở", by=by, at=at)
    if step != "signed":
        _conclude(cast, step, row, by, at, day)
    return row


def _conclude(cast: Cast, step: str, row: Visit, by: User, at: Any, day: date) -> None:
    made = [
        outcomes.require_remedy(
            row,
            finding=line.question.text[:400],
            requirement="Sửa và báo lại kèm ảnh",
            by=by,
            at=at,
            required_by=day + timedelta(days=30 if step == "late" else 60),
        )
        for line in found_by(row)
    ]
    outcomes.record_violation(row, by=by, facts={
        "act": "Nhãn hàng hóa không ghi đủ nội dung bắt buộc", "legal_basis": "Nghị định 119/2017/NĐ-CP Điều 30",
        "sanction": "fine" if step == "proposed" else "warning", "amount": 5_000_000 if step == "proposed" else 0,
        "decision_number": f"{row.pk + 10}/QĐ-XPHC", "decided_on": day,
    })  # fmt: skip
    visits.conclude_visit(
        row, outcome="violations", conclusion="Nhãn lô mới chưa đúng, cơ sở phải sửa.", by=by, at=at,
        conclusion_number=f"{row.pk + 30}/KL", concluded_on=day,
    )  # fmt: skip
    if step == "reported":
        person = row.producer.accesses.valid_on(clock.today()).select_related("user").first()
        if person is not None:
            outcomes.report_remedy(
                made[0], report="Đã in lại nhãn.", files=[_file(person.user, "anh-nhan-moi")], by=person.user
            )
    stars = running_stars(row)
    if step == "proposed" and stars:
        outcomes.propose_verification(
            row,
            certificate=stars[0],
            ground="c",
            account="Nhãn sai ở nhiều lô liên tiếp (dữ liệu trình diễn).",
            by=by,
        )


@cache
def _content() -> bytes:
    """What every invented paper says."""
    return papers.pdf("quality/demo_paper.typ", {"title": "Giấy tờ trình diễn", "name": "Chương trình OCOP"})


def _file(by: User, name: str) -> Any:
    return store_generated(_content(), name=f"{name}.pdf", content_type=PDF, by=by)


KINDS = (
    ("declaration", "self_declaration", "TCB", 400),
    ("tests", "test_report", "KN", 85),
    ("conditions", "food_safety", "ATTP", 25),
    ("declaration", "basic_standard", "TCCS", 6),
    ("quality_system", "certificate", "HACCP", -20),
)


def _papers(today: date) -> int:
    """Papers of quality at every step of their reception, and some that run out soon."""
    rows = ProducerAccess.objects.valid_on(today).filter(
        producer__is_demo=True, producer__merged_into__isnull=True
    )
    owners = {
        row.producer: row.user
        for row in rows.select_related("producer", "user").order_by("producer_id", "-pk")
    }
    made = 0
    for number, (producer, owner) in zip(range(10 if owners else 0), cycle(owners.items()), strict=False):
        paper_kind, kind, prefix, days = KINDS[number % len(KINDS)]
        paper = add_paper(
            producer, kind=paper_kind, by=owner, file=_file(owner, f"giay-to-{number}"), is_demo=True,
            number=f"{prefix}-{number + 1:02d}/{today.year}", issuer="Cơ quan cấp (trình diễn)",
            issued_on=today - timedelta(days=340), expires_on=today + timedelta(days=days),
        )  # fmt: skip
        _receive(paper, kind, owner, number, today)
        made += 1
    return made


def _receive(paper: Any, kind: str, owner: User, number: int, today: date) -> None:
    places = receivers_of(kind, today)
    place = next((one for one in places if one.agency and any(
        one.agency.slug in selector for selector, _ in DEPARTMENTS)), places[0] if places else None)  # fmt: skip
    if place is None:
        return
    row = receptions.submit_paper(
        paper, kind=kind, agency=place.agency, by=owner, at=clock.now() - timedelta(days=9)
    )
    desk = receptions.desk_of(row, today)
    if number % 4 == 0 or not desk:
        return
    by = desk[0]
    receptions.settle_reception(row, "receive", by=by)
    if number % 4 == 1:
        receptions.accept_paper(row, accepted_number=f"{number + 40}/TN", by=by)
    elif number % 4 == 2:
        receptions.settle_reception(row, "return", reason="Thiếu kết quả kiểm nghiệm chỉ tiêu vi sinh", by=by)
