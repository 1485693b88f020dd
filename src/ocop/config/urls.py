"""Every address of the system; each app brings its own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    # The open site and the API are asked most: they come first, so that their addresses are found soonest.
    path("api/", include("ocop.api.urls")),
    # /ban-do/ in Vietnamese, /en/ban-do/ in English.
    *i18n_patterns(
        path("", include("ocop.public.urls")),
        path("", include("ocop.partners.public_urls")),
        path("", include("ocop.promotion.public_urls")),
        path("", include("ocop.training.public_urls")),
        prefix_default_language=False,
    ),
    path("tai-khoan/", include("ocop.accounts.urls")),
    path("", include("ocop.kit.urls")),
    path("", include("ocop.audit.urls")),
    path("", include("ocop.files.urls")),
    path("", include("ocop.inbox.urls")),
    path("", include("ocop.law.urls")),
    path("", include("ocop.units.urls")),
    path("", include("ocop.rulebook.urls")),
    path("", include("ocop.producers.urls")),
    path("", include("ocop.products.urls")),
    path("", include("ocop.partners.urls")),
    path("", include("ocop.recognition.urls")),
    path("xuc-tien/", include("ocop.promotion.urls")),
    path("", include("ocop.cycle.urls")),
    path("", include("ocop.development.urls")),
    path("", include("ocop.training.urls")),
    path("", include("ocop.quality.urls")),
    path("", include("ocop.evaluation.urls")),
    path("", include("ocop.funding.urls")),
    path("", include("ocop.reporting.urls")),
    path("chi-dao/", include("ocop.direction.urls")),
    path("", include("ocop.operations.urls")),
    path("", include("ocop.workspace.urls")),
]

handler500 = "ocop.kit.busy.failed"
