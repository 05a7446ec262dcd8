"""Answers kept per version of the log, so that pages read rows and never compute."""

from __future__ import annotations

from django.db import models

from jibungoto.records.models.community import CommunityRow
from jibungoto.records.models.gather import LogVersionRow
from jibungoto.records.models.people import PersonRow


class RollRow(models.Model):
    """Where everybody stands, a row each: answers of one version after another move it on."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="rolls")
    moves = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)


class AnswerRow(models.Model):
    """One complete set of answers: for one version of the log, its facts, and one day."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="answers")
    roll = models.ForeignKey(RollRow, on_delete=models.CASCADE, related_name="answers")
    version = models.ForeignKey(LogVersionRow, on_delete=models.CASCADE, related_name="answers")
    facts_stamp = models.PositiveBigIntegerField()
    as_of = models.DateField()
    is_complete = models.BooleanField(default=False)
    is_of_another_day = models.BooleanField(default=False)
    rule_version = models.PositiveIntegerField(default=1)
    seconds = models.FloatField(default=0)
    limits = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["community", "is_complete", "-id"])]

    @property
    def standings(self) -> models.QuerySet[StandingRow]:
        """Where everybody stands; of an answer that another replaced, where they stand now."""
        return StandingRow.objects.filter(roll=self.roll_id)


class FindingRow(models.Model):
    """One value of one measure on one day."""

    answer = models.ForeignKey(AnswerRow, on_delete=models.CASCADE, related_name="findings")
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
        indexes = [models.Index(fields=["answer", "measure", "as_of"])]


class StandingRow(models.Model):
    """Where one person stands on the ladder, with what the list of people shows.

    ``digest`` is that of everything else, so that only what has changed is written again.
    """

    roll = models.ForeignKey(RollRow, on_delete=models.CASCADE, related_name="standings")
    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="standings")
    kind = models.CharField(max_length=10)
    stage = models.PositiveSmallIntegerField()
    since = models.DateField(null=True)
    is_dormant = models.BooleanField(default=False)
    is_at_least = models.BooleanField(default=False)
    is_opted_out = models.BooleanField(default=False)
    unknown = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    joined_day = models.DateField(null=True)
    joined_exact = models.BooleanField(default=False)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    acts = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveSmallIntegerField(default=0)
    history = models.JSONField(default=list)
    digest = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roll", "person"], name="one_standing_per_person")
        ]
        indexes = [
            # Everything segments ask of a standing: to count one, no row is read.
            models.Index(
                fields=["roll", "kind", "is_opted_out", "stage", "is_dormant"]
                + ["person", "joined_day", "first_day", "last_day"],
                name="standing_sized",
            ),
            models.Index(fields=["roll", "person", "acts"], name="standing_acts"),
            models.Index(
                fields=["roll", "kind", "is_opted_out", "is_at_least", "unknown"],
                name="standing_doubts",
            ),
        ]


class StepRow(models.Model):
    """A move on the ladder: who reached or left which stage, and when."""

    answer = models.ForeignKey(AnswerRow, on_delete=models.CASCADE, related_name="moves")
    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="moves")
    day = models.DateField()
    from_stage = models.PositiveSmallIntegerField()
    to_stage = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["answer", "-day"])]


class SuggestionRow(models.Model):
    """Somebody worth talking to, with the reason and the rows; never shown as a ranking."""

    answer = models.ForeignKey(AnswerRow, on_delete=models.CASCADE, related_name="suggestions")
    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="suggestions")
    reason = models.CharField(max_length=40)
    since = models.DateField()
    happened_at = models.BigIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    why_ja = models.TextField()
    why_en = models.TextField()
    evidence = models.JSONField(default=list)
