"""Three years of invented obstacles, advice, candidates, links, organisations, technology and chains.

Only invented producers appear. The history is written in bulk; the tests compare it with what the actions write.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from ocop.accounts.demo import persona_user
from ocop.accounts.models import User
from ocop.development.actions.advice import ADVICE_DESK
from ocop.development.actions.obstacles import OBSTACLE_DESK, escalate_late
from ocop.development.actions.organisations import ORGANISATION_DESK
from ocop.development.actions.technology import LIST_DESK, NEED_DESK
from ocop.development.enums import ORGANISED_FORMS, CandidateState, ChainKind, ChainStage, Change, Speciality
from ocop.development.models import (
    Advice,
    ChainMember,
    Consultant,
    LinkGroup,
    LinkMember,
    Obstacle,
    OrganisationAdvice,
    OrganisationCase,
    ProductSurvey,
    ResearchList,
    StarCandidate,
    Technology,
    TechnologyNeed,
    ValueChain,
)
from ocop.kit import clock
from ocop.kit.cases import Past, Step, write_past
from ocop.partners.models import Partner
from ocop.producers.models import MaterialArea
from ocop.products.models import Product
from ocop.units.models import Unit
from ocop.units.queries import home_province

MONEY = 1_000_000
OBSTACLES = (
    ("land", "Thiếu đất mở rộng nhà xưởng", "Xã đã bổ sung vào kế hoạch sử dụng đất."),
    ("premises", "Mặt bằng chế biến xuống cấp", "Đã bố trí nhà kho của thôn cho thuê ba năm."),
    ("planning", "Vườn nằm trong quy hoạch đường", "Đã điều chỉnh ranh giới quy hoạch."),
    ("credit", "Chưa vay được vốn mua máy sấy", "Ngân hàng đã giải ngân theo hạn mức."),
    ("labour", "Thiếu lao động mùa thu hoạch", "Hội Nông dân đã lập tổ đổi công."),
    ("technology", "Sản phẩm mau hỏng, chưa có kho lạnh", "Đã giới thiệu công nghệ bảo quản."),
    ("paper", "Chưa xin được giấy an toàn thực phẩm", "Chi cục đã thẩm định và cấp giấy."),
    ("material", "Nguyên liệu không đủ quanh năm", "Đã ký liên kết với hai xã bên."),
    ("market", "Hàng tồn kho sau Tết", "Đã đưa vào ba điểm bán và một siêu thị."),
)  # fmt: skip
TASKS = ("Hoàn thiện bao bì, nhãn hàng hóa", "Xây dựng tiêu chuẩn cơ sở", "Lập phương án sản xuất kinh doanh",
         "Hoàn thiện hồ sơ, câu chuyện sản phẩm", "Hướng dẫn bán hàng trên sàn điện tử")  # fmt: skip
NEEDS = (
    ("Máy sấy lạnh", "preservation"), ("Kho lạnh bảo quản 20 m³", "preservation"),
    ("Dây chuyền cô đặc mật ong", "deep_processing"), ("Máy chiết rót tự động", "packaging"),
    ("Máy nghiền, sàng trà", "processing"), ("Bể ủ phụ phẩm hữu cơ", "environment"),
)  # fmt: skip


def at_nine(day: date) -> datetime:
    """Nine in the morning of a day."""
    return datetime.combine(day, time(9), tzinfo=clock.LOCAL)


class Cast:
    """Who plays which part in the invented history."""

    def __init__(self) -> None:
        self.officer: User = persona_user("can-bo-phuc-trach")
        self.owner: User = persona_user("ba-lan")
        self.province: User = persona_user("tham-muu")
        self.science: User = persona_user("uy-vien-khcn")
        self.leader: User = persona_user("lanh-dao-tinh")
        self.today = clock.today()

    def ago(self, days: int) -> date:
        """The day that lies so many days back."""
        return self.today - timedelta(days=days)


def load(log: Callable[[str], None]) -> None:
    """Make what is missing; a second run adds nothing."""
    products = list(
        Product.objects.filter(is_demo=True).select_related("producer__unit", "unit", "group").order_by("pk")
    )
    if Obstacle.objects.filter(is_demo=True).exists() or not products:
        log("phát triển sản phẩm trình diễn: đã có")
        return
    cast = Cast()
    with transaction.atomic():
        counts = {
            "vướng mắc": len(past_obstacles(products, cast, 54)),
            "việc tư vấn": _advices(products, cast),
            "sản phẩm hướng tới 4, 5 sao": _candidates(products, cast),
            "nhóm liên kết": _links(products, cast),
            "tổ chức sản xuất": _organisations(products, cast),
            "nhu cầu công nghệ": _technology(products, cast),
            "chuỗi giá trị": _chains(products, cast),
        }
    escalate_late()
    log("phát triển sản phẩm trình diễn: " + ", ".join(f"{count} {words}" for words, count in counts.items()))


def _bulk(rows: list[Any]) -> list[Any]:
    for row in rows:
        row.set_search()
    return bulk_create_with_history(rows, type(rows[0]), batch_size=500) if rows else []


def past_obstacles(products: list[Product], cast: Cast, count: int) -> list[Obstacle]:
    """Obstacles of three years: the old ones confirmed, some reopened on the way, the last dozen at every step."""
    return write_past(OBSTACLE_DESK, [_obstacle(products, cast, number) for number in range(count)])


def _obstacle(products: list[Product], cast: Cast, number: int) -> Past:
    kind, title, result = OBSTACLES[number % len(OBSTACLES)]
    product = products[number * 5 % len(products)]
    since, steps = 2 + number * 19, 5 if number > 11 else number % 6
    opened = cast.ago(since)
    row = Obstacle(
        producer=product.producer, product=product, unit=product.producer.unit, kind=kind,
        title=title, description="Nêu khi cán bộ xã xuống cơ sở (trình diễn).", is_demo=True,
    )  # fmt: skip
    day = [min(opened + timedelta(days=gap), cast.today) for gap in (1, 4, 14, 18)]
    walked: list[Step] = []
    if steps >= 1:
        row.assignee, row.answer_by = cast.officer, day[0] + timedelta(days=10)
        walked.append(Step("assign", at_nine(day[0]), cast.province))
    if steps >= 2:
        row.answer, row.answered_on, row.settle_by = f"Sẽ làm: {result}", day[1], day[1] + timedelta(days=20)
        walked.append(Step("answer", at_nine(day[1]), cast.officer))
    if steps >= 3:
        row.outcome, row.result, row.settled_on = "solved" if number % 7 else "partly", result, day[2]
        row.granted_m2 = 200 + number * 10 if kind in ("land", "premises") else None
        row.granted_money = (80 + number) * MONEY if kind == "credit" else None
        walked.append(Step("settle", at_nine(day[2]), cast.officer))
    if steps >= 4:
        walked.append(Step("confirm", at_nine(day[3]), cast.owner))
    return Past(row, Step("open", at_nine(opened), cast.officer), tuple(walked))


def _advices(products: list[Product], cast: Cast) -> int:
    province = home_province(cast.today)
    firms = list(Partner.objects.filter(kind__in=("science", "chain"), is_demo=True).order_by("pk")[:4])
    people = _bulk([
        Consultant(
            name=f"ThS. Nguyễn Văn Mẫu {number + 1}" if number % 3 else f"Đơn vị tư vấn trình diễn {number + 1}",
            kind="person" if number % 3 else "firm", unit=province,
            speciality=list(Speciality)[number % len(Speciality)],
            partner=firms[number // 3] if not number % 3 and number // 3 < len(firms) else None,
            workplace="Trường, viện trình diễn", degree="Thạc sĩ" if number % 3 else "", years=4 + number, is_demo=True,
        )
        for number in range(14)
    ])  # fmt: skip
    cases = []
    for number in range(40):
        product, starts = products[number * 3 % len(products)], cast.ago(10 + number * 25)
        ends = starts + timedelta(days=21)
        done, rated = ends < cast.today, ends < cast.ago(20)
        row = Advice(
            consultant=people[number % len(people)], producer=product.producer, product=product,
            unit=product.producer.unit, task=TASKS[number % len(TASKS)], starts_on=starts, ends_on=ends,
            days=3 + number % 5, cost=(4 + number % 6) * MONEY, is_demo=True,
            result="Đã bàn giao kết quả cho cơ sở." if done else "", done_on=ends if done else None,
            rating=3 + number % 3 if rated else None,
        )  # fmt: skip
        steps = [Step("report", at_nine(ends), cast.officer)] if done else []
        steps += [Step("rate", at_nine(ends + timedelta(days=6)), cast.owner)] if rated else []
        cases.append(Past(row, Step("open", at_nine(starts), cast.officer), tuple(steps)))
    return len(write_past(ADVICE_DESK, cases))


def _candidates(products: list[Product], cast: Cast) -> int:
    surveys = _bulk([
        ProductSurvey(
            name=f"Khảo sát sản phẩm tiềm năng đợt {6 - number} (trình diễn)", unit=home_province(cast.today),
            held_on=cast.ago(90 + number * 170), surveyor="Văn phòng Điều phối nông thôn mới tỉnh",
            producers_seen=24 + number, products_seen=40 + number * 2, ideas_seen=9 + number, is_demo=True,
            finding="Nhiều sản phẩm có vùng nguyên liệu, còn yếu bao bì và kênh bán.",
        )
        for number in range(6)
    ])  # fmt: skip
    states = list(CandidateState)
    rows = []
    for number in range(30):
        product = products[number * 2 % len(products)]
        state, year = states[number % len(states)], cast.today.year - number % 3
        rows.append(
            StarCandidate(
                product=product, producer=product.producer, unit=product.unit, survey=surveys[number % len(surveys)],
                year=year, target_stars=5 if number % 6 == 0 else 4, missing="Kênh bán ngoài tỉnh; tiêu chuẩn quốc tế",
                missing_count=2 + number % 4, support="Bao bì, truy xuất nguồn gốc, tư vấn hồ sơ",
                support_money=(20 + number * 3) * MONEY, ready_by=date(year, 10, 31), state=state, is_demo=True,
                reached_stars=4 if state == CandidateState.REACHED else None,
                reached_on=date(year, 11, 15) if state == CandidateState.REACHED else None,
                result="Chủ thể chưa sẵn sàng" if state == CandidateState.DROPPED else "",
            )
        )  # fmt: skip
    return len(_bulk([row for row in rows if row.reached_on is None or row.reached_on <= cast.today]))


def _links(products: list[Product], cast: Cast) -> int:
    rows = _bulk([
        LinkGroup(
            name=f"Liên kết {products[number].name} và các cơ sở cùng nghề (trình diễn)", goods=products[number].name,
            group=products[number].group, lead=products[number].producer, unit=products[number].producer.unit,
            founded_on=cast.ago(200 + number * 80), contract_number=f"{number + 1:02d}/HĐLK", is_demo=True,
            contract_on=cast.ago(190 + number * 80), yearly_value=(900 + number * 250) * MONEY,
        )
        for number in range(min(10, len(products)))
    ])  # fmt: skip
    _bulk([
        LinkMember(
            link=row, producer=products[(number * 4 + step * 7) % len(products)].producer,
            volume=Decimal(5 + step * 3), joined_on=row.founded_on,
        )
        for number, row in enumerate(rows)
        for step in range(5)
    ])  # fmt: skip
    return len(rows)


def _organisations(products: list[Product], cast: Cast) -> int:
    cases, advices, changes = [], [], list(Change)
    for number in range(24):
        product, asked = products[number * 2 % len(products)], cast.ago(8 + number * 42)
        change = changes[number % 3]
        founding = change == Change.FOUND
        advised, done = number > 3, number > 6 and not founding
        row = OrganisationCase(
            change=change, producer=None if founding else product.producer, unit=product.producer.unit, is_demo=True,
            name=f"Hợp tác xã {product.name} (dự kiến, trình diễn)" if founding else product.producer.public_name,
            form=ORGANISED_FORMS[number % len(ORGANISED_FORMS)] if founding else "", members_before=4 + number % 5,
            capital_before=(50 + number * 10) * MONEY,
            wish="Muốn được hướng dẫn điều lệ, góp vốn, kế toán (trình diễn).",
        )  # fmt: skip
        steps = []
        if advised:
            first = asked + timedelta(days=6)
            steps.append(Step("advise", at_nine(first), cast.officer))
            advices.append(
                OrganisationAdvice(
                    case=row, advised_on=first, adviser="Liên minh Hợp tác xã tỉnh",
                    content="Điều lệ, góp vốn, kế toán",
                    people=8 + number % 6, hours=Decimal(3), by=cast.officer,
                )
            )  # fmt: skip
        if done and change == Change.STRENGTHEN:
            row.members_after, row.capital_after = row.members_before + 4, row.capital_before * 2
            row.result = "Đã bầu lại ban quản trị, có kế toán (trình diễn)."
            steps.append(Step("complete", at_nine(asked + timedelta(days=40)), cast.officer))
        cases.append(Past(row, Step("open", at_nine(asked), cast.officer), tuple(steps)))
    write_past(ORGANISATION_DESK, cases)
    for one in advices:
        one.set_search()
    OrganisationAdvice.objects.bulk_create(advices)
    return len(cases)


def _technology(products: list[Product], cast: Cast) -> int:
    province = home_province(cast.today)
    suppliers = list(Partner.objects.filter(part="supply", is_demo=True).order_by("pk")[:3])
    shown = _bulk([
        Technology(
            name=f"{name} (trình diễn)", field=field, unit=province, introduced_on=cast.ago(120 + number * 150),
            introduced_by="Sở Khoa học và Công nghệ", cost=(180 + number * 60) * MONEY, producers_told=12 + number * 3,
            supplier=suppliers[number % len(suppliers)] if suppliers else None, capacity=f"{(number + 1) * 200} kg/mẻ",
            is_demo=True,
        )
        for number, (name, field) in enumerate(NEEDS)
    ])  # fmt: skip
    this = cast.today.year
    lists = {year: _list(year, province, cast) for year in (this - 2, this - 1)}
    write_past(LIST_DESK, list(lists.values()))
    cases = [
        _need(products, cast, number, shown, {year: one.row for year, one in lists.items()})
        for number in range(36)
    ]
    return len(write_past(NEED_DESK, cases))


def _list(year: int, province: Unit, cast: Cast) -> Past:
    day = date(year, 9, 10)
    row = ResearchList(
        year=year, unit=province, title="Danh mục nghiên cứu triển khai khoa học và công nghệ (trình diễn)",
        compiler="Sở Khoa học và Công nghệ", number=f"{1200 + year % 100}/QĐ-UBND", decided_on=day, is_demo=True,
    )  # fmt: skip
    steps = (
        Step("compile", at_nine(day - timedelta(days=40)), cast.science),
        Step("submit", at_nine(day - timedelta(days=30)), cast.science), Step("approve", at_nine(day), cast.leader),
    )  # fmt: skip
    return Past(row, Step("open", at_nine(day - timedelta(days=60)), cast.science), steps)


def _need(
    products: list[Product], cast: Cast, number: int, shown: list[Technology], lists: dict[int, ResearchList]
) -> Past:
    title, field = NEEDS[number % len(NEEDS)]
    product, year = products[number * 4 % len(products)], cast.today.year - number % 3
    opened = min(date(year, 3, 1) + timedelta(days=number), cast.ago(3))
    row = TechnologyNeed(
        producer=product.producer, product=product, unit=product.producer.unit, year=year, field=field, title=title,
        description="Hiện làm thủ công, mùa vụ không kịp (trình diễn).", capacity_now=Decimal(5 + number % 4),
        capacity_wanted=Decimal(15 + number % 9), cost_estimate=(150 + number * 12) * MONEY,
        own_money=(60 + number * 4) * MONEY, is_demo=True,
    )  # fmt: skip
    steps: list[Step] = []
    if number % 5:
        steps.append(Step("gather", at_nine(opened + timedelta(days=2)), cast.officer))
    if year in lists and steps:
        row.research_list = lists[year]
        steps += [
            Step("list", at_nine(date(year, 8, 1)), cast.science),
            Step("approve", at_nine(date(year, 9, 10)), cast.leader),
        ]  # fmt: skip
        if number % 4:
            given = date(year, 11, 5)
            row.technology, row.introduced_on = shown[number % len(shown)], given
            steps.append(Step("introduce", at_nine(given), cast.science))
            if number % 2:
                _transferred(row, number, given + timedelta(days=90))
                steps.append(Step("transfer", at_nine(given + timedelta(days=90)), cast.science))
    return Past(row, Step("open", at_nine(opened), cast.officer), tuple(steps))


def _transferred(row: TechnologyNeed, number: int, day: date) -> None:
    row.transferred_on, row.contract_number = day, f"{number + 1:02d}/CGCN"
    row.transfer_cost = row.cost_estimate
    row.support_money = row.cost_estimate - row.own_money
    row.capacity_before, row.capacity_after = row.capacity_now, row.capacity_wanted
    row.people_trained, row.result = 4 + number % 6, "Đã vận hành, giảm hao hụt (trình diễn)."


def _chains(products: list[Product], cast: Cast) -> int:
    areas = list(MaterialArea.objects.filter(is_demo=True).order_by("pk")[:8])
    kinds = list(ChainKind)
    rows = _bulk([
        ValueChain(
            name=f"Chuỗi {products[number * 3 % len(products)].name} (trình diễn {number + 1})", kind=kinds[number % 3],
            lead=products[number * 3 % len(products)].producer, unit=products[number * 3 % len(products)].producer.unit,
            area=areas[number % len(areas)] if areas and number % 4 else None,
            goods=products[number * 3 % len(products)].name, households=12 + number * 5,
            reused_tonnes=Decimal(8 + number * 2), yearly_value=(1200 + number * 180) * MONEY,
            evidence="Biên bản kiểm tra của xã, ảnh ủ phụ phẩm (trình diễn)", valid_from=cast.ago(700 - number * 40),
            is_demo=True,
        )
        for number in range(12)
    ])  # fmt: skip
    stages = list(ChainStage)
    _bulk([
        ChainMember(
            chain=row, producer=products[(number * 3 + step * 5) % len(products)].producer, stage=stages[step + 1],
            joined_on=row.valid_from, product=products[(number * 3 + step * 5) % len(products)],
        )
        for number, row in enumerate(rows)
        for step in range(4)
    ])  # fmt: skip
    return len(rows)
