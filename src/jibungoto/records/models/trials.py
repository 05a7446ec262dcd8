"""Randomised comparisons: what was asked, who was drawn into which side, and what was counted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow


class TrialRow(models.Model):
    """One randomised comparison, written down as a whole at the moment of the draw.

    ``question`` and ``drawn`` never change afterwards; ``digest`` is of both. ``counted`` is what
    was counted once the days asked for were over.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="trials")
    number = models.PositiveIntegerField()
    question = models.JSONField()
    drawn = models.JSONField()
    digest = models.CharField(max_length=64)
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    drawn_at = models.DateTimeField(auto_now_add=True)
    counted = models.JSONField(null=True)
    counted_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_number_per_trial")
        ]
