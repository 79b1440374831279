from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "commonground.organization"

    def ready(self) -> None:
        from commonground.accounts.identities import welcome  # noqa: PLC0415 - models can be read only now
        from commonground.organization.newcomers import access_by_email  # noqa: PLC0415 - models can be read only now

        welcome(access_by_email)
