"""The apparatus of the demo: the province's bodies, a desk per district to 30/6/2025, a desk per commune with gaps."""

from datetime import date, timedelta
from typing import Any

from ocop.training.demo.names import name
from ocop.training.enums import BodyKind, Position, PostEnd
from ocop.training.models import Body, Post
from ocop.units.enums import UnitLevel
from ocop.units.models import Unit

FIRST = date(2023, 1, 1)
GAP_OF_OLD, GAP_OF_NEW = 17, 11
"""Every so manieth commune has nobody in charge."""


def units_of(province: Unit, day: date) -> list[Unit]:
    """Districts and communes that were in force at some time from the first day held to that day."""
    rows = Unit.objects.covered_by(province).filter(valid_from__lte=day).exclude(level=UnitLevel.PROVINCE)
    return list(rows.exclude(valid_to__lt=FIRST).order_by("code", "valid_from"))


def _desk(unit: Unit) -> Body:
    if unit.level == UnitLevel.DISTRICT:
        kind, title = BodyKind.DISTRICT_DESK, f"Phòng Nông nghiệp (Kinh tế) {unit.full_name}"
    else:
        kind, title = BodyKind.COMMUNE_DESK, f"Bộ phận phụ trách OCOP {unit.full_name}"
    first = max(FIRST, unit.valid_from)
    return Body(kind=kind, name=title, unit=unit, valid_from=first, valid_to=unit.valid_to, is_demo=True)


def _of_province(province: Unit) -> list[tuple[Body, list[tuple[str, str, str]]]]:
    """The province's bodies with (position, title, duty) of their people."""
    wanted = (
        (BodyKind.STEERING, "Ban Chỉ đạo các Chương trình MTQG tỉnh (bộ máy Chương trình OCOP)", [
            (Position.HEAD, "Chủ tịch UBND tỉnh", "Chỉ đạo chung"),
            (Position.STANDING_DEPUTY, "Phó Chủ tịch UBND tỉnh", "Chỉ đạo Chương trình OCOP"),
            (Position.MEMBER, "Giám đốc Sở Công Thương", "Xúc tiến thương mại"),
            (Position.MEMBER, "Giám đốc Sở Khoa học và Công nghệ", "Sở hữu trí tuệ, công nghệ"),
        ]),
        (BodyKind.STANDING, "Cơ quan thường trực Chương trình OCOP tỉnh", [
            (Position.HEAD, "Chi cục trưởng", "Điều hành công việc thường trực"),
            (Position.IN_CHARGE, "Chuyên viên", "Theo dõi hồ sơ, tổng hợp báo cáo"),
        ]),
        (BodyKind.COORDINATION, "Văn phòng Điều phối nông thôn mới tỉnh", [
            (Position.HEAD, "Chánh Văn phòng", "Tuyên truyền, đào tạo, tham quan, xúc tiến"),
            (Position.IN_CHARGE, "Chuyên viên", "Đào tạo, tham quan học tập"),
        ]),
    )  # fmt: skip
    return [
        (Body(kind=kind, name=title, unit=province, valid_from=FIRST, is_demo=True), list(people))
        for kind, title, people in wanted
    ]


def load_apparatus(province: Unit, day: date) -> tuple[int, int]:
    """Write bodies and posts that are not there yet; answers how many of each. Terms end with their unit."""
    if Body.objects.filter(is_demo=True).exists():
        return 0, 0
    top, desks = _of_province(province), [_desk(unit) for unit in units_of(province, day)]
    bodies = [body for body, _ in top] + desks
    for body in bodies:
        body.set_search()
    Body.objects.bulk_create(bodies, batch_size=200)
    posts = [
        Post(body=body, person_name=name(900 + 10 * place + seat), position=position, title=title, duty=duty,
             valid_from=FIRST, is_demo=True)
        for place, (body, people) in enumerate(top)
        for seat, (position, title, duty) in enumerate(people)
    ]  # fmt: skip
    for number, body in enumerate(desks):
        gap = GAP_OF_OLD if body.valid_to else GAP_OF_NEW
        if number % gap != gap - 1:
            posts += _terms(body, number)
    for post in posts:
        post.set_search()
    Post.objects.bulk_create(posts, batch_size=200)
    _link(posts)
    return len(bodies), len(posts)


def _terms(body: Body, number: int) -> list[Post]:
    """One term, or two with a handover between them."""
    more: dict[str, Any] = {
        "body": body, "position": Position.IN_CHARGE, "duty": "Theo dõi, hướng dẫn Chương trình OCOP",
        "title": "Công chức phụ trách nông nghiệp", "office_phone": f"0239 38{number % 90 + 10} {number % 900 + 100}",
        "is_demo": True,
    }  # fmt: skip
    change = body.valid_from + timedelta(days=400)
    last = body.valid_to or date(2100, 1, 1)
    ends = PostEnd.REORGANISED if body.valid_to else ""
    if number % 5 or change >= last:
        return [
            Post(
                person_name=name(number),
                valid_from=body.valid_from,
                valid_to=body.valid_to,
                ended_reason=ends,
                **more,
            )
        ]
    return [
        Post(person_name=name(number), valid_from=body.valid_from, valid_to=change - timedelta(days=1),
             ended_reason=PostEnd.HANDED_OVER, **more),
        Post(person_name=name(number + 400), valid_from=change, valid_to=body.valid_to, ended_reason=ends, **more),
    ]  # fmt: skip


def _link(posts: list[Post]) -> None:
    """The one who took over, beside the one who gave."""
    after = {post.body_id: post for post in posts if post.ended_reason != PostEnd.HANDED_OVER}
    given = [post for post in posts if post.ended_reason == PostEnd.HANDED_OVER]
    for post in given:
        post.successor = after[post.body_id]
    Post.objects.bulk_update(given, ["successor"], batch_size=200)
