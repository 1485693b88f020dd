from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "ocop.partners"
    verbose_name = "Đối tác"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ocop.kit import registry
        from ocop.partners import demo, guards, loader, queries, verbs
        from ocop.partners.models import Criterion, Partner, Service
        from ocop.partners.permissions import ACCOUNT
        from ocop.partners.registers import ALL
        from ocop.producers.casework import install

        registry.name_verbs(verbs.VERBS)
        guards.contract_books.add(guards.OWN)
        registry.attachments.add(
            registry.Attachment(ACCOUNT, lambda day: Partner.objects.all(), person="account_id")
        )
        registry.reference_steps.add(
            registry.ReferenceStep("partners", loader.load_reference, order=60, kinds=(Service, Criterion))
        )
        registry.search_sources.add(registry.SearchSource("partners", "Đối tác", queries.search, order=60))
        registry.demo_steps.add(registry.DemoStep("partners", demo.load, order=1060))
        for register in ALL:
            install(register)
