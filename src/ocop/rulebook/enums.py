"""Choices of the rulebook; the Vietnamese labels live here and only here."""

from django.db import models


class Wording(models.TextChoices):
    """Whose words a criteria book holds."""

    OFFICIAL = "official", "Nguyên văn"
    SHORTENED = "shortened", "Nội dung rút gọn"


class SetStatus(models.TextChoices):
    """How far the figures of a set have been checked against their source."""

    CONFIRMED = "confirmed", "Điểm đã kiểm, khớp"
    PARTIAL = "partial", "Còn điểm nghi ngờ, chưa đối chiếu bản gốc"


class DayUnit(models.TextChoices):
    """What a deadline counts."""

    WORKING = "working", "ngày làm việc"
    CALENDAR = "calendar", "ngày"


class OnReturn(models.TextChoices):
    """What happens to a running deadline while the dossier is returned for supplement."""

    STOPS = "stops", "Dừng tính trong lúc trả lại, tính tiếp khi nhận lại"
    RUNS = "runs", "Vẫn tính trong lúc trả lại"
    RESTARTS = "restarts", "Tính lại từ đầu khi nhận lại"


class LastDay(models.TextChoices):
    """Which day is the last valid one when the count ends on a day off."""

    AS_COUNTED = "as_counted", "Đúng ngày đếm được"
    NEXT_WORKING = "next_working", "Ngày làm việc kế tiếp nếu rơi vào ngày nghỉ"


class RoundStep(models.TextChoices):
    """The two ends of a yearly round."""

    PROPOSE = "propose", "Đề nghị"
    RANK = "rank", "Đánh giá, phân hạng"


class Level(models.TextChoices):
    """A level of the procedure."""

    COMMUNE = "commune", "Cấp xã"
    DISTRICT = "district", "Cấp huyện"
    PROVINCE = "province", "Cấp tỉnh"
    CENTRE = "centre", "Trung ương"


def wordings() -> list[tuple[str, str]]:
    return Wording.choices


def set_statuses() -> list[tuple[str, str]]:
    return SetStatus.choices


def day_units() -> list[tuple[str, str]]:
    return DayUnit.choices


def returns() -> list[tuple[str, str]]:
    return OnReturn.choices


def levels() -> list[tuple[str, str]]:
    return Level.choices


def last_days() -> list[tuple[str, str]]:
    return LastDay.choices


def round_steps() -> list[tuple[str, str]]:
    return RoundStep.choices


class SupportDecider(models.TextChoices):
    """Whose leader decides a request under a policy."""

    LOCAL = "local", "UBND cấp huyện, sau 30/6/2025 là cơ quan kế tục"
    PROVINCE = "province", "UBND cấp tỉnh"


class SupportContent(models.TextChoices):
    """What money of a policy is for; two policies that pay for the same thing are found by it."""

    RANKING = "ranking", "Thưởng sản phẩm đạt hạng sao"
    UPGRADE = "upgrade", "Thưởng sản phẩm nâng hạng sao"
    EQUIPMENT = "equipment", "Nhà xưởng, máy móc, thiết bị"
    TECHNOLOGY = "technology", "Chuyển giao khoa học, công nghệ"
    PACKAGING = "packaging", "Bao bì, nhãn, tem"
    QUALITY = "quality", "Kiểm nghiệm, tiêu chuẩn, chứng nhận chất lượng"
    BRANDING = "branding", "Nhãn hiệu, sở hữu trí tuệ"
    PROMOTION = "promotion", "Xúc tiến thương mại, quảng bá"
    SALE_POINT = "sale_point", "Điểm giới thiệu và bán sản phẩm"
    TRAINING = "training", "Đào tạo, tư vấn, lập phương án"
    CREDIT = "credit", "Lãi suất vốn vay"
    OTHER = "other", "Việc khác"


class SupportOnce(models.TextChoices):
    """For whom an item is paid only once."""

    NONE = "", "không giới hạn số lần"
    PRODUCER = "producer", "mỗi chủ thể"
    PRODUCT = "product", "mỗi sản phẩm"


def support_deciders() -> list[tuple[str, str]]:
    return SupportDecider.choices


def support_contents() -> list[tuple[str, str]]:
    return SupportContent.choices


def support_onces() -> list[tuple[str, str]]:
    return SupportOnce.choices
