from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "commonground.assessments"

    def ready(self) -> None:
        """Says who fills in the links of invitations."""
        from commonground.assessments.invitations import resolve  # noqa: PLC0415 - needs the models
        from commonground.assessments.sealing import INVITATION  # noqa: PLC0415 - as above
        from commonground.outbox.secrets import resolver  # noqa: PLC0415 - as above

        resolver(INVITATION, resolve)
