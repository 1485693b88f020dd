"""Events that are only ever added, and the seals that chain them."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from ocop.audit.rules import chain


class EventQuerySet(models.QuerySet):
    """Events; rows are added by `actions.record` and by nothing else."""

    def about(self, subject: models.Model) -> Self:
        """Events of one object, oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


class Event(models.Model):
    """Who did what to which object, when, for which agency. Append-only, in the database too.

    `subject_label` and `data` hold no personal data: ids, public codes, counts and digests only, so that a
    person's data can be corrected or erased while the chain stays whole.
    """

    at = models.DateTimeField("thời điểm", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    verb = models.CharField("việc", max_length=80, db_index=True)
    subject_type = models.CharField("loại đối tượng", max_length=80, blank=True)
    subject_id = models.CharField("mã đối tượng", max_length=40, blank=True)
    subject_label = models.CharField("đối tượng", max_length=200, blank=True)
    agency_id_text = models.CharField("cơ quan", max_length=40, blank=True, db_index=True)
    request_id = models.CharField("mã yêu cầu", max_length=40, blank=True)
    data = models.JSONField("dữ liệu kèm", default=dict, blank=True)
    digest = models.CharField("mã băm", max_length=64, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "sự kiện"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_event_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}".strip()

    def content(self) -> dict[str, Any]:
        """What the digest covers."""
        return {
            "at": self.at,
            "actor": self.actor_id,
            "verb": self.verb,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "subject_label": self.subject_label,
            "agency": self.agency_id_text,
            "request": self.request_id,
            "data": self.data,
        }

    def true_digest(self) -> str:
        """The digest of what the row holds now; differs from `digest` when somebody changed it."""
        return chain.digest_of(self.content())


class Seal(models.Model):
    """A batch of events, chained to the seal before it.

    `ranges` are the inclusive id ranges of the events. Ids are handed out before their transaction ends, so a
    batch may have gaps; an event that was committed late is taken by a later seal.
    """

    number = models.PositiveIntegerField("số thứ tự", unique=True)
    first_event = models.BigIntegerField("từ sự kiện")
    last_event = models.BigIntegerField("đến sự kiện")
    ranges = models.JSONField("các khoảng sự kiện")
    count = models.PositiveIntegerField("số sự kiện")
    previous = models.CharField("mã niêm phong trước", max_length=64, blank=True)
    digest = models.CharField("mã niêm phong", max_length=64, unique=True)
    at = models.DateTimeField("thời điểm", db_index=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "niêm phong"

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"
