from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "ocop.recognition"
    verbose_name = "Công nhận"

    def ready(self) -> None:
        from ocop.kit import registry
        from ocop.recognition import loader

        registry.reference_steps.add(
            registry.ReferenceStep("recognition", loader.load_recognitions, order=70)
        )
