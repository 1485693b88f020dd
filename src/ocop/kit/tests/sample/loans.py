from datetime import timedelta

from django import forms
from django.db.models import Q

from ocop.kit.cases import CasePaper, Desk, Procedure
from ocop.kit.errors import ALLOWED, Refusal
from ocop.kit.flow import Flow, Transition
from ocop.kit.registers import Column, Register
from ocop.kit.tests.sample.models import Loan, LoanMove, Page


def _has_mark(loan):
    return [] if loan.shelf_mark else [Refusal("loan.mark", "Cần ghi chỗ cất.")]


LOAN = Flow(
    "loan", "Cho mượn sách", "asked", frozenset({"back", "refused"}),
    (
        Transition("lend", frozenset({"asked"}), "lent", frozenset({"owner"}), "Cho mượn", style="primary",
                   guards=(_has_mark,), legal_basis="Nội quy"),
        Transition("refuse", frozenset({"asked"}), "refused", frozenset({"owner"}), "Từ chối", needs_reason=True,
                   legal_basis="Nội quy"),
        Transition("return", frozenset({"lent"}), "back", frozenset({"reader"}), "Trả", style="primary",
                   legal_basis="Nội quy"),
    ),
    "Nội quy",
)  # fmt: skip
TOLD: list[tuple[str, str]] = []


def roles(user, loan):
    return frozenset({"owner"} if user.get_username() == loan.book.owner_name else {"reader"})


def due(loan, day):
    return day + timedelta(days={"asked": 3, "lent": 14}[loan.state])


DESK = Desk(LOAN, LoanMove, roles, due=due, tell=lambda row, move: TOLD.append((move.name, row.state)))


class LendForm(forms.Form):
    shelf_mark = forms.CharField(label="Chỗ cất", required=False)


class LoansRegister(Procedure):
    key = "loans"
    app = "kit_sample"
    model = Loan
    title = "Sổ cho mượn"
    section = "Sách"
    columns = (Column("state"), Column("book"), Column("due_on", on="list detail excel"))
    related = ("book",)
    story = ("book",)
    desk = DESK
    verb_forms = {"lend": LendForm}
    papers = (CasePaper("phieu", "Phiếu mượn", write=lambda row: f"phiếu {row}".encode(), kind="pdf"),)

    def holding(self, user):
        return {
            "owner": Q(book__owner_name=user.get_username()),
            "reader": ~Q(book__owner_name=user.get_username()),
        }


class PageForm(forms.ModelForm):
    class Meta:
        model = Page
        fields = ["book", "number"]


class PagesRegister(Register):
    key = "pages"
    app = "kit_sample"
    model = Page
    title = "Trang"
    columns = (Column("number"), Column("book"))
    under = "book"
    related = ("book",)
    form_class = PageForm

    def scope(self, user):
        return Page.objects.filter(book__owner_name=user.get_username())

    def may_create(self, user):
        return ALLOWED


LOANS = LoansRegister()
PAGES = PagesRegister()
