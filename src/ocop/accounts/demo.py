"""The people of the demo, in one place: their user names are what other apps and tests call them by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction

from ocop.accounts.actions import create_user, grant_membership
from ocop.accounts.enums import Role
from ocop.accounts.models import Membership, User
from ocop.kit import clock
from ocop.units import queries as units
from ocop.units.models import Agency, Unit

HOME_COMMUNE, OTHER_COMMUNE = "18547", "18604"
STRANGE_PROVINCE, STRANGE_COMMUNE = "99", "99001"


@dataclass(frozen=True)
class Persona:
    """One person: what the card says, and the role in an agency that makes the person what they are.

    `agency` selects: "commune:CODE", "district:CODE" (the district over that commune), "duty:DUTY:PROVINCE",
    "slug:SLUG|SLUG" (the first in force); '' for none. `unit` is the commune of people without a role.
    """

    username: str
    full_name: str
    title: str
    waits: str
    group: str
    role: str = ""
    agency: str = ""
    unit: str = ""


PRODUCERS, COMMUNE, DISTRICT, PROVINCE, COUNCIL, OTHERS = (
    "Chủ thể",
    "Cấp xã",
    "Cấp huyện",
    "Cấp tỉnh",
    "Hội đồng",
    "Quản trị và người ngoài phạm vi",
)

# fmt: off
PERSONAS: tuple[Persona, ...] = (
    Persona("ba-lan", "Nguyễn Thị Lan", "Chủ cơ sở sản xuất, 62 tuổi, dùng điện thoại",
            "Hoàn thiện hồ sơ dự thi và nộp cho xã", PRODUCERS, unit=HOME_COMMUNE),
    Persona("nguoi-giup-minh-anh", "Trần Minh Anh", "Người được chủ thể nhờ làm hồ sơ giúp",
            "Làm hồ sơ thay chủ thể khi được đồng ý", PRODUCERS, unit=HOME_COMMUNE),
    Persona("can-bo-phuc-trach", "Lê Văn Hùng", "Công chức phụ trách OCOP xã Phúc Trạch",
            "Tiếp nhận hồ sơ, lập báo cáo đánh giá", COMMUNE, Role.COMMUNE_OFFICER, f"commune:{HOME_COMMUNE}"),
    Persona("lanh-dao-phuc-trach", "Phan Thị Mai", "Phó Chủ tịch UBND xã Phúc Trạch",
            "Ký báo cáo và văn bản đề nghị", COMMUNE, Role.COMMUNE_LEADER, f"commune:{HOME_COMMUNE}"),
    Persona("can-bo-thach-khe", "Đặng Quốc Việt", "Công chức phụ trách OCOP xã Thạch Khê",
            "Chỉ thấy hồ sơ của xã mình", COMMUNE, Role.COMMUNE_OFFICER, f"commune:{OTHER_COMMUNE}"),
    Persona("can-bo-huyen", "Trần Quốc Bảo", "Phòng Nông nghiệp huyện Hương Khê, Thư ký Hội đồng huyện",
            "Tiếp nhận hồ sơ xã gửi, chuẩn bị phiên họp", DISTRICT, Role.DISTRICT_OFFICER, f"district:{HOME_COMMUNE}"),
    Persona("to-truong-huyen", "Nguyễn Đức Thọ", "Tổ trưởng Tổ tư vấn cấp huyện",
            "Thẩm định, báo cáo Chủ tịch Hội đồng huyện", DISTRICT, Role.EXPERT_LEAD, f"district:{HOME_COMMUNE}"),
    Persona("chuyen-gia-huyen", "Phan Thị Lài", "Thành viên Tổ tư vấn cấp huyện",
            "Thẩm định hồ sơ", DISTRICT, Role.EXPERT_MEMBER, f"district:{HOME_COMMUNE}"),
    Persona("lanh-dao-huyen", "Đinh Công Thành", "Phó Chủ tịch UBND huyện Hương Khê, Chủ tịch Hội đồng huyện",
            "Chủ trì phiên họp, duyệt quyết định 3 sao, trình tỉnh hồ sơ từ 70 điểm",
            DISTRICT, Role.DISTRICT_LEADER, f"district:{HOME_COMMUNE}"),
    Persona("van-thu-huyen", "Lê Thị Thanh", "Văn thư UBND huyện Hương Khê",
            "Ghi số, ngày của quyết định", DISTRICT, Role.DISTRICT_CLERK, f"district:{HOME_COMMUNE}"),
    Persona("uy-vien-huyen-kinh-te", "Hoàng Anh Dũng", "Ủy viên, Phòng Kinh tế và Hạ tầng huyện",
            "Chấm điểm trong phiên họp", DISTRICT, Role.READER, f"district:{HOME_COMMUNE}"),
    Persona("uy-vien-huyen-y-te", "Võ Thị Mận", "Ủy viên, Phòng Y tế huyện",
            "Chấm điểm trong phiên họp", DISTRICT, Role.READER, f"district:{HOME_COMMUNE}"),
    Persona("uy-vien-huyen-van-hoa", "Bùi Văn Hậu", "Ủy viên, Phòng Văn hóa và Thông tin huyện",
            "Chấm điểm trong phiên họp", DISTRICT, Role.READER, f"district:{HOME_COMMUNE}"),
    Persona("tham-muu", "Hồ Thị Thu Hà", "Chuyên viên cơ quan tham mưu quản lý OCOP",
            "Kiểm tra hồ sơ xã gửi lên, nhận mẫu", PROVINCE, Role.ADVISORY_OFFICER, "duty:advisory_body:42"),
    Persona("to-truong-tu-van", "Bùi Đình Sơn", "Tổ trưởng Tổ tư vấn của Hội đồng",
            "Phân công thẩm định, báo cáo Chủ tịch Hội đồng",
            PROVINCE, Role.EXPERT_LEAD, "slug:so-nnmt-42|so-nnptnt-42"),
    Persona("chuyen-gia", "Võ Thị Hạnh", "Thành viên Tổ tư vấn của Hội đồng",
            "Thẩm định hồ sơ, đi thực tế", PROVINCE, Role.EXPERT_MEMBER, "slug:so-khcn-42"),
    Persona("lanh-dao-tinh", "Phùng Gia Khiêm", "Phó Chủ tịch UBND tỉnh",
            "Quyết định công nhận kết quả", PROVINCE, Role.PROVINCE_LEADER, "duty:decides:42"),
    Persona("van-thu", "Trần Thị Ngọc", "Văn thư Văn phòng UBND tỉnh",
            "Ghi số, ngày của quyết định", PROVINCE, Role.PROVINCE_CLERK, "duty:decides:42"),
    Persona("thuong-truc", "Lương Văn Thành", "Cơ quan thường trực Chương trình OCOP",
            "Chuyển hồ sơ tiềm năng 5 sao, ghi kết quả trung ương",
            PROVINCE, Role.STANDING_OFFICER, "duty:standing_agency:42"),
    Persona("chu-tich-hoi-dong", "Phạm Quang Vinh", "Chủ tịch Hội đồng đánh giá cấp tỉnh",
            "Điều hành phiên họp, công bố điểm", COUNCIL, Role.READER, "duty:decides:42"),
    Persona("thu-ky-hoi-dong", "Hoàng Thị Yến", "Thư ký Hội đồng",
            "Chuẩn bị phiên họp, biên bản", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-nnmt-42|so-nnptnt-42"),
    Persona("uy-vien-nnmt", "Đinh Trọng Khôi", "Ủy viên, Sở Nông nghiệp và Môi trường",
            "Chấm điểm trong phiên họp", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-nnmt-42|so-nnptnt-42"),
    Persona("uy-vien-cong-thuong", "Cao Thị Bích", "Ủy viên, Sở Công Thương",
            "Chấm điểm trong phiên họp", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-cong-thuong-42"),
    Persona("uy-vien-y-te", "Thái Văn Dũng", "Ủy viên, Sở Y tế",
            "Chấm điểm trong phiên họp", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-y-te-42"),
    Persona("uy-vien-khcn", "Ngô Thị Diệu", "Ủy viên, Sở Khoa học và Công nghệ",
            "Chấm điểm trong phiên họp", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-khcn-42"),
    Persona("uy-vien-vhttdl", "Mai Xuân Trường", "Ủy viên, Sở Văn hóa, Thể thao và Du lịch",
            "Chấm điểm trong phiên họp", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-vhttdl-42"),
    Persona("uy-vien-tai-chinh", "Dương Thị Loan", "Ủy viên, Sở Tài chính",
            "Chấm điểm trong phiên họp", COUNCIL, Role.DEPARTMENT_OFFICER, "slug:so-tai-chinh-42"),
    Persona("quan-tri", "Kiều Anh Tuấn", "Quản trị hệ thống",
            "Phân công vai trò, mời cán bộ, xem nhật ký", OTHERS, Role.ADMINISTRATOR, "duty:decides:42"),
    Persona("can-bo-tinh-khac", "Trịnh Văn Khách", "Chuyên viên tham mưu OCOP tỉnh Trình Diễn",
            "Không thấy gì của Hà Tĩnh", OTHERS, Role.ADVISORY_OFFICER, f"duty:advisory_body:{STRANGE_PROVINCE}"),
    Persona("can-bo-xa-tinh-khac", "Lý Thị Lạ", "Công chức xã Mẫu, tỉnh Trình Diễn",
            "Không thấy gì của Hà Tĩnh", OTHERS, Role.COMMUNE_OFFICER, f"commune:{STRANGE_COMMUNE}"),
)
# fmt: on


USERNAMES: dict[str, Persona] = {persona.username: persona for persona in PERSONAS}


def persona_user(username: str) -> User:
    """The user of a persona; raises `User.DoesNotExist` before the demo data are loaded."""
    return User.objects.get(username=USERNAMES[username].username)


def persona_groups() -> list[tuple[str, list[Persona]]]:
    """Cards of the page, by group in their order; only personas whose accounts exist."""
    there = set(
        User.objects.filter(username__in=USERNAMES, is_active=True).values_list("username", flat=True)
    )
    shown = [persona for persona in PERSONAS if persona.username in there]
    return [(group, list(rows)) for group, rows in groupby(shown, key=lambda persona: persona.group)]


def _unit(code: str, day: date) -> Unit:
    return units.unit_on(code, day)


def agency_of(selector: str, day: date) -> Agency:
    """The agency that a selector names on that day; raises LookupError when there is none."""
    kind, _, rest = selector.partition(":")
    found: Agency | None
    if kind == "commune":
        found = units.committee_of(_unit(rest, day), day)
    elif kind == "district":
        district = units.district_of(_unit(rest, day), day)
        found = units.committee_of(district, day) if district else None
    elif kind == "duty":
        duty, _, province = rest.partition(":")
        found = units.agency_with(duty, day, _unit(province, day))
    else:
        found = Agency.objects.valid_on(day).filter(slug__in=rest.split("|")).first()
    if found is None:
        raise LookupError(f"no agency in force on {day} for {selector!r}")
    return found


@transaction.atomic
def load_personas(log: Callable[[str], None]) -> None:
    """Make the people of the demo and their roles on the clock's day; a second run adds only what is missing."""
    day = clock.today()
    made = 0
    here = [persona for persona in PERSONAS if persona.group != DISTRICT or _has_districts(day)]
    for persona in here:
        user = User.objects.filter(username=persona.username).first()
        if user is None:
            made += 1
            unit = _unit(persona.unit, day) if persona.unit else None
            user = create_user(
                full_name=persona.full_name,
                title=persona.title,
                username=persona.username,
                unit=unit,
                by=None,
            )
        if persona.role:
            _give_role(user, persona, day)
    log(f"Vai mẫu: {len(here)} người, {made} mới")


def _has_districts(day: date) -> bool:
    return units.district_of(_unit(HOME_COMMUNE, day), day) is not None


def _give_role(user: User, persona: Persona, day: date) -> None:
    agency = agency_of(persona.agency, day)
    held = Membership.objects.filter(user=user, agency=agency, role=persona.role)
    if held.valid_on(day).exists():
        return
    later = held.filter(valid_from__gt=day).order_by("valid_from").first()
    earlier = held.filter(valid_to__lt=day).order_by("-valid_to").first()
    first = max(agency.valid_from, day - timedelta(days=365))
    if earlier and earlier.valid_to:
        first = max(first, earlier.valid_to + timedelta(days=1))
    last = later.valid_from - timedelta(days=1) if later else None
    grant_membership(
        user,
        agency=agency,
        role=persona.role,
        by=None,
        valid_from=first,
        valid_to=last,
        basis="Dữ liệu trình diễn",
    )
