from django.apps import AppConfig
from django.conf import settings

from commonground.guidance.guidelines.plugins import load_folder, load_packages


class GuidanceConfig(AppConfig):
    name = "commonground.guidance"

    def ready(self) -> None:
        """Enters the organization's own guidelines into the catalogue: those of installed packages, then those of its folder.

        Ends the start with a sentence when they cannot be used: findings that are silently missing would be worse.
        """
        try:
            load_packages()
            if settings.GUIDELINES is not None:
                load_folder(settings.GUIDELINES)
        except ValueError as error:
            raise SystemExit(str(error)) from error
