"""A dossier, its evidence, its submissions and its moves."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.evaluation.enums import DossierKind, DossierState, RoundLevel, SeatRole
from ocop.evaluation.models.council import Seat
from ocop.evaluation.models.session import ConflictDeclaration, SessionItem
from ocop.evaluation.rules.workflow import (
    ARTICLES,
    AT_DISTRICT,
    EDITABLE,
    FLOW_148_2023,
    FLOWS,
    INTAKE,
    Articles,
)
from ocop.kit import clock
from ocop.kit.flow import Flow, MoveBase
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.producers.models import ProducerAccess


def dossier_states() -> list[tuple[str, str]]:
    return DossierState.choices


def dossier_kinds() -> list[tuple[str, str]]:
    return DossierKind.choices


def round_levels() -> list[tuple[str, str]]:
    return RoundLevel.choices


# Officials of the province who see every dossier of their province once it has been sent on by the commune.
PROVINCE_READERS = (
    Role.ADVISORY_OFFICER,
    Role.EXPERT_MEMBER,
    Role.EXPERT_LEAD,
    Role.PROVINCE_LEADER,
    Role.PROVINCE_CLERK,
    Role.STANDING_OFFICER,
)
DISTRICT_READERS = (
    Role.DISTRICT_OFFICER,
    Role.DISTRICT_LEADER,
    Role.DISTRICT_CLERK,
    Role.EXPERT_MEMBER,
    Role.EXPERT_LEAD,
)
COMMUNE_READERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER)
AT_COMMUNE = (
    DossierState.DRAFT,
    DossierState.SUBMITTED,
    DossierState.COMMUNE_REVIEW,
    DossierState.RETURNED_BY_COMMUNE,
)
WITH_DISTRICT = tuple(state for state in DossierState if state not in AT_COMMUNE)
BEFORE_PROVINCE = (*AT_COMMUNE, *(state for state in DossierState if state in AT_DISTRICT))
# Said as a list of what is wanted, not of what is not: an index leads to the former only.
WITH_PROVINCE = tuple(state for state in DossierState if state not in BEFORE_PROVINCE)


class RankingRound(models.Model):
    """A yearly round (đợt) with its two last days: for proposals from below and for the ranking (Art. 5)."""

    province = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="evaluation_rounds")
    level = models.CharField("cấp", max_length=10, choices=round_levels, default=RoundLevel.PROVINCE)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("đợt")
    propose_by = models.DateField("hạn cuối nhận đề nghị")
    rank_by = models.DateField("hạn cuối đánh giá, phân hạng")
    is_extra = models.BooleanField("đợt bổ sung", default=False)
    basis = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        ordering = ["propose_by"]
        verbose_name = "đợt đánh giá"
        constraints = [
            models.UniqueConstraint(
                fields=["province", "level", "year", "number"], name="evaluation_round_once"
            ),
            models.CheckConstraint(
                name="evaluation_round_in_order", condition=Q(rank_by__gte=models.F("propose_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"Đợt {self.number} năm {self.year}" + (" (bổ sung)" if self.is_extra else "")


class DossierQuerySet(SearchableQuerySet):
    """Dossiers; every page starts at `visible_to(user)`."""

    def visible_to(self, user: Any) -> Self:
        """Rows that exist for this user.

        The producer's people see their own; a commune sees those of its unit and predecessors once submitted; a
        district those of its communes that were sent to it, the province those that were sent on to it; a council
        those on the agenda of its sessions: its secretary at once, a member after declaring to have no conflict of
        interest. A superuser sees nothing by being one.
        """
        if not user.is_authenticated:
            return self.none()
        scope = scope_of(user)
        # Only what the person can have goes into the question: an OR of empty parts costs the whole table.
        parts = []
        producers = list(_producers_of(user))
        if producers:
            parts.append(Q(producer__in=producers))
        if scope.has_any(*COMMUNE_READERS):
            never = Q(state=DossierState.WITHDRAWN, submitted_at__isnull=True)
            handed_in = (~Q(state=DossierState.DRAFT) & ~never) | Q(created_by=user)
            parts.append(Q(unit_id__in=scope.unit_ids(*COMMUNE_READERS)) & handed_in)
        if scope.has_any(*PROVINCE_READERS):
            # a team of experts is of the province or of a district: the latter read below
            provinces = {holding.unit_id for holding in scope.of(*PROVINCE_READERS)} - {None}
            provinces -= scope.districts_of(*PROVINCE_READERS)
            withdrawn_below = Q(state=DossierState.WITHDRAWN, round__isnull=True)
            sent_on = Q(state__in=WITH_PROVINCE) & ~withdrawn_below
            if provinces:
                parts.append(Q(province_id__in=sorted(provinces)) & sent_on)
        districts = scope.districts_of(*DISTRICT_READERS)
        if districts:
            reached = DossierMove.objects.filter(to_state=DossierState.PROPOSED_TO_DISTRICT).values("subject")
            sent = ~Q(state=DossierState.WITHDRAWN) | Q(pk__in=reached)
            parts.append(Q(district_id__in=sorted(districts), state__in=WITH_DISTRICT) & sent)
        seats = _seats_of(user)
        if seats:
            parts.append(Q(pk__in=seated_dossiers(user, seats)))
        if not parts:
            return self.none()
        wanted = parts[0]
        for part in parts[1:]:
            wanted |= part
        return self.filter(wanted)

    def open(self) -> Self:
        """Those still on the road."""
        return self.exclude(
            state__in=(DossierState.RECOGNISED, DossierState.NOT_RANKED, DossierState.WITHDRAWN)
        )


def seated_dossiers(user: Any, seats: list[Any] | None = None) -> models.QuerySet:
    """Ids of the dossiers that a seat opens to its holder: the secretary's agenda, and what one may mark.

    A conflict of interest declared in any sitting keeps the dossier shut (statute of the council; Art. 7.3).
    `seats` are all seats that the person ever held, asked here unless handed in: named by number, they let the
    database go from the declarations straight to the dossiers.
    """
    seats = _seats_of(user) if seats is None else seats
    today = clock.today()
    held = [seat for seat in seats if seat.in_force(today)]
    served = {seat.council_id for seat in held if seat.role == SeatRole.SECRETARY}
    items = SessionItem.objects.order_by().filter(removed_at__isnull=True)
    declared = items.filter(
        declarations__seat__in=[seat.pk for seat in held], declarations__has_conflict=False
    )
    barred = SessionItem.objects.order_by().filter(
        declarations__seat__in=[seat.pk for seat in seats], declarations__has_conflict=True
    )
    kept = Q(session__council__in=served) | Q(pk__in=declared.values("pk"))
    wanted = items.filter(kept) if served else declared
    if any(seat.has_conflicts for seat in seats):
        wanted = wanted.exclude(dossier__in=barred.values("dossier"))
    return wanted.values("dossier_id")


def _seats_of(user: Any) -> list[Any]:
    """All seats that the person ever held, each saying whether a conflict of interest was declared from it."""
    conflicts = ConflictDeclaration.objects.filter(seat=models.OuterRef("pk"), has_conflict=True)
    return list(Seat.objects.of(user).annotate(has_conflicts=models.Exists(conflicts)))


def _producers_of(user: Any) -> models.QuerySet:
    """Ids of the producers whose people the user belongs to today."""
    return (
        ProducerAccess.objects.valid_on(clock.today()).filter(user=user).values_list("producer_id", flat=True)
    )


class Dossier(Searchable):
    """One application of one product for a star (Art. 6 and 7; forms 01 and 02 of Appendix III).

    `answers` holds the producer's own level of each criterion: the place in the book's list (1 = first), 0 for "không
    đạt mức nào"; a criterion that is absent is not yet answered. `version` guards against two people saving at once.
    """

    code = models.CharField("mã hồ sơ", max_length=30, unique=True)
    product = models.ForeignKey(
        "products.Product", on_delete=models.PROTECT, related_name="evaluation_dossiers"
    )
    producer = models.ForeignKey(
        "producers.Producer", on_delete=models.PROTECT, related_name="evaluation_dossiers"
    )
    renews = models.ForeignKey(
        "recognition.Certificate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_dossiers",
        verbose_name="giấy chứng nhận được đánh giá lại, nâng hạng",
    )
    kind = models.CharField("loại hồ sơ", max_length=20, choices=dossier_kinds, default=DossierKind.FIRST)
    criteria_set = models.ForeignKey(
        "rulebook.CriteriaSet", on_delete=models.PROTECT, related_name="evaluation_dossiers"
    )
    case = models.PositiveSmallIntegerField("trường hợp chấm", null=True, blank=True)
    procedure = models.ForeignKey(
        "rulebook.Procedure", on_delete=models.PROTECT, related_name="evaluation_dossiers"
    )
    flow_key = models.CharField("quy trình", max_length=40, default="26-2026")
    state = models.CharField("trạng thái", max_length=40, choices=dossier_states, default=DossierState.DRAFT)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="evaluation_dossiers")
    province = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="evaluation_province_dossiers"
    )
    district = models.ForeignKey(
        "units.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_district_dossiers",
        verbose_name="huyện xếp hạng",
    )
    round = models.ForeignKey(
        "evaluation.RankingRound", on_delete=models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    form01 = models.JSONField("phiếu đăng ký (mẫu 01)", default=dict, blank=True)
    form02 = models.JSONField("báo cáo tự đánh giá (mẫu 02)", default=dict, blank=True)
    answers = models.JSONField("mức tự chấm", default=dict, blank=True)
    answer_notes = models.JSONField("thuyết minh từng tiêu chí", default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_created_dossiers"
    )
    created_at = models.DateTimeField("lập lúc")
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    received_on = models.DateField("xã tiếp nhận ngày", null=True, blank=True)
    due_on = models.DateField("hạn của bước đang làm", null=True, blank=True, db_index=True)
    due_rule = models.CharField("quy định về hạn", max_length=60, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "hồ sơ"
        indexes = [
            models.Index(fields=["state", "unit"]),
            # Everything that the lists of an office ask, so that counting and sorting never read the wide rows.
            models.Index(
                fields=["province", "state", "round", "unit", "due_on", "created_at"],
                name="evaluation_list_of_province",
            ),
            models.Index(
                fields=["unit", "state", "submitted_at", "created_by", "due_on", "created_at"],
                name="evaluation_list_of_commune",
            ),
            # The order of the province's list: its first page is read off, however many dossiers there are.
            models.Index(
                fields=["province", "due_on", "-created_at", "-id", "state", "round"],
                name="evaluation_province_in_order",
            ),
            models.Index(fields=["producer", "state"]),
            models.Index(fields=["district", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.product}"

    def search_words(self) -> list[str]:
        """Public words only: a household is found by its brand, its registered name may be a person's."""
        return [self.product.name, self.producer.public_name, self.code]

    @property
    def flow(self) -> Flow:
        """The table of the procedure under which this dossier was opened."""
        return FLOWS[self.flow_key]

    @property
    def law(self) -> Articles:
        """The articles of that procedure."""
        return ARTICLES[self.flow_key]

    @property
    def at_district(self) -> bool:
        """True while it lies with its district: desk, expert team, council and committee are then the district's."""
        return self.state in AT_DISTRICT

    @property
    def level_name(self) -> str:
        """The level that has it, in a sentence."""
        return "huyện" if self.at_district else "tỉnh"

    @property
    def sent_to(self) -> str:
        """The level to which the commune sends it, in a sentence."""
        return "huyện" if self.district_id and self.flow_key == FLOW_148_2023.key else "tỉnh"

    @property
    def is_at_intake(self) -> bool:
        """True while the desk of a level that ranks checks it."""
        return self.state in INTAKE

    @property
    def ranked_by_id(self) -> int:
        """The unit whose level has the dossier: its district while it lies there, else its province."""
        return self.district_id if self.at_district and self.district_id else self.province_id

    @property
    def is_editable(self) -> bool:
        """True while the producer's side may change it."""
        return self.state in EDITABLE

    @property
    def samples_needed(self) -> int:
        """Units of the product that go to the province with the dossier (Appendix III; none for set 26)."""
        return self.criteria_set.sample_units or 0

    def late_by(self, today: date) -> bool:
        """True when the last day of the present step has passed."""
        return self.due_on is not None and self.due_on < today


class Evidence(models.Model):
    """A piece of evidence attached to one criterion (or to none: general papers), in the producer's own order.

    Points at a paper of the vault when there is one; `paper_version` is frozen at submission. A loose file is evidence
    as well (a photograph of the workshop).
    """

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="evidence")
    criterion = models.CharField("tiêu chí", max_length=20, blank=True)
    paper = models.ForeignKey(
        "products.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="evaluation_evidence"
    )
    paper_version = models.ForeignKey(
        "products.PaperVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_evidence",
    )
    file = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_evidence",
    )
    caption = models.CharField("chú thích", max_length=300, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)
    added_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_evidence"
    )
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        ordering = ["criterion", "position", "pk"]
        verbose_name = "minh chứng"
        constraints = [
            models.CheckConstraint(
                name="evaluation_evidence_has_something",
                condition=Q(paper__isnull=False) | Q(file__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.caption or str(self.paper or self.file)


class Submission(models.Model):
    """What was handed in, frozen: forms, answers, and the very version of each piece of evidence (sha256)."""

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("lần nộp")
    at = models.DateTimeField("nộp lúc")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_submissions")
    content = models.JSONField("nội dung")
    digest = models.CharField("mã băm", max_length=64)
    # The files that `content` names, as rows: whoever may read the submission may open them, also after the producer
    # has taken the evidence off again.
    files = models.ManyToManyField("files.StoredFile", related_name="evaluation_submissions")

    class Meta:
        ordering = ["number"]
        verbose_name = "lần nộp hồ sơ"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="evaluation_submission_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier.code} lần {self.number}"


class DossierMove(MoveBase):
    """One step of a dossier on its road: history, outbox and clock in one row."""

    subject = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="moves")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_moves")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="evaluation_moves")
    due_on = models.DateField("hạn sau bước này", null=True, blank=True)

    class Meta(MoveBase.Meta):
        verbose_name = "bước xử lý hồ sơ"
        indexes = [models.Index(fields=["subject", "at"]), models.Index(fields=["name", "at"])]
