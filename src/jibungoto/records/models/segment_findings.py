"""Measures of the people of a segment alone, kept for the plans that ask for them."""

from __future__ import annotations

from django.db import models

from jibungoto.records.models.plan import SegmentRow
from jibungoto.records.models.understand import AnswerRow


class SegmentFindingRow(models.Model):
    """One value of one measure on one day, of the people who fit a segment."""

    answer = models.ForeignKey(AnswerRow, on_delete=models.CASCADE, related_name="segment_findings")
    segment = models.ForeignKey(SegmentRow, on_delete=models.CASCADE, related_name="findings")
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
                fields=["answer", "segment", "measure", "as_of"], name="segment_findings_asked"
            )
        ]
