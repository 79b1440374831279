from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "commonground.disclosure"
