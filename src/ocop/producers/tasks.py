"""Jobs of producers."""

from ocop.inbox.actions import notify_each
from ocop.kit import clock, formats
from ocop.producers.actions.people import wipe
from ocop.producers.models import Representative
from ocop.producers.rules.areas import reminder
from ocop.producers.watching import ending_certificates, people_to_tell, renewed
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


def remind_of_area_certificates() -> int:
    """Tell the offices and the producers supplied of certificates that end in 90, 30, 7 days, or have ended.

    Each person hears of each step once, also when a night was missed. Answers how many certificates were told of.
    """
    today, told = clock.today(), 0
    rows = list(ending_certificates(today))
    gone = renewed(rows) if rows else set()
    for row in rows:
        step = reminder(row.expires_on, today)
        if step is None or row.pk in gone:
            continue
        ended = row.expires_on < today
        notify_each(
            people_to_tell(row.area, today),
            kind="producers.area_certificate",
            title=f"{row} {'đã hết hạn' if ended else 'sắp hết hạn'}: {row.area.name}",
            text=f"Hết hạn ngày {formats.day(row.expires_on)}.",
            url=row.area.get_absolute_url(),
            dedupe_key=f"area-certificate:{row.pk}:{row.expires_on:%Y-%m-%d}:{step}",
        )
        told += 1
    return told
