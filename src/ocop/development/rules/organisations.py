"""Producer organisations founded, strengthened, restructured (clause IV.3.2.c)."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocop.development.enums import Change, OrganisationState
from ocop.development.rules.roles import ADVISORY, LOCAL, ORGANISATIONS, PRODUCER
from ocop.kit.errors import Refusal
from ocop.kit.flow import Flow, Transition

ADVISERS = LOCAL | ADVISORY
LEAST_SETTING = {
    "cooperative": "cooperative_least_members",
    "cooperative_union": "union_least_members",
    "cooperative_group": "group_least_members",
}
"""Legal form to the dated setting of the least number of members."""
COOPERATIVES = "Luật Hợp tác xã (số thành viên tối thiểu)"


@dataclass(frozen=True)
class OrganisationFacts:
    """What the guards look at; `least` is the least number of members that the law asks for on the day."""

    change: str = Change.FOUND
    advices: int = 0
    name: str = ""
    form: str = ""
    registered: bool = False
    registered_in_order: bool = True
    members: int | None = None
    capital: int | None = None
    least: int = 0
    has_producer: bool = False


def _result(facts: OrganisationFacts) -> Iterable[Refusal]:
    if not facts.advices:
        yield Refusal("organisation.advice", "Chưa ghi lần tư vấn nào.", ORGANISATIONS)
    if facts.members is None or facts.capital is None:
        yield Refusal(
            "organisation.numbers", "Cần ghi số thành viên và vốn sau khi thực hiện.", ORGANISATIONS
        )
    if facts.members is not None and facts.members < facts.least:
        yield Refusal(
            "organisation.members", f"Loại hình này cần ít nhất {facts.least} thành viên.", COOPERATIVES
        )
    if not facts.registered_in_order:
        yield Refusal("organisation.day", "Ngày đăng ký không được ở tương lai.", ORGANISATIONS)
    if facts.change == Change.STRENGTHEN:
        return
    if not facts.form:
        yield Refusal("organisation.form", "Cần chọn loại hình.", ORGANISATIONS)
    if not facts.registered:
        yield Refusal(
            "organisation.registered", "Cần ghi ngày đăng ký hoặc ngày chứng thực hợp đồng.", ORGANISATIONS
        )
    if facts.change == Change.FOUND and not facts.name.strip():
        yield Refusal("organisation.name", "Cần ghi tên tổ chức được thành lập.", ORGANISATIONS)


def _known(facts: OrganisationFacts) -> Iterable[Refusal]:
    if facts.change != Change.FOUND and not facts.has_producer:
        yield Refusal("organisation.producer", "Củng cố, tái cấu trúc thì phải chọn cơ sở.", ORGANISATIONS)


def _of(*states: OrganisationState) -> frozenset[str]:
    return frozenset(state.value for state in states)


OPEN = _of(OrganisationState.ASKED, OrganisationState.ADVISED)

ORGANISATION_FLOW = Flow(
    key="organisation",
    title="Phát triển tổ chức sản xuất",
    initial=OrganisationState.ASKED,
    final=_of(OrganisationState.DONE, OrganisationState.STOPPED, OrganisationState.WITHDRAWN),
    legal_basis=ORGANISATIONS,
    transitions=(
        Transition(
            "advise", _of(OrganisationState.ASKED), OrganisationState.ADVISED, ADVISERS, "Ghi lần tư vấn", (),
            ORGANISATIONS, style="primary",
        ),
        Transition(
            "advise_again", _of(OrganisationState.ADVISED), None, ADVISERS, "Ghi thêm lần tư vấn", (), ORGANISATIONS
        ),
        Transition(
            "complete", _of(OrganisationState.ADVISED), OrganisationState.DONE, ADVISERS, "Ghi kết quả",
            (_known, _result), ORGANISATIONS, style="primary",
        ),
        Transition(
            "stop", OPEN, OrganisationState.STOPPED, ADVISERS, "Dừng", (), ORGANISATIONS, needs_reason=True,
            style="danger",
        ),
        Transition(
            "withdraw", OPEN, OrganisationState.WITHDRAWN, PRODUCER, "Rút đề nghị", (), ORGANISATIONS,
            needs_reason=True,
        ),
    ),
)  # fmt: skip
