"""A task for the tests of killed workers: it writes half of its work, waits, and writes the rest."""

import os
import time
from datetime import timedelta

from django.db import transaction

from ocop.kit import clock
from ocop.kit.jobs import retrying_task
from ocop.kit.models import DayOverride


@retrying_task(tries=3, backoff=1)
def write_two_days(folder: str) -> None:
    """Write two rows in one transaction; the first run waits between them until it is killed."""
    first_run = not os.path.exists(os.path.join(folder, "begun"))
    with transaction.atomic():
        for number in (1, 2):
            day = clock.today() + timedelta(days=number)
            DayOverride.objects.create(day=day, is_working=True, name="Làm bù")
            if first_run and number == 1:
                with open(os.path.join(folder, "begun"), "w", encoding="ascii") as mark:
                    mark.write(str(os.getpid()))
                time.sleep(120)
