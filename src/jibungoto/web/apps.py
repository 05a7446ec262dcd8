"""The web room as a Django app: templates, static files and template tags."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the room for Django."""

    name = "jibungoto.web"
    label = "web"
