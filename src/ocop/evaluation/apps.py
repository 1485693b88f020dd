from django.apps import AppConfig

from ocop.kit import registry


class EvaluationConfig(AppConfig):
    name = "ocop.evaluation"
    verbose_name = "Đánh giá, phân hạng"

    def ready(self) -> None:
        from ocop.evaluation.enums import DossierState
        from ocop.evaluation.queries.todo import todos_of
        from ocop.evaluation.rules.workflow import FLOWS

        for flow in FLOWS.values():
            registry.flows.add(registry.FlowEntry(key=flow.key, flow=flow, labels=dict(DossierState.choices)))
        registry.todos.add(registry.TodoSource("evaluation.dossiers", "Hồ sơ", todos_of, order=10))
        registry.menu.add(
            registry.MenuEntry(
                key="evaluation.dossiers",
                section="Hồ sơ",
                label="Hồ sơ đánh giá",
                url_name="evaluation:dossier-list",
                icon="folder",
                order=10,
            )
        )
