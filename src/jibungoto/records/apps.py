"""Django's name for the room of rows."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    """The app that holds every row of the product."""

    name = "jibungoto.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep Django from listing permissions and types of rows, which nothing here asks for.

        Who may do what says the team's roles alone. The lists took a quarter of making a home.
        """
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.disconnect(create_contenttypes)
