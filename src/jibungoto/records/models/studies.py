"""Questions registered before their answer, business records per account, and money models."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow


class StudyRow(models.Model):
    """One registered question; ``edits`` are its later changes, the oldest first."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="studies")
    number = models.PositiveIntegerField()
    registration = models.JSONField()
    edits = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_number_per_study")
        ]


class FileState(models.TextChoices):
    """How far a file of business records has come."""

    WAITING = "waiting"
    IN = "in"
    REFUSED = "refused"


class BusinessFileRow(models.Model):
    """One file of business records as it came in; taken out, it is kept but not counted.

    ``read`` = ``kept`` + ``repeated`` + the length of ``refused``. ``outcome_key`` is the
    outcome however it is typed. Until the worker has read it, it lies at ``path``; ``taken_at``
    is the worker's last sign of life, ``problem_ja`` and ``problem_en`` why it was refused whole.
    """

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="business_files"
    )
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=200)
    outcome_key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.IN)
    path = models.CharField(max_length=500, blank=True)
    allows_negative = models.BooleanField(default=False)
    is_share = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    problem_ja = models.CharField(max_length=500, blank=True)
    problem_en = models.CharField(max_length=500, blank=True)
    read = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"], name="one_number_per_business_file"
            )
        ]
        indexes = [models.Index(fields=["community", "outcome_key", "number"])]


class BusinessRecordRow(models.Model):
    """One value of one account in one period; periods are keys such as 2026-04 or 2026-04+3."""

    file = models.ForeignKey(BusinessFileRow, on_delete=models.CASCADE, related_name="records")
    account = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    period = models.CharField(max_length=12)
    value = models.FloatField()
    segment = models.CharField(max_length=200, blank=True)
    joined = models.CharField(max_length=12, blank=True)
    since = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "account", "period"], name="one_value_per_account_and_period"
            )
        ]


class WorkedOutRow(models.Model):
    """What the worker worked out from business records, of one question or one outcome.

    ``stamp`` says from what it was worked out; where that is no longer so, it is worked out again.
    ``taken_at`` is the last sign of life of the worker that is at it.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="worked_out")
    about = models.CharField(max_length=240)
    stamp = models.CharField(max_length=64)
    content = models.JSONField()
    at = models.DateTimeField(auto_now=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "about"], name="one_answer_worked_out")
        ]


class AccountLinkRow(models.Model):
    """Which members belong to an account, by a person's word: mail domains, and numbers."""

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="account_links"
    )
    account = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    domains = models.JSONField(default=list)
    people = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "account"], name="one_link_per_account")
        ]


class MoneyModelRow(models.Model):
    """What somebody assumes in one money model; ``study`` is the number of the one it stands on."""

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="money_models"
    )
    key = models.CharField(max_length=40)
    given = models.JSONField(default=dict)
    study = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="one_row_per_money_model")
        ]
