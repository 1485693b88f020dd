"""Invented communication, places of use, channels, and what waits today at the commune and at the department."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ocop.accounts.demo import HOME_COMMUNE, persona_user
from ocop.kit import clock
from ocop.kit.cases import press
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.promotion import actions
from ocop.promotion.actions.points import Found
from ocop.promotion.enums import ChannelKind, CriterionKind, FairKind, FairPriority
from ocop.promotion.models import (
    CommunicationItem,
    CommunicationPlan,
    Fair,
    SalePoint,
    SalesChannel,
    UsePlace,
)
from ocop.promotion.queries.points import criteria_on
from ocop.rulebook.offices import local_level
from ocop.units.models import Unit
from ocop.units.queries import unit_on

DEMO = "(trình diễn)"
YEARS = 3
CHANNELS = (
    (ChannelKind.FACEBOOK, "Trang Facebook"), (ChannelKind.ZALO, "Zalo bán hàng"),
    (ChannelKind.SUPERMARKET, "Siêu thị"), (ChannelKind.AGENT, "Đại lý"),
)  # fmt: skip


def load(
    data: dict[str, Any], makers: list[Producer], communes: list[Unit], province: Unit, chance: random.Random
) -> int:
    """Plans and items of three years, places of use, channels; answers how many items."""
    count = sum(_told(data["media"], province, communes, back, chance) for back in range(YEARS))
    _used(data["use_places"], communes, chance)
    _sold(makers, chance)
    return count


def _told(
    media: list[dict[str, Any]], province: Unit, communes: list[Unit], back: int, chance: random.Random
) -> int:
    today = clock.today()
    year, items = today.year - back, []
    for entry in media:
        plan = CommunicationPlan.objects.create(
            unit=province, year=year, medium=entry["medium"], audience=entry["audience"], topic=entry["topic"],
            agency=entry["agency"], planned=entry["planned"], budget=entry["budget"], is_demo=True,
        )  # fmt: skip
        for number in range(entry["planned"]):
            day = date(year, 1, 8) + timedelta(days=int(350 * number / entry["planned"]))
            if day > today:
                break
            item = CommunicationItem(
                unit=chance.choice(communes) if entry["medium"] == "village_meeting" else province, plan=plan, on=day,
                medium=entry["medium"], audience=entry["audience"], agency=entry["agency"], is_demo=True,
                title=f"{entry['topic']}, số {number + 1}/{year} {DEMO}", cost=entry["budget"] // entry["planned"],
                reach=int(entry["reach"] * chance.uniform(0.6, 1.3)),
            )  # fmt: skip
            item.set_search()
            items.append(item)
    return len(CommunicationItem.objects.bulk_create(items))


def _used(places: list[dict[str, Any]], communes: list[Unit], chance: random.Random) -> None:
    products = list(Product.objects.active().filter(is_demo=True).order_by("pk")[:24])
    today = clock.today()
    for number, entry in enumerate(places):
        row = UsePlace.objects.create(
            name=f"{entry['name']} {DEMO}", kind=entry["kind"], unit=communes[(number * 5 + 3) % len(communes)],
            address="Đường trung tâm", how=entry["how"], since=today - timedelta(days=chance.randint(90, 900)),
            is_public=True, is_demo=True,
        )  # fmt: skip
        row.products.set(chance.sample(products, min(len(products), chance.randint(1, 4))))


def _sold(makers: Sequence[Producer], chance: random.Random) -> None:
    today = clock.today()
    for maker in makers:
        for kind, name in CHANNELS[: chance.randint(2, len(CHANNELS))]:
            SalesChannel.objects.create(
                producer=maker, kind=kind, name=f"{name} {maker.public_name}"[:200], is_demo=True,
                valid_from=today - timedelta(days=chance.randint(200, 1000)),
                checked_on=today - timedelta(days=chance.randint(10, 500)),
            )  # fmt: skip


def answers_met(day: date) -> list[Found]:
    """Every criterion of the day met."""
    return [
        Found(one.pk, None if one.kind == CriterionKind.NUMBER else True,
              one.minimum or 60 if one.kind == CriterionKind.NUMBER else None)  # type: ignore[arg-type]
        for one in criteria_on(day)
    ]  # fmt: skip


def waiting_points(communes: list[Unit]) -> int:
    """Three points at the desks of the home commune: to be visited, to be approved, to be numbered; by the actions."""
    today = clock.today()
    home = unit_on(HOME_COMMUNE, today)
    district = local_level("42", today) == "district"
    officer, leader = (
        persona_user(name)
        for name in (
            ("can-bo-huyen", "lanh-dao-huyen") if district else ("can-bo-phuc-trach", "lanh-dao-phuc-trach")
        )
    )
    names = ("Cửa hàng Hương Quê", "Điểm bán Trạm Xanh", "Gian OCOP Chợ Mới")
    for step, name in enumerate(names):
        row = SalePoint(
            name=f"{name} {DEMO}",
            unit=home,
            operator=f"Hộ kinh doanh {name} {DEMO}",
            address="Thôn 2",
            is_demo=True,
        )
        actions.register_point(row, by=officer)
        if step >= 1:
            actions.record_check(
                row, by=officer, checked_on=today, found=answers_met(today), team="Tổ kiểm tra"
            )
        if step == len(names) - 1:
            press(actions.POINT_DESK, row, "approve", by=leader)
    return len(names)


def waiting_fairs(province: Unit) -> int:
    """A call that runs, and one that is still a draft; by the actions of the department."""
    by, today = persona_user("uy-vien-cong-thuong"), clock.today()
    for name, kind, priority, days in (
        ("Chợ Tết sản phẩm OCOP", FairKind.MARKET, FairPriority.NONE, 45),
        ("Gian hàng OCOP tại lễ hội đầu xuân", FairKind.FESTIVAL_STAND, FairPriority.FESTIVAL, 75),
    ):
        starts = today + timedelta(days=days)
        row = Fair(
            name=f"{name} {starts.year} {DEMO}", kind=kind, priority=priority, unit=province,
            organiser="Sở Công Thương", place="Phường Thành Sen", starts_on=starts, ends_on=starts + timedelta(days=3),
            deadline=today + timedelta(days=days // 3), stands=20, budget=60_000_000,
            conditions="Hỗ trợ tiền thuê gian hàng; chủ thể tự lo vận chuyển.", is_demo=True,
        )  # fmt: skip
        actions.open_fair(row, by=by)
        if priority == FairPriority.NONE:
            press(actions.FAIR_DESK, row, "publish", by=by)
    return 2
