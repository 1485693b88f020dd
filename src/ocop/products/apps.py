from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "ocop.products"
    verbose_name = "Sản phẩm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit import registry
        from ocop.products import loader, queries

        registry.reference_steps.add(registry.ReferenceStep("products", loader.load_reference, order=60))
        registry.search_sources.add(registry.SearchSource("products", "Sản phẩm", queries.search, order=20))
        registry.file_readers.add(registry.FileReader("products", queries.may_read_file))
