"""Jobs of producers."""

from ocop.kit import clock
from ocop.producers.actions.people import wipe
from ocop.producers.models import Representative
from ocop.rulebook.queries import setting
from ocop.units.queries import province_of


def sweep_personal_data() -> int:
    """Empty representatives who ended longer ago than the dated setting keeps them; answers how many.

    Decree 13/2023/NĐ-CP, Article 16: data are erased when the purpose has ended; the province's setting says when.
    """
    today, at, count = clock.today(), clock.now(), 0
    rows = Representative.objects.filter(erased_at__isnull=True, valid_to__lt=today).select_related(
        "producer__unit"
    )
    years: dict[str, int] = {}
    for row in rows.iterator():
        province = province_of(row.producer.unit)
        code = province.code if province else ""
        if code not in years:
            years[code] = int(setting("personal_data_retention_years", code, today))
        assert row.valid_to is not None  # noqa: S101 - filtered
        kept_until = (row.valid_to.year + years[code], row.valid_to.month, row.valid_to.day)
        if kept_until < (today.year, today.month, today.day):
            wipe(row, at)
            count += 1
    return count
