"""The invented season: dossiers standing at every step, made by the same actions that the pages call.

Dates are relative to the clock's day, so that every persona finds work waiting. Nothing here touches a real producer.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from ocop.accounts.demo import HOME_COMMUNE, persona_user
from ocop.evaluation.actions.council import plan_session
from ocop.evaluation.demo.cast import DISTRICT_CAST, PROVINCE_CAST
from ocop.evaluation.demo.earlier import award_earlier
from ocop.evaluation.demo.walk import Walk
from ocop.evaluation.enums import SeatRole
from ocop.evaluation.models import Council, Dossier, Seat
from ocop.evaluation.rules.workflow import FLOWS
from ocop.kit import clock, yamltext
from ocop.producers.actions.access import grant
from ocop.producers.actions.people import record_representative
from ocop.producers.actions.register import open_producer
from ocop.producers.models import Producer
from ocop.recognition.actions import warn_of_expiry
from ocop.rulebook.models import CriteriaSet
from ocop.rulebook.queries import book_in_force, procedure_in_force
from ocop.units.models import Unit
from ocop.units.queries import agency_with, committee_of, district_of, home_province, unit_on

Log = Callable[[str], None]
HELP_CONSENT = "Tôi nhờ người này giúp làm hồ sơ OCOP (dữ liệu trình diễn)."


def read_season(*, of_districts: bool = False) -> dict[str, Any]:
    """The season as written in data/evaluation/: the province's, or that of the years in which districts ranked."""
    name = "demo-season-district.yaml" if of_districts else "demo-season.yaml"
    path = settings.OCOP_REFERENCE_DIR / "evaluation" / name
    return yamltext.parse(path.read_text(encoding="utf-8"))


def load_season(log: Log) -> None:
    """Make the season; what is there already stays. Needs the procedure in force today to have its flow."""
    today = clock.today()
    procedure = procedure_in_force(today)
    if procedure is None or procedure.flow_key not in FLOWS:
        log("mùa trình diễn: quy trình của ngày này chưa có trong hệ thống, bỏ qua")
        return
    district = None
    if "district" in procedure.levels:
        district = district_of(unit_on(HOME_COMMUNE, today), today)
        if district is None:
            log("mùa trình diễn: ngày này không còn cấp huyện mà quy trình mới chưa có, bỏ qua")
            return
    data = read_season(of_districts=district is not None)
    council = _council(data["council"], district)
    producers = {entry["key"]: _producer(entry) for entry in data["producers"]}
    made = 0
    for entry in data["dossiers"]:
        producer = producers[entry["producer"]]
        if producer.products.filter(name=entry["product"]).exists():
            continue
        book = book_in_force(today)
        criteria_set = CriteriaSet.objects.get(book=book, number=entry["set"])
        walk = Walk(producer, criteria_set, council, started=clock.now() - timedelta(days=entry["days"]))
        walk.run(entry)
        made += 1
        log(f"mùa trình diễn: {entry['product']} ({entry['state']})")
    for entry in data["earlier"]:
        producer = producers[entry["producer"]]
        if not producer.products.filter(name=entry["product"]).exists():
            award_earlier(
                producer, entry, CriteriaSet.objects.get(book=book_in_force(today), number=entry["set"])
            )
    warn_of_expiry()
    if made:
        plan_session(
            council,
            held_on=today + timedelta(days=7),
            by=(DISTRICT_CAST if district else PROVINCE_CAST).user("secretary"),
            place="Phòng họp trình diễn",
        )
    log(
        f"mùa trình diễn: {made} hồ sơ mới, {Dossier.objects.filter(is_demo=True).count()} hồ sơ trong hệ thống"
    )


def _council(data: dict[str, Any], district: Unit | None) -> Council:
    """The invented council with the personas in its seats; appointed for the clock's season."""
    today = clock.today()
    first = today - timedelta(days=120)
    council, made = Council.objects.get_or_create(
        name=data["name"],
        valid_to__isnull=True,
        defaults={
            "province": home_province(today),
            "district": district,
            "decision_number": data["decision"],
            "decision_on": first,
            "valid_from": first,
            "is_demo": True,
        },
    )
    if made:
        agency = (
            committee_of(district, today) if district else agency_with("decides", today, council.province)
        )
        for username, seat in data["members"].items():
            user = persona_user(username)
            held = user.memberships.valid_on(today).select_related("agency").first()
            Seat.objects.create(
                council=council,
                user=user,
                agency=held.agency if held else agency,
                role=SeatRole(seat["role"]),
                focus=seat.get("focus", []),
                may_chair=seat.get("may_chair", False),
                may_chair_basis=seat.get("basis", ""),
                valid_from=first,
            )
    return council


def _producer(entry: dict[str, Any]) -> Producer:
    """An invented producer with its people; found again by its name."""
    known = Producer.objects.filter(name=entry["name"], is_demo=True).first()
    if known:
        return known
    at: datetime = clock.now() - timedelta(days=90)
    owner = persona_user(entry["owner"]) if entry.get("owner") else None
    officer = persona_user("can-bo-phuc-trach" if entry["commune"] == "18547" else "can-bo-thach-khe")
    producer = open_producer(
        name=entry["name"],
        form=entry["form"],
        unit=unit_on(entry["commune"], clock.today()),
        by=officer,
        at=at,
        is_demo=True,
        source="Dữ liệu trình diễn",
    )
    grant(
        producer, owner or officer, kind="owner" if owner else "staff", by=officer, since=clock.local_day(at)
    )
    if entry.get("helper"):
        grant(
            producer,
            persona_user(entry["helper"]),
            kind="helper",
            by=owner,
            until=clock.today() + timedelta(days=180),
            consent_text=HELP_CONSENT,
            consent_at=at,
        )
    record_representative(
        producer,
        by=owner or officer,
        agreed=True,
        since=clock.local_day(at),
        full_name=(owner or officer).full_name,
        position="Người đại diện (trình diễn)",
        phone="0912345678",
    )
    return producer
