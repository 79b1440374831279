from django.apps import AppConfig


class RealignmentConfig(AppConfig):
    name = "commonground.realignment"

    def ready(self) -> None:
        """Tells workflows where plans and searches are learnt from: it stands below and cannot ask by itself."""
        from commonground.realignment.outlook import Realignment  # noqa: PLC0415  models are not there before
        from commonground.workflows import outlook  # noqa: PLC0415

        outlook.learn_from(Realignment())
