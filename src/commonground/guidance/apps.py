from django.apps import AppConfig
from django.conf import settings

from commonground.guidance.guidelines import plugins as guidelines
from commonground.guidance.techniques import plugins as library
from commonground.programs.techniques import learn_from


class GuidanceConfig(AppConfig):
    name = "commonground.guidance"

    def ready(self) -> None:
        """Enters the organization's own guidelines and techniques: those of installed packages, then those of its folder.

        Ends the start with a sentence when they cannot be used: findings that are silently missing would be worse.
        """
        try:
            guidelines.load_packages()
            library.load_packages()
            if settings.GUIDELINES is not None:
                guidelines.load_folder(settings.GUIDELINES)
                library.load_folder(settings.GUIDELINES)
        except ValueError as error:
            raise SystemExit(str(error)) from error
        from commonground.guidance.technique_library import offered  # noqa: PLC0415  models are not there before

        learn_from(offered)
