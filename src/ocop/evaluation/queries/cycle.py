"""Where dossiers put products on the board of the yearly cycle, and what holds them up."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from ocop.cycle.enums import CycleStep
from ocop.evaluation.enums import DossierState
from ocop.evaluation.models import Dossier
from ocop.evaluation.queries.todo import RETURNED
from ocop.kit import formats
from ocop.kit.registry import BlockerSource, CycleStepSource
from ocop.products.models import Product


def _running(day: date) -> QuerySet:
    return Dossier.objects.open().exclude(state=DossierState.DRAFT).values("product_id")


def _drafts(day: date) -> QuerySet:
    return Dossier.objects.filter(state=DossierState.DRAFT).values("product_id")


def _words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    rows = (
        Dossier.objects.open().filter(product_id__in=ids).only("product_id", "state", "code").order_by("pk")
    )
    return {
        row.product_id: (row.get_state_display(), reverse("evaluation:dossier-detail", args=[row.code]))
        for row in rows
    }


def _returned(day: date) -> QuerySet:
    return Dossier.objects.filter(state__in=RETURNED).values("product_id")


def _late(day: date) -> QuerySet:
    return Dossier.objects.open().filter(due_on__lt=day).exclude(state__in=RETURNED).values("product_id")


def _late_words(ids: list[int], day: date) -> dict[int, tuple[str, str]]:
    rows = Dossier.objects.open().filter(product_id__in=ids, due_on__lt=day)
    return {
        row.product_id: (
            f"Hồ sơ {formats.distance(row.due_on, day)[0]}",
            reverse("evaluation:dossier-detail", args=[row.code]),
        )
        for row in rows
    }


STEPS = (
    CycleStepSource(
        "evaluation.running",
        Product,
        CycleStep.RANKING,
        "Đang đánh giá, phân hạng",
        _running,
        _words,
        order=20,
    ),
    CycleStepSource(
        "evaluation.draft", Product, CycleStep.CARRYING_OUT, "Đang soạn hồ sơ", _drafts, _words, order=45
    ),
)
BLOCKERS = (
    BlockerSource("evaluation.returned", Product, "Hồ sơ bị trả lại", _returned, _words, order=10),
    BlockerSource("evaluation.late", Product, "Hồ sơ trễ hạn", _late, _late_words, order=20),
)
