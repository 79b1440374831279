from django.apps import AppConfig


class RealignmentConfig(AppConfig):
    name = "commonground.realignment"

    def ready(self) -> None:
        """Tells the folders below what they cannot ask for by themselves: plans and searches, and what stands beside a person or a role."""
        from commonground.organization.beside import tell  # noqa: PLC0415  models are not there before
        from commonground.organization.models import Person, Role  # noqa: PLC0415
        from commonground.realignment.beside import plan, seats  # noqa: PLC0415
        from commonground.realignment.outlook import Realignment  # noqa: PLC0415  models are not there before
        from commonground.workflows import outlook  # noqa: PLC0415

        outlook.learn_from(Realignment())
        tell(Person, seats)
        tell(Role, plan)
