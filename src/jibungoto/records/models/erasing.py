"""People who were erased: that it was done, by whom and when, and nothing of whom it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow


class ErasureRow(models.Model):
    """One person was erased; ``cleaned_at`` is when the files forgot the bytes as well."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="erasures")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    handles = models.PositiveIntegerField()
    mentions = models.PositiveIntegerField(default=0)
    cleaned_at = models.DateTimeField(null=True)
