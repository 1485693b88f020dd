"""/healthz: does the system work right now, for a load balancer and for whoever set it up.

`database`: a query is answered. `queue`: the table of tasks can be read and a worker has beaten within
`QUEUE_LIVE`. `draining`: this web process is about to stop (OCOP_DRAIN_FILE is there) and wants no new requests, though
it still answers them. With a task backend that needs no worker (tests run tasks on the spot) the table alone decides.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from ocop.kit.jobs import machine
from ocop.kit.jobs.models import WorkerBeat

QUEUE_LIVE = timedelta(seconds=60)


def database_works() -> bool:
    """True when the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def queue_works() -> bool:
    """True when tasks can be stored and somebody takes them."""
    try:
        DBTaskResult.objects.order_by().values_list("pk").first()
        if "django_tasks_db" not in settings.TASKS["default"]["BACKEND"]:
            return True
        return WorkerBeat.objects.filter(seen_at__gte=machine.now() - QUEUE_LIVE).exists()
    except DatabaseError:
        return False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database and queue work, 503 otherwise, with what was found."""
    database = database_works()
    queue = database and queue_works()
    draining = bool(settings.OCOP_DRAIN_FILE) and Path(settings.OCOP_DRAIN_FILE).exists()
    works = database and queue and not draining
    said = "ok" if works else "draining" if draining else "unavailable"
    return JsonResponse({"status": said, "database": database, "queue": queue}, status=200 if works else 503)
