"""An invented run of the cycle for the demo: three years of history, and this year's cases in every state.

Only invented producers, marked "dữ liệu trình diễn", have ideas and plans here.
"""

from collections.abc import Callable

from django.db import transaction

from ocop.cycle.demo.calendars import load_calendars, load_seasons
from ocop.cycle.demo.past import load_past
from ocop.cycle.demo.present import load_present
from ocop.cycle.loader import load_criteria
from ocop.cycle.models import Idea


@transaction.atomic
def load_demo(log: Callable[[str], None]) -> None:
    """Calendars, history, present; nothing where there are invented ideas already."""
    if Idea.objects.filter(is_demo=True).exists():
        log("chu trình: đã có")
        return
    load_criteria(lambda text: None)
    log(f"lịch chu trình: {load_calendars()}")
    log(f"ngoại lệ theo mùa vụ: {load_seasons()}")
    log(f"ý tưởng, phương án các năm: {load_past()}")
    log(f"ý tưởng, phương án năm nay: {load_present()}")
