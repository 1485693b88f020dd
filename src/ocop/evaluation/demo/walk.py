"""Walks one invented dossier along the road, verb by verb, as its personas would."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ocop.accounts.demo import persona_user
from ocop.accounts.models import User
from ocop.evaluation.actions import commune, council, decision, dossier, levels, marking, province
from ocop.evaluation.actions.letters import make_result_letters
from ocop.evaluation.demo.answers import answers_worth
from ocop.evaluation.demo.cast import DISTRICT_CAST, PROVINCE_CAST
from ocop.evaluation.demo.evidence import attach_samples
from ocop.evaluation.enums import SeatRole
from ocop.evaluation.models import (
    Council,
    CouncilSession,
    DecisionDraft,
    Dossier,
    MarkingRound,
    SessionItem,
)
from ocop.evaluation.queries.drafts import issuer_for
from ocop.evaluation.rules.workflow import BEFORE_COUNCIL, RETURNED_FROM_ABOVE
from ocop.kit import clock
from ocop.producers.models import Producer
from ocop.products.actions.codes import allot_code
from ocop.products.actions.product import open_product
from ocop.rulebook.models import CriteriaSet
from ocop.units.models import Agency, Unit
from ocop.units.queries import agency_with

CENTRE = ("approved_for_centre", "at_centre", "centre_below")
STEPS = 20  # more than the longest road has, so that nothing of the season lies in the future
FORM_01 = {"contact_position": "Giám đốc (trình diễn)", "attachments": "", "commitment": "yes"}
FORM_02 = {
    "spec": "Hộp giấy 500 g, nhãn in tem truy xuất (trình diễn).",
    "permits": ["business", "food_safety", "declaration", "test", "trademark"],
    "material_area": "Vùng nguyên liệu 12 ha trong xã, hợp đồng liên kết với 25 hộ.",
    "material_local_share": 80,
    "labour_total": 18,
    "labour_local": 15,
    "technology": "Sơ chế thủ công, sấy lạnh, đóng gói bằng máy.",
    "quality_change": "Bao bì mới có mã truy xuất điện tử.",
    "market": "Cửa hàng trong tỉnh, hai siêu thị và một sàn thương mại điện tử.",
    "output": "12 tấn",
    "revenue": 1_850_000_000,
    "profit": 320_000_000,
    "plan": "Mở rộng vùng nguyên liệu thêm 5 ha, nâng hạng sao trong hai năm tới.",
}
REPORT = {
    "material": "Nguyên liệu chính trồng trong xã, có xác nhận vùng trồng (trình diễn).",
    "material_share": Decimal(80),
    "labour": "15 trong 18 lao động là người trong xã.",
    "labour_total": 18,
    "labour_local": 15,
    "idea": "Ý tưởng từ nghề truyền thống của gia đình, cải tiến cách chế biến.",
    "identity": "Gắn với đặc sản của địa phương và câu chuyện vùng đất.",
    "proposal": "UBND xã đề nghị tỉnh đánh giá, phân hạng sản phẩm.",
}


def decider_of(province: Unit) -> Agency:
    """The People's Committee that decides today; raises LookupError when the agencies are not loaded."""
    agency = agency_with("decides", clock.today(), province)
    if agency is None:
        raise LookupError(f"no agency decides in {province}")
    return agency


def issuer_of(row: Dossier) -> Agency:
    """The committee of the level that has the dossier; raises LookupError when the agencies are not loaded."""
    agency = issuer_for(row, clock.today())
    if agency is None:
        raise LookupError(f"no agency decides on {row}")
    return agency


class Walk:
    """One dossier's road. Times run from `started` towards the clock's now, a share of the way at each step."""

    def __init__(
        self, producer: Producer, criteria_set: CriteriaSet, board: Council, *, started: datetime
    ) -> None:
        self.producer = producer
        self.criteria_set = criteria_set
        self.board = board
        self.started = started
        self.step = (clock.now() - timedelta(hours=2) - started) / STEPS
        self.at = started
        access = producer.accesses.select_related("user").first()
        self.owner: User = access.user if access else persona_user("ba-lan")
        home = producer.unit.code == "18547"
        self.officer = persona_user("can-bo-phuc-trach" if home else "can-bo-thach-khe")
        self.leader = persona_user("lanh-dao-phuc-trach")
        self.cast = DISTRICT_CAST if board.district_id else PROVINCE_CAST

    def _tick(self) -> datetime:
        self.at += self.step
        return self.at

    def run(self, entry: dict[str, Any]) -> Dossier:
        """Open the product and its dossier and walk it to the state that the entry names."""
        product = open_product(
            self.producer,
            name=entry["product"],
            by=self.owner,
            criteria_set=self.criteria_set,
            at=self.at,
            is_demo=True,
            source="Dữ liệu trình diễn",
            story="Câu chuyện sản phẩm của dữ liệu trình diễn: nghề của gia đình qua ba đời.",
        )
        row = dossier.open_dossier(
            product, criteria_set=self.criteria_set, by=self.owner, at=self._tick(), is_demo=True
        )
        dossier.save_form(row, form="form01", answers=FORM_01, by=self.owner)
        dossier.save_form(row, form="form02", answers=FORM_02, by=self.owner)
        case = entry.get("case")
        if case:
            dossier.choose_case(row, case=case, by=self.owner)
        answers = answers_worth(self.criteria_set, entry["points"], case)
        attach_samples(row, by=self.owner, at=self.at)
        kept = int(len(answers) * entry.get("share", 1))
        dossier.save_answers(row, answers=dict(list(answers.items())[:kept]), by=self.owner)
        for _ in self._road(row, answers, entry):
            row.refresh_from_db()
            if row.state == entry["state"]:
                if entry.get("stage") in ("drafted", "approved"):
                    self._draft(row, approved=entry["stage"] == "approved")
                return row
        raise AssertionError(f"{entry['product']}: the road led to {row.state}, not {entry['state']}")

    def _road(self, row: Dossier, answers: dict[str, int], entry: dict[str, Any]) -> Iterator[None]:
        yield
        dossier.submit(row, by=self.owner, at=self._tick())
        yield
        day = self._tick()
        commune.receive(row, by=self.officer, at=day)
        allot_code(row.product, by=self.officer, at=day)
        if entry["state"] == "returned_by_commune":
            commune.return_to_producer(row, by=self.officer, reason=entry["reason"], at=self._tick())
        yield
        commune.save_report(row, values=REPORT, by=self.officer, at=self._tick())
        commune.propose(row, by=self.leader, letter_number="00/TTr-TD", at=self._tick())
        yield
        advisory = self.cast.user("desk")
        province.receive_at_province(row, by=advisory, at=self._tick())
        if entry["state"] in RETURNED_FROM_ABOVE:
            province.ask_supplement(row, by=advisory, reason=entry["reason"], at=self._tick())
        yield
        lead, expert = self.cast.user("expert_lead"), self.cast.user("expert")
        if row.samples_needed:
            province.note_samples(row, units=5, by=advisory, at=self._tick())
        province.assign_experts(row, experts=[lead, expert], lead=lead, by=advisory, at=self.at)
        province.hand_to_experts(row, by=advisory, at=self._tick())
        yield
        findings = {
            "findings": "Hồ sơ đầy đủ, minh chứng rõ ràng (trình diễn).",
            "recommendation": "Đưa ra Hội đồng.",
        }
        province.save_expert_report(row, values=findings, by=expert, at=self._tick())
        province.report_to_chair(row, by=lead, at=self._tick())
        yield
        if entry["state"] in BEFORE_COUNCIL:
            self._to_today()
            self._stand(row, entry, answers)
        else:
            item = self._call(row)
        yield
        self._mark(item, answers)
        council.close_item(item, by=self.cast.user("chair"), at=self._tick())
        council.close_session(item.session, by=self.cast.user("secretary"), at=self.at)
        yield
        yield from self._after(row, entry)

    def _to_today(self) -> None:
        """The meeting under way is one of today: its steps lie minutes apart."""
        self.at = max(self.at, clock.now() - timedelta(hours=1))
        self.step = timedelta(minutes=2)

    def _stand(self, row: Dossier, entry: dict[str, Any], answers: dict[str, int]) -> None:
        """Where the dossier stands in today's meeting: declaring, opened, half marked, or on the board."""
        stage = entry.get("stage", "half")
        item = self._call(row, declares=stage != "declaring")
        if stage == "opened":
            self._open_round(item)
        elif stage == "half":
            self._half_marked(item, answers)
        elif stage == "board":
            self._mark(item, answers, apart=answers_worth(self.criteria_set, entry["apart"]))

    def _session(self) -> CouncilSession:
        day = clock.local_day(self.at)
        known = self.board.sessions.filter(held_on=day, state="open").first()
        if known:
            return known
        desk = self.cast.user("secretary")
        session = council.plan_session(self.board, held_on=day, by=desk, place="Hội trường trình diễn")
        seats = list(self.board.seats.all())
        chair = next(seat.pk for seat in seats if seat.role == SeatRole.CHAIR)
        council.record_attendance(session, present=[seat.pk for seat in seats], presiding=chair, by=desk)
        return council.open_session(session, by=desk, at=self.at)

    def _call(self, row: Dossier, *, declares: bool = True) -> SessionItem:
        desk = self.cast.user("secretary")
        self._tick()
        item = council.add_to_agenda(self._session(), dossiers=[row], by=desk, at=self.at)[0]
        council.start_item(item, by=desk)
        for seat in self.board.seats.marking().select_related("user") if declares else ():
            council.declare(item, by=seat.user, has_conflict=False, at=self.at)
        return item

    def _open_round(self, item: SessionItem) -> MarkingRound:
        return council.open_marking(item, by=self.cast.user("secretary"), at=self._tick())

    def _half_marked(self, item: SessionItem, answers: dict[str, int]) -> None:
        current = self._open_round(item)
        markers = [seat.user for seat in self.board.seats.marking().select_related("user")]
        for user in markers[1:4]:
            marking.save_sheet(current, by=user, answers=answers, at=self.at)
            marking.submit_sheet(current, by=user, at=self.at)
        half = dict(list(answers.items())[: len(answers) // 2])
        marking.save_sheet(current, by=markers[4], answers=half, at=self.at)

    def _mark(
        self, item: SessionItem, answers: dict[str, int], *, apart: dict[str, int] | None = None
    ) -> None:
        """A closed round of one mind; with `apart` the last member marks otherwise."""
        current = self._open_round(item)
        seats = list(self.board.seats.marking().select_related("user"))
        for seat in seats:
            own = apart if apart and seat is seats[-1] else answers
            marking.save_sheet(current, by=seat.user, answers=own, at=self.at)
            marking.submit_sheet(current, by=seat.user, at=self.at)
        council.close_marking(current, by=self.cast.user("chair"), at=self._tick())

    def _after(self, row: Dossier, entry: dict[str, Any]) -> Iterator[None]:
        leader, clerk, advisory = (self.cast.user(part) for part in ("leader", "clerk", "desk"))
        if entry["state"] == "recognised":
            draft = self._draft(row, approved=True)
            line = draft.lines.get()
            decision.issue_decision(
                draft,
                number=f"TD-{draft.pk}/QĐ-UBND",
                issued_on=clock.local_day(self.at),
                certificate_numbers={line.pk: f"TD-{line.pk:03d}"},
                by=clerk,
                signer=leader.full_name,
                at=self._tick(),
            )
            yield
        if entry["state"] == "forwarded_by_district":
            levels.forward_to_province(row, by=leader, document="Tờ trình trình diễn", at=self._tick())
            yield
        if entry["state"] in CENTRE:
            yield from self._to_centre(row)
        if entry["state"] == "not_ranked":
            make_result_letters(row, by=advisory, at=self._tick())
            decision.tell_result(row, by=advisory, at=self._tick())
            yield

    def _to_centre(self, row: Dossier) -> Iterator[None]:
        """Approved, sent, and answered with fewer than 90 points."""
        decision.approve_for_centre(row, by=persona_user("lanh-dao-tinh"), at=self._tick())
        yield
        decision.send_to_centre(
            row, by=persona_user("tham-muu"), document="Công văn trình diễn", at=self._tick()
        )
        yield
        decision.record_centre_result(
            row,
            points=Decimal("86.5"),
            document="Thông báo trình diễn",
            received_on=clock.local_day(self.at),
            by=persona_user("thuong-truc"),
            at=self._tick(),
        )
        yield

    def _draft(self, row: Dossier, *, approved: bool) -> DecisionDraft:
        """A draft decision with the dossier in its annex, before the leader or, once approved, before the clerk."""
        draft = decision.draft_decision(
            province=row.province,
            issuer=issuer_of(row),
            dossiers=[row],
            title=f"Công nhận sản phẩm OCOP (trình diễn): {row.product.name}",
            by=self.cast.user("desk"),
            at=self._tick(),
        )
        if approved:
            decision.approve_draft(draft, by=self.cast.user("leader"), at=self._tick())
        return draft
