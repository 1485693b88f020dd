from django.urls import include, path
from django.utils.module_loading import import_string
from ninja import NinjaAPI

from ocop.kit.registers import endpoints
from ocop.kit.tests.sample.loans import LOANS, PAGES
from ocop.kit.tests.sample.registers import BOOKS

api = NinjaAPI(urls_namespace="kit-sample-api")
api.add_router("/books", endpoints.router(BOOKS))
SAMPLE = [
    *BOOKS.urls(),
    path("muon/", include(LOANS.urls())),
    path("trang/", include(PAGES.urls())),
]
urlpatterns = [
    path("sach/", include((SAMPLE, "kit_sample"))),
    path("api-mau/", api.urls),
    *import_string("ocop.config.urls.urlpatterns"),
]
