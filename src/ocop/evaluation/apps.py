from django.apps import AppConfig

from ocop.kit import registry


class EvaluationConfig(AppConfig):
    name = "ocop.evaluation"
    verbose_name = "Đánh giá, phân hạng"

    def ready(self) -> None:
        from ocop.evaluation.enums import DossierState
        from ocop.evaluation.rules.workflow import FLOWS

        for flow in FLOWS.values():
            registry.flows.add(registry.FlowEntry(key=flow.key, flow=flow, labels=dict(DossierState.choices)))
