"""Intakes, what they refused and left out, and the versions of the log."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow


class IntakeState(models.TextChoices):
    """Where an intake stands."""

    WAITING = "waiting"
    READING = "reading"
    IN = "in"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"


class LogVersionRow(models.Model):
    """One version of a community's log: the manifest is the truth about which files count."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    manifest = models.TextField()
    cause = models.CharField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_row_per_version")
        ]


class IntakeRow(models.Model):
    """One export brought in: where it stands, what it added, and what it could tell."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="intakes")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    path = models.TextField()
    is_upload = models.BooleanField(default=False)
    source = models.CharField(max_length=40, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=10, choices=IntakeState.choices, default=IntakeState.WAITING
    )
    same_as = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    private_places = models.JSONField(default=list)
    decided = models.JSONField(default=dict)
    """What the person said of it: ``event``, ``modes`` of tickets, meanings of ``columns``."""
    asked = models.CharField(max_length=10, blank=True)
    """What only a person can say of it, where it waits for that: an ``Asked``."""
    met = models.JSONField(default=dict)
    """How it was taken: its ``tickets`` with their modes, its ``columns`` with their meanings.

    ``encodings`` are as what those of its texts were read of which that cannot be told for sure.
    """
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=32, blank=True)
    entries_done = models.PositiveBigIntegerField(default=0)
    entries_total = models.PositiveBigIntegerField(default=0)
    read = models.PositiveBigIntegerField(default=0)
    new = models.PositiveBigIntegerField(default=0)
    updated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    repeated = models.PositiveBigIntegerField(default=0)
    left_out = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    activities = models.PositiveBigIntegerField(default=0)
    handles = models.PositiveBigIntegerField(default=0)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    covered_until = models.DateField(null=True)
    can_tell = models.JSONField(default=dict)
    problem_ja = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_number_per_intake")
        ]
        indexes = [models.Index(fields=["state", "number"])]


class _PlacedRow(models.Model):
    """A place in an export, with the reason why its records are not in the log."""

    place = models.TextField()
    reason_ja = models.TextField()
    reason_en = models.TextField()
    records = models.PositiveBigIntegerField(default=1)

    class Meta:
        abstract = True


class RefusalRow(_PlacedRow):
    """A record that could not be read."""

    intake = models.ForeignKey(IntakeRow, on_delete=models.CASCADE, related_name="refusals")


class LeftOutRow(_PlacedRow):
    """A record left out on purpose."""

    intake = models.ForeignKey(IntakeRow, on_delete=models.CASCADE, related_name="leavings")
