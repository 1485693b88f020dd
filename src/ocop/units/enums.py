"""Names of kinds of units, agencies and changes; labels live here and only here."""

from django.db import models


class UnitLevel(models.TextChoices):
    """Level of an administrative unit: three to 30/6/2025, province and commune since (Resolution 1665)."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class UnitType(models.TextChoices):
    """Type of an administrative unit, spelled as in the official list of codes."""

    PROVINCE = "tinh", "Tỉnh"
    CITY = "thanh_pho", "Thành phố"
    TOWN = "thi_xa", "Thị xã"
    DISTRICT = "huyen", "Huyện"
    COMMUNE = "xa", "Xã"
    WARD = "phuong", "Phường"
    TOWNSHIP = "thi_tran", "Thị trấn"


class Extent(models.TextChoices):
    """How much of the predecessor went to the successor."""

    WHOLE = "whole", "toàn bộ"
    PART = "part", "một phần"


class Change(models.TextChoices):
    """What happened to a unit on the day of the change."""

    MERGED = "merged", "sáp nhập"
    RENAMED = "renamed", "đổi tên"
    TYPE = "type", "chuyển loại hình"
    SPLIT = "split", "chia tách"


class Centre(models.TextChoices):
    """Where the point of a unit on the map comes from."""

    OUTLINE = "outline", "trọng tâm hình dạng đơn vị"
    SUCCESSOR = "successor", "lấy theo đơn vị kế tục (gần đúng)"
    MEMBERS = "members", "trung bình các xã thành phần (gần đúng)"
    INVENTED = "invented", "đặt ra để trình diễn"


class AgencyKind(models.TextChoices):
    """Kinds of agencies that take part in the programme."""

    MINISTRY = "ministry", "Bộ"
    CENTRAL_OFFICE = "central_office", "Văn phòng điều phối trung ương"
    PROVINCE_COMMITTEE = "province_committee", "UBND cấp tỉnh"
    DISTRICT_COMMITTEE = "district_committee", "UBND cấp huyện"
    COMMUNE_COMMITTEE = "commune_committee", "UBND cấp xã"
    DEPARTMENT = "department", "Sở, ban, ngành cấp tỉnh"
    COORDINATION_OFFICE = "coordination_office", "Văn phòng Điều phối nông thôn mới tỉnh"
    SUB_DEPARTMENT = "sub_department", "Chi cục, đơn vị thuộc sở"
    ASSOCIATION = "association", "Mặt trận, đoàn thể, hội cấp tỉnh"


class Duty(models.TextChoices):
    """A part that an agency plays in the programme for a time."""

    DECIDES = "decides", "Quyết định công nhận, cấp giấy chứng nhận"
    ADVISORY_BODY = "advisory_body", "Cơ quan tham mưu quản lý OCOP"
    STANDING_AGENCY = "standing_agency", "Cơ quan thường trực Chương trình OCOP"
    CENTRE = "centre", "Cấp trung ương: đánh giá, công nhận 5 sao"
    MEMBER = "member", "Cơ quan có thành viên Hội đồng"


def unit_levels() -> list[tuple[str, str]]:
    """The choices of `Unit.level`."""
    return UnitLevel.choices


def unit_types() -> list[tuple[str, str]]:
    """The choices of `Unit.type`."""
    return UnitType.choices


def extents() -> list[tuple[str, str]]:
    """The choices of `Succession.extent`."""
    return Extent.choices


def changes() -> list[tuple[str, str]]:
    """The choices of `Succession.change`."""
    return Change.choices


def centres() -> list[tuple[str, str]]:
    """The choices of `Unit.centre`."""
    return Centre.choices


def agency_kinds() -> list[tuple[str, str]]:
    """The choices of `Agency.kind`."""
    return AgencyKind.choices


def duties() -> list[tuple[str, str]]:
    """The choices of `AgencyDuty.duty`."""
    return Duty.choices
