"""A meeting of the council: attendance, agenda, declarations, rounds of marking, score sheets."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import ItemState, SessionKind, SessionState, SheetState

# Officials of the province who see that a session is held, its agenda and how far it is; never a sheet.
SESSION_READERS = (
    Role.ADVISORY_OFFICER,
    Role.PROVINCE_LEADER,
    Role.PROVINCE_CLERK,
    Role.STANDING_OFFICER,
    Role.EXPERT_LEAD,
    Role.ADMINISTRATOR,
)
# Those of a district, for the sessions of their own council.
DISTRICT_SESSION_READERS = (
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_LEADER,
    Role.DISTRICT_CLERK,
    Role.EXPERT_LEAD,
)


def session_states() -> list[tuple[str, str]]:
    return SessionState.choices


def session_kinds() -> list[tuple[str, str]]:
    return SessionKind.choices


def item_states() -> list[tuple[str, str]]:
    return ItemState.choices


def sheet_states() -> list[tuple[str, str]]:
    return SheetState.choices


class CouncilSessionQuerySet(models.QuerySet):
    """Sessions; every page starts at `visible_to(user)`."""

    def seated(self, user: Any) -> Self:
        """Sessions of councils in which the person held a seat on the day of the meeting."""
        since = Q(council__seats__valid_to__isnull=True) | Q(council__seats__valid_to__gte=F("held_on"))
        rows = self.model._default_manager.filter(
            since, council__seats__user=user, council__seats__valid_from__lte=F("held_on")
        )
        return self.filter(pk__in=rows.values("pk"))

    def visible_to(self, user: Any) -> Self:
        """Sessions of councils in which one holds a seat on that day, and for an office those of its own level."""
        if not user.is_authenticated:
            return self.none()
        scope = scope_of(user)
        province = Q(council__province_id__in=scope.unit_ids(*SESSION_READERS), council__district=None)
        district = Q(council__district_id__in=scope.districts_of(*DISTRICT_SESSION_READERS))
        seated = type(self)(self.model).seated(user).values("pk")
        return self.filter(Q(pk__in=seated) | province | district)


class CouncilSession(models.Model):
    """One meeting, or one round of written opinions on re-evaluations (Art. 7.6 of Decision 26/2026/QĐ-TTg).

    The statute's settings (quorum, spread, policy of minimums) are frozen when it opens. In writing nobody is present:
    a row of attendance then says who was asked, `held_on` is the day of asking and `answer_by` the last day to answer.
    """

    council = models.ForeignKey("evaluation.Council", on_delete=models.PROTECT, related_name="sessions")
    round = models.ForeignKey(
        "evaluation.RankingRound", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    kind = models.CharField("hình thức", max_length=10, choices=session_kinds, default=SessionKind.MEETING)
    held_on = models.DateField("ngày họp")
    answer_by = models.DateField("hạn trả lời", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=session_states, default=SessionState.PLANNED
    )
    settings = models.JSONField("quy chế áp dụng", default=dict, blank=True)
    opened_at = models.DateTimeField("khai mạc", null=True, blank=True)
    closed_at = models.DateTimeField("bế mạc", null=True, blank=True)
    notes = models.TextField("diễn biến, ý kiến", blank=True)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_sessions"
    )

    objects = CouncilSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "phiên họp"

    def __str__(self) -> str:
        if self.is_written:
            return f"Lấy ý kiến bằng văn bản từ {self.held_on:%d/%m/%Y}"
        return f"Phiên họp ngày {self.held_on:%d/%m/%Y}"

    @property
    def is_written(self) -> bool:
        """True for a round of written opinions."""
        return self.kind == SessionKind.WRITTEN

    @property
    def audit_label(self) -> str:
        """How the log names it: by its day."""
        what = "lấy ý kiến bằng văn bản" if self.is_written else "phiên họp"
        return f"{what} {self.held_on:%d/%m/%Y}"


class Attendance(models.Model):
    """Who was present at a session; a deputy with authority may preside."""

    session = models.ForeignKey(
        "evaluation.CouncilSession", on_delete=models.PROTECT, related_name="attendance"
    )
    seat = models.ForeignKey("evaluation.Seat", on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField("có mặt", default=False)
    presides = models.BooleanField("chủ trì", default=False)

    class Meta:
        verbose_name = "điểm danh"
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="evaluation_attendance_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {'có mặt' if self.present else 'vắng'}"


class SessionItem(models.Model):
    """A dossier on the agenda."""

    session = models.ForeignKey("evaluation.CouncilSession", on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="session_items")
    position = models.PositiveSmallIntegerField("thứ tự")
    state = models.CharField("trạng thái", max_length=12, choices=item_states, default=ItemState.WAITING)
    discussion = models.TextField("ý kiến thảo luận", blank=True)
    removed_at = models.DateTimeField("rút khỏi phiên họp lúc", null=True, blank=True)
    meeting_reason = models.TextField("vì sao phải họp", blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "hồ sơ trong phiên họp"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=~Q(state=ItemState.CLOSED) & Q(removed_at__isnull=True),
                name="evaluation_item_open_once",
                violation_error_message="Hồ sơ này đang nằm trong một phiên họp khác.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.dossier}"


class ConflictDeclaration(models.Model):
    """A member's declaration before the dossier opens; a conflict bars the member from this dossier."""

    item = models.ForeignKey("evaluation.SessionItem", on_delete=models.PROTECT, related_name="declarations")
    seat = models.ForeignKey("evaluation.Seat", on_delete=models.PROTECT, related_name="declarations")
    has_conflict = models.BooleanField("có xung đột lợi ích")
    statement = models.CharField("nội dung", max_length=300, blank=True)
    at = models.DateTimeField("khai lúc")

    class Meta:
        verbose_name = "khai báo xung đột lợi ích"
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="evaluation_declaration_once")]
        # From a seat to what it declared on, without a look at the rows: the way of a member to the list of dossiers.
        indexes = [
            models.Index(fields=["seat", "has_conflict", "item"], name="evaluation_declared_by_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {'có' if self.has_conflict else 'không'} xung đột"


class MarkingRound(models.Model):
    """One round of blind marking; until the chair closes it nobody sees another's sheet."""

    item = models.ForeignKey("evaluation.SessionItem", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("vòng")
    opened_at = models.DateTimeField("mở chấm lúc")
    closed_at = models.DateTimeField("khóa chấm lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_closed_rounds",
    )

    class Meta:
        ordering = ["number"]
        verbose_name = "vòng chấm"
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="evaluation_marking_round_once")
        ]

    def __str__(self) -> str:
        return f"Vòng {self.number} – {self.item}"


class ScoreSheetQuerySet(models.QuerySet):
    """Score sheets. There is no way to another's sheet of an open round, whoever asks."""

    def visible_to(self, user: Any) -> Self:
        """One's own sheets; others' only when the chair has closed the round and one sat in that council on the day.

        Who declared a conflict of interest in the dossier does not see what the others marked in it.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(seat__user=user)
        sessions = CouncilSession.objects.seated(user).values("pk")
        barred = ConflictDeclaration.objects.filter(seat__user=user, has_conflict=True).values("item")
        opened = Q(
            round__closed_at__isnull=False, state=SheetState.SUBMITTED, round__item__session__in=sessions
        ) & ~Q(round__item__in=barred)
        return self.filter(own | opened)


class ScoreSheet(models.Model):
    """A member's sheet of one round: the place of the level per criterion (0 = none fits), notes, disqualifiers.

    Locked by submission: the database refuses a change of a submitted sheet.
    """

    round = models.ForeignKey("evaluation.MarkingRound", on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey("evaluation.Seat", on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField("trạng thái", max_length=12, choices=sheet_states, default=SheetState.DRAFT)
    answers = models.JSONField("mức chọn", default=dict, blank=True)
    notes = models.JSONField("ghi chú theo tiêu chí", default=dict, blank=True)
    disqualifiers = models.JSONField("lý do loại", default=list, blank=True)
    opinion = models.TextField("ý kiến khác", blank=True)
    total = models.PositiveSmallIntegerField("tổng điểm", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField("lưu lúc", null=True, blank=True)
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu chấm"
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], name="evaluation_sheet_once"),
            models.CheckConstraint(
                name="evaluation_submitted_sheet_has_total",
                condition=Q(state=SheetState.DRAFT) | Q(total__isnull=False, submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Phiếu của {self.seat}, vòng {self.round.number}"


class AgreedSheet(models.Model):
    """The sheet agreed in the session and recorded in the minutes (one of the policies of minimums)."""

    item = models.OneToOneField(
        "evaluation.SessionItem", on_delete=models.PROTECT, related_name="agreed_sheet"
    )
    answers = models.JSONField("mức thống nhất", default=dict)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_agreed_sheets")
    at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "phiếu thống nhất"

    def __str__(self) -> str:
        return f"Phiếu thống nhất – {self.item}"


class DisqualifierFinding(models.Model):
    """A ground for dropping the dossier, ticked by a member with reason and evidence, confirmed by the council."""

    item = models.ForeignKey(
        "evaluation.SessionItem", on_delete=models.PROTECT, related_name="disqualifier_findings"
    )
    text = models.CharField("trường hợp bị loại", max_length=500)
    reason = models.TextField("lý do, căn cứ")
    raised_by = models.ForeignKey(
        "evaluation.Seat", on_delete=models.PROTECT, related_name="disqualifier_findings"
    )
    raised_at = models.DateTimeField("nêu lúc")
    confirmed = models.BooleanField("Hội đồng xác nhận", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_confirmed_findings",
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    class Meta:
        ordering = ["raised_at"]
        verbose_name = "lý do loại hồ sơ"

    def __str__(self) -> str:
        return self.text
