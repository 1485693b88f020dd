from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "ocop.evaluation"
    verbose_name = "Đánh giá, phân hạng"

    def ready(self) -> None:
        from ocop.evaluation import receivers  # noqa: F401 - the receivers listen by being imported
        from ocop.evaluation.registrations import (
            commune,
            council,
            decision,
            handover,
            office,
            producer,
            record,
        )

        for desk in (record, producer, commune, council, decision, office, handover):
            desk.register()
