"""The step of the demo data: what is there already stays."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pikepdf
from django.db import transaction

from ocop.accounts.demo import HOME_COMMUNE, persona_user
from ocop.accounts.models import User
from ocop.files.actions import store_generated
from ocop.files.models import StoredFile
from ocop.funding import actions
from ocop.funding.demo.history import SETTLED, Finished, write_finished
from ocop.funding.demo.ledger import load_ledger
from ocop.funding.models import FundEntry, SupportRequest
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.rulebook.models import SupportItem
from ocop.rulebook.offices import local_level
from ocop.units.models import Unit
from ocop.units.queries import home_province

MILLION = 1_000_000
BASIS = "Thông báo kết luận của Chủ tịch UBND (trình diễn)"
CODES = ("hang-sao", "bao-bi", "may-moc", "chat-luong", "xuc-tien")
SIZES = {"hang-sao": 30, "bao-bi": 18, "may-moc": 90, "chat-luong": 12, "xuc-tien": 9}
PURPOSES = {
    "hang-sao": "Sản phẩm được công nhận hạng sao OCOP", "bao-bi": "Thiết kế, in bao bì và nhãn mới",
    "may-moc": "Mua máy sấy, máy đóng gói", "chat-luong": "Kiểm nghiệm định kỳ sản phẩm",
    "xuc-tien": "Tham gia hội chợ của tỉnh",
}  # fmt: skip


def load(log: Callable[[str], None]) -> None:
    """Three years of the ledger, finished and open requests of invented producers."""
    today = clock.today()
    province = home_province(today)
    if province is None or FundEntry.objects.exists() or SupportRequest.objects.exists():
        log("hỗ trợ, vốn: đã có")
        return
    rows = Producer.objects.filter(is_demo=True, unit__covers__holder=province).unmerged()
    producers = list(rows.select_related("unit").order_by("pk"))
    with transaction.atomic():
        entries = load_ledger(province, today, persona_user("tham-muu"), producers)
        finished = write_finished(past_cases(producers, today, province), _proof(persona_user("tham-muu")))
        opened = open_cases(today, province)
    log(f"hỗ trợ, vốn: {entries} bút toán, {len(finished)} đề nghị đã chi, {opened} đề nghị đang mở")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=clock.LOCAL)


def _people(province: Unit, day: date) -> tuple[User, User]:
    """Officer and leader who do the district's part on that day, of the personas."""
    if local_level(province.code, day) == "district":
        return persona_user("can-bo-huyen"), persona_user("lanh-dao-huyen")
    return persona_user("can-bo-phuc-trach"), persona_user("lanh-dao-phuc-trach")


def _item(code: str, day: date) -> SupportItem | None:
    rows = SupportItem.objects.in_force(day).filter(code=code, policy__unit__isnull=True)
    return rows.select_related("policy").first()


def past_cases(producers: list[Producer], today: date, province: Unit) -> list[Finished]:
    """One paid request each year for every third invented producer outside the home commune."""
    products: dict[int, Product] = {}
    for product in Product.objects.filter(producer__in=producers).unmerged().order_by("-pk"):
        products[product.producer_id] = product
    officer, leader = _people(province, today)
    found = []
    away = [one for one in producers if one.unit.code != HOME_COMMUNE]
    for year in range(today.year - 2, today.year + 1):
        for place, producer in enumerate(away[year % 3 :: 3]):
            code = CODES[(place + year) % len(CODES)]
            day = date(year, 1 + place % 10, 8 + place % 15)
            item = _item(code, day)
            if item is None or _moment(day) + SETTLED > _moment(today):
                continue
            found.append(
                Finished(
                    item=item, producer=producer, product=products.get(producer.pk),
                    amount=(SIZES[code] + place % 4) * MILLION, purpose=PURPOSES[code], basis=BASIS,
                    asked=_moment(day), budget_level=local_level(province.code, day),
                    number=f"{year % 100}{place + 1:02d}/QĐ-TD", by=officer, officer=officer, leader=leader,
                )
            )  # fmt: skip
    return found


def _proof(by: User) -> StoredFile:
    """One page that stands for an invoice."""
    target = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(target)
    return store_generated(
        target.getvalue(), name="hoa-don-trinh-dien.pdf", content_type="application/pdf", by=by
    )


def open_cases(today: date, province: Unit) -> int:
    """What waits in the home commune: each state once, one of them late; through the actions. Answers how many."""
    rows = Producer.objects.filter(is_demo=True, unit__code=HOME_COMMUNE).unmerged().order_by("pk")
    officer, leader = _people(province, today)
    states = ("draft", "submitted", "late", "appraised", "decided", "part")
    made = 0
    producers = list(rows)
    for place, (code, state) in enumerate(
        zip((*CODES, "nhan-hieu"), states, strict=True) if producers else ()
    ):
        producer = producers[place % len(producers)]
        item = _item(code, today)
        product = Product.objects.filter(producer=producer).unmerged().first()
        if item is None or (item.once_per == "product" and product is None):
            continue
        _walk(item, producer, product, state, today, (officer, leader))
        made += 1
    return made


def _walk(
    item: SupportItem,
    producer: Producer,
    product: Product | None,
    state: str,
    today: date,
    people: tuple[User, User],
) -> None:
    officer, leader = people
    days = {"draft": 1, "submitted": 4, "late": 45, "appraised": 9, "decided": 20, "part": 30}[state]
    asked = _moment(today - timedelta(days=days))
    amount = SIZES.get(item.code, 15) * MILLION
    row = SupportRequest(
        item=item, producer=producer, product=product, asked_amount=amount,
        purpose=PURPOSES.get(item.code, "Đăng ký nhãn hiệu"),
    )  # fmt: skip
    actions.open_request(row, by=officer, at=asked, send=state != "draft")
    if state in ("draft", "submitted", "late"):
        return
    at = asked + timedelta(days=2)
    actions.appraise(row, by=officer, proposal="support", opinion="Hồ sơ đủ.", amount=amount, at=at)
    if state == "appraised":
        return
    at = asked + timedelta(days=6)
    actions.decide(
        row, by=leader, number=f"{row.pk:02d}/QĐ-TD", day=clock.local_day(at), amount=amount, source="local",
        budget_level=local_level(str(item.policy.province), today), amount_basis=BASIS, at=at,
    )  # fmt: skip
    if state == "part":
        at = asked + timedelta(days=15)
        actions.pay(
            row,
            by=officer,
            amount=amount // 2,
            day=clock.local_day(at),
            document_number=f"UNC-TD-{row.pk}",
            at=at,
        )
