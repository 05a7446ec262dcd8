"""The door for application servers: a WSGI application for the home the environment names."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jibungoto.site.settings")

application = get_wsgi_application()
