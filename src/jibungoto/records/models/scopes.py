"""Series and chapters as the manager makes them, and what was worked out for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow
from jibungoto.records.models.understand import AnswerRow
from jibungoto.understand.scope_kind import ScopeKind

_KINDS = [(kind.value, kind.value) for kind in ScopeKind]


class ScopeRow(models.Model):
    """A series or a chapter that the manager has put together, under a name."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="scopes")
    kind = models.CharField(max_length=10, choices=_KINDS)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    parts = models.JSONField(default=list)
    """The keys of the initiatives in it; those of a series bring its events with them."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(auto_now_add=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "key"], name="one_scope_of_a_kind_and_key"
            )
        ]


class ScopeFindingRow(models.Model):
    """One value of one measure on one day, of a series or a chapter."""

    answer = models.ForeignKey(AnswerRow, on_delete=models.CASCADE, related_name="scope_findings")
    kind = models.CharField(max_length=10, choices=_KINDS)
    key = models.CharField(max_length=200)
    measure = models.CharField(max_length=60)
    part = models.CharField(max_length=60, blank=True)
    as_of = models.DateField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.IntegerField(null=True)
    quality = models.CharField(max_length=20)
    reason_ja = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    definition_version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["answer", "kind", "key", "measure", "as_of"], name="scope_findings_asked"
            )
        ]
