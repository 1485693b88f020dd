"""/metrics, for the machine that watches this one."""

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ocop.kit import metrics as requests
from ocop.kit.limits import address_of
from ocop.operations import measures


def _may_read(request: HttpRequest) -> bool:
    """True with the token of the environment, and from one of the networks when some are named."""
    token = settings.OCOP_METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if not token or not secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return False
    if not settings.OCOP_METRICS_NETWORKS:
        return True
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in network for network in settings.OCOP_METRICS_NETWORKS)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Requests of this process and the state of the system; 404 for everybody else, as if it were not there."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(requests.text() + measures.text(), content_type=requests.CONTENT_TYPE)
