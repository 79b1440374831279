from django.apps import AppConfig


class RealignmentConfig(AppConfig):
    name = "commonground.realignment"
