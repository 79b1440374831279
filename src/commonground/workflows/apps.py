from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "commonground.workflows"

    def ready(self) -> None:
        """Says what a person answers for and does, for their page in the organization."""
        from commonground.organization.beside import tell  # noqa: PLC0415  models are not there before
        from commonground.organization.models import Person  # noqa: PLC0415
        from commonground.workflows.beside import held  # noqa: PLC0415

        tell(Person, held)
