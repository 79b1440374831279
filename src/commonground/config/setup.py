"""Prepares Django for commands that need the database; the others start without it."""

import os


def with_django() -> None:
    """Loads settings and models once; calling it again changes nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonground.config.settings")
    import django

    django.setup()
