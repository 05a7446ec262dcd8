"""Persons, the handles that lead to them, what they start, and who was talked to."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.ledger.initiative import InitiativeKind, PlaceTag
from jibungoto.ledger.person import PersonKind
from jibungoto.records.models.community import CommunityRow
from jibungoto.records.models.gather import IntakeRow


class PersonRow(models.Model):
    """Who stands behind one or more handles."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="people")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    reading = models.CharField(max_length=300, blank=True)
    search = models.TextField(blank=True)
    opted_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_number_per_person")
        ]

    def __str__(self) -> str:
        return self.name


class PersonKindRow(models.Model):
    """In which capacity a person takes part, half open in days; no row means member."""

    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in PersonKind]
    )
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)


class HandleRow(models.Model):
    """A name in one source; the only way back from a pseudonym to a person."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="handles")
    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="handles")
    source = models.CharField(max_length=40)
    actor = models.CharField(max_length=32)
    outside_id = models.CharField(max_length=200)
    name = models.CharField(max_length=300, blank=True)
    display_name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    is_admin = models.BooleanField(default=False)
    is_bot = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    is_deleted = models.BooleanField(default=False)
    is_mentioned_only = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "actor"], name="one_handle_per_actor")
        ]


class HandleToldRow(models.Model):
    """What one intake told of a handle; the latest telling shows, undoing takes it back."""

    intake = models.ForeignKey(IntakeRow, on_delete=models.CASCADE, related_name="handles_told")
    handle = models.ForeignKey(HandleRow, on_delete=models.CASCADE, related_name="told")
    told = models.JSONField()


class InitiativeRow(models.Model):
    """A channel, event, series or project somebody started."""

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="initiatives"
    )
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in InitiativeKind]
    )
    name = models.CharField(max_length=300)
    started_by = models.CharField(max_length=32, blank=True)
    started_at = models.DateTimeField(null=True)
    is_default = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)
    tag = models.CharField(max_length=10, choices=[(tag.value, tag.value) for tag in PlaceTag])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="one_row_per_initiative")
        ]


class InitiativeToldRow(models.Model):
    """What one intake told of an initiative."""

    intake = models.ForeignKey(IntakeRow, on_delete=models.CASCADE, related_name="initiatives_told")
    initiative = models.ForeignKey(InitiativeRow, on_delete=models.CASCADE, related_name="told")
    told = models.JSONField()


class TouchKind(models.TextChoices):
    """What the manager answered to a suggestion."""

    TALKED = "talked"
    NOT_NOW = "not_now"


class TouchRow(models.Model):
    """“I talked to them” or “not now”, private to the team."""

    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=10, choices=TouchKind.choices)
    day = models.DateField()
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
