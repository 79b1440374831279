from django.apps import AppConfig


class CoalitionConfig(AppConfig):
    name = "commonground.coalition"
