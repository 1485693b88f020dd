"""Parts of the models of promotion."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from ocop.producers.casework import ScopedQuerySet


def not_negative() -> list[Any]:
    """Money and counts are never below nothing."""
    return [MinValueValidator(0, "Không được là số âm.")]


class Located(models.Model):
    """A point on the map, if somebody has taken it."""

    lat = models.DecimalField(
        "vĩ độ", max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(8), MaxValueValidator(24)], help_text="Ví dụ 18,34283. Để trống nếu chưa đo.",
    )  # fmt: skip
    lng = models.DecimalField(
        "kinh độ", max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(102), MaxValueValidator(110)], help_text="Ví dụ 105,90561.",
    )  # fmt: skip

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A point has both coordinates."""
        super().clean()
        if (self.lat is None) != (self.lng is None):
            raise ValidationError({"lat": "Tọa độ phải có đủ vĩ độ và kinh độ."})


class OfProducerQuerySet(ScopedQuerySet):
    """Rows of producers: their people's, and the officers' over the producer's unit."""

    unit_path = "producer__unit_id"


class OfProducer(models.Model):
    """A row about a producer; its unit is the producer's."""

    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="%(class)s_rows", verbose_name="chủ thể"
    )

    class Meta:
        abstract = True

    @property
    def unit(self) -> Any:
        """The unit of the producer."""
        return self.producer.unit

    @property
    def unit_id(self) -> int:
        """The id of the unit of the producer."""
        return self.producer.unit_id
