"""The door for application servers: a WSGI application for the home the environment names."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from jibungoto.engine.disk import keep_to_owner
from jibungoto.site.home import home_from_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jibungoto.site.settings")
HOME = home_from_environment()
if HOME is not None:
    keep_to_owner(HOME)

application = get_wsgi_application()
