from django.apps import AppConfig


class AdoptionConfig(AppConfig):
    name = "commonground.adoption"
