"""Django's name for the room of rows."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app that holds every row of the product."""

    name = "jibungoto.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
