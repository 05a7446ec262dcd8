"""Clients, their communities, who may enter, and the audit line of every write."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Role(models.TextChoices):
    """What somebody may do in one community."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"


class ClientRow(models.Model):
    """An organisation that owns communities and persons; nothing crosses from one to another."""

    name = models.CharField(max_length=200)


class CommunityRow(models.Model):
    """One community with its calendar, its language and the key of its pseudonyms."""

    client = models.ForeignKey(ClientRow, on_delete=models.PROTECT, related_name="communities")
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="ja")
    week_start = models.PositiveSmallIntegerField(default=1)
    fiscal_month = models.PositiveSmallIntegerField(default=4)
    key = models.CharField(max_length=64)
    is_demo = models.BooleanField(default=False)
    keeps_uploads = models.BooleanField(default=False)
    staff_answered_at = models.DateTimeField(null=True)
    facts_stamp = models.PositiveBigIntegerField(default=1)
    people_numbered = models.PositiveIntegerField(default=0)
    alike_version = models.PositiveIntegerField(default=0)
    names_stamp = models.PositiveBigIntegerField(default=1)
    """Rises with every answer to who is one person."""
    version = models.ForeignKey(
        "records.LogVersionRow", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class MembershipRow(models.Model):
    """A user's role in one community."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "community"], name="one_role_per_community")
        ]


class InvitationRow(models.Model):
    """The one-time address that leads into an empty home; only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)


class AuditRow(models.Model):
    """Who did what to which row, and when."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    acted_as = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["community", "-at"])]
