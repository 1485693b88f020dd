"""What every case carries besides its own facts."""

from django.conf import settings
from django.db import models


class CaseBase(models.Model):
    """A case: begun by somebody, due on a day, closed at a moment.

    A subclass declares its own `state` (choices and first state are its own) and a move model with `subject` and `by`.
    `due_on` is the last day for the next press; `closed_at` is set when the flow reaches a final state.
    """

    opened_at = models.DateTimeField("lập lúc", editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người lập",
    )
    due_on = models.DateField("hạn xử lý", null=True, blank=True, db_index=True, editable=False)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True, editable=False)

    class Meta:
        abstract = True
