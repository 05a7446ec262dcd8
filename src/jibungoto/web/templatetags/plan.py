"""Tags of the editor of a plan."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from jibungoto.web.pages.plan_shown import Shown
from jibungoto.web.plan_marks import fields_mark

register = template.Library()


@register.filter
def plan_fields(fields: Iterable[Shown], address: str) -> SafeString:
    """Draw the fields of a part; ``address`` is the page they stand on."""
    return fields_mark(fields, address=address)
