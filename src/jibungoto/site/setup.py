"""Making Django ready for one home, once per process."""

from __future__ import annotations

import os
from pathlib import Path

from jibungoto.site.home import HOME_VARIABLE, home_from_environment

SETTINGS = "jibungoto.site.settings"


def django_ready(home: Path) -> None:
    """Set Django up for ``home``; a second call for the same home changes nothing.

    A process serves one home: asking for another one raises ``RuntimeError``.
    """
    from django.apps import apps

    wanted = home.expanduser().resolve()
    if apps.ready:
        serving = home_from_environment()
        if serving != wanted:
            raise RuntimeError(f"This process already serves {serving}; start another for {wanted}")
        return
    wanted.mkdir(parents=True, exist_ok=True)
    os.environ[HOME_VARIABLE] = str(wanted)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
