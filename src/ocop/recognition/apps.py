from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "ocop.recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from django.urls import reverse

        from ocop.kit import registry
        from ocop.kit.registers import install
        from ocop.products.models import Product
        from ocop.recognition import endpoints, loader, queries, verbs
        from ocop.recognition.registers import CERTIFICATES, DECISIONS

        registry.name_verbs(verbs.VERBS)
        registry.reference_steps.add(
            registry.ReferenceStep("recognition", loader.load_recognitions, order=70)
        )
        registry.search_sources.add(
            registry.SearchSource("recognition", "Giấy chứng nhận", queries.search, order=40)
        )
        registry.file_readers.add(registry.FileReader("recognition.photos", queries.may_see_photo))
        registry.api_routers.add(endpoints.entry)
        for register in (CERTIFICATES, DECISIONS):
            install(register)
        registry.tabs.add(
            registry.Tab(
                "recognition.certificates",
                Product,
                "Sao OCOP",
                lambda row: reverse("recognition:of_product", args=[row.public_code]),
                count=queries.count_certificates,
                order=5,
            )
        )
