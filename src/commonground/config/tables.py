"""The database in its newest form. An empty one gets its tables from the models at once, as other systems load a schema file."""

from typing import Final

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

RECORDS: Final = "django_migrations"  # where it stands which migrations have been applied


def bring_up_to_date() -> None:
    """Applies the migrations that are not applied yet; safe to repeat, and to be interrupted.

    To apply all of them to an empty database takes half a minute of a slow processor, since each step builds all models anew; to make the
    tables of today a second. Both ways end in the same tables (`tests/test_tables.py`). The tables are made in one transaction, so where
    they stand without a record of migrations, the first start was interrupted just then, and the record is all that is missing.
    """
    there = set(connection.introspection.table_names())
    if RECORDS not in there:
        if settings.AUTH_USER_MODEL.replace(".", "_").lower() not in there:
            make_tables()
        call_command("migrate", fake=True, interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)


def make_tables() -> None:
    """Makes the tables of all models, as if no folder had migrations."""
    before = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = dict.fromkeys((app.label for app in apps.get_app_configs()), None)
    try:
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    finally:
        settings.MIGRATION_MODULES = before
