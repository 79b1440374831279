from django.apps import AppConfig


class CoalitionConfig(AppConfig):
    name = "commonground.coalition"

    def ready(self) -> None:
        """Says who fills in the mail to a sponsor."""
        from commonground.coalition.silence import MAIL, resolve  # noqa: PLC0415 - needs the models
        from commonground.outbox.secrets import resolver  # noqa: PLC0415 - as above

        resolver(MAIL, resolve)
