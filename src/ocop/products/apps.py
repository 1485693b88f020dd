from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "ocop.products"
    verbose_name = "Sản phẩm"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.urls import reverse

        from ocop.kit import registry
        from ocop.producers.casework import install
        from ocop.producers.models import Producer
        from ocop.products import demo, loader, queries, verbs
        from ocop.products.actions import reorganising
        from ocop.products.models import Mark, Product
        from ocop.products.registers import REGISTERS

        registry.handover_parts.add(reorganising.PART)
        registry.blockers.add(
            registry.BlockerSource(
                "products.papers",
                Product,
                "Giấy tờ hết hạn",
                queries.papers_ended,
                queries.ended_paper_words,
                order=40,
            )
        )
        registry.name_verbs(verbs.VERBS)
        registry.demo_steps.add(registry.DemoStep("products.invented", demo.load_invented, order=30))
        registry.reference_steps.add(
            registry.ReferenceStep("products", loader.load_reference, order=60, kinds=(Product, Mark))
        )
        registry.search_sources.add(registry.SearchSource("products", "Sản phẩm", queries.search, order=20))
        registry.file_readers.add(registry.FileReader("products", queries.may_read_file))
        registry.todos.add(
            registry.TodoSource("products.papers", "Giấy tờ sắp hết hạn", queries.paper_todos, order=80)
        )
        registry.todos.add(
            registry.TodoSource("products.marks", "Nhãn hiệu sắp hết bảo hộ", queries.mark_todos, order=82)
        )
        registry.todos.add(
            registry.TodoSource("products.codes", "Cấp mã sản phẩm", queries.code_todos, order=70)
        )
        for register, _address in REGISTERS:
            install(register)
        for key, label, page, count, order in (
            ("products.of_producer", "Sản phẩm", "products:of_producer", queries.count_products, 10),
            ("products.papers", "Giấy tờ", "products:vault", queries.count_papers, 20),
        ):
            registry.tabs.add(
                registry.Tab(
                    key,
                    Producer,
                    label,
                    lambda row, page=page: reverse(page, args=[row.code]),
                    count=count,
                    order=order,
                )
            )
        for key, label, page, order in (
            ("products.photos", "Ảnh", "products:photos", 10),
            ("products.marks", "Nhãn hiệu", "products:marks", 20),
        ):
            registry.tabs.add(
                registry.Tab(
                    key,
                    Product,
                    label,
                    lambda row, page=page: reverse(page, args=[row.public_code]),
                    order=order,
                )
            )
