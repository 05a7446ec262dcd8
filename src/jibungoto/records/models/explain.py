"""Briefs, each with what it says and, once issued, what it froze; and the links that open them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow


class BriefState(models.TextChoices):
    """How far a brief has come; one that was corrected keeps everything it said."""

    DRAFT = "draft"
    ISSUED = "issued"
    CORRECTED = "corrected"


class BriefDeed(models.TextChoices):
    """What the worker can be asked to do with a brief."""

    ISSUE = "issue"
    REDRAFT = "redraft"
    CORRECT = "correct"


class BriefEnd(models.TextChoices):
    """What came of the deed that was asked for last, where the brief itself does not show it."""

    REDRAFTED = "redrafted"
    UNCHANGED = "unchanged"


class BriefRow(models.Model):
    """One brief: its claims and figures in both languages, and its package once it is issued.

    ``revision`` rises with every change of a draft. ``corrects`` is the brief a correction is of.
    ``asked_at`` is when somebody asked for a ``deed``, ``taken_at`` the worker's last sign of life
    at it; ``problem_ja`` and ``problem_en`` say why it could not be done, ``ended_as`` what came
    of it.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="briefs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    audience = models.CharField(max_length=20)
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=BriefState.choices, default=BriefState.DRAFT)
    content = models.JSONField()
    revisions = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.RESTRICT, related_name="corrections"
    )
    digest = models.CharField(max_length=64, blank=True)
    package = models.BinaryField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    issued_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.PositiveBigIntegerField(null=True)
    deed = models.CharField(max_length=10, choices=BriefDeed.choices, default=BriefDeed.ISSUE)
    ended_as = models.CharField(max_length=10, choices=BriefEnd.choices, blank=True)
    taken_at = models.DateTimeField(null=True)
    problem_ja = models.CharField(max_length=1_000, blank=True)
    problem_en = models.CharField(max_length=1_000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_number_per_brief")
        ]


class BriefFileRow(models.Model):
    """A file of a brief that takes long to draw: wanted, being drawn, or as it was drawn.

    It is of the ``revision`` it was asked for; ``taken_at`` is the worker's last sign of life at
    it, ``problem_ja`` and ``problem_en`` say why it could not be drawn.
    """

    brief = models.ForeignKey(BriefRow, on_delete=models.CASCADE, related_name="files")
    ending = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    revision = models.PositiveIntegerField()
    content = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    problem_ja = models.CharField(max_length=1_000, blank=True)
    problem_en = models.CharField(max_length=1_000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "ending", "language"], name="one_file_of_a_brief"
            )
        ]


class ClosedLinkRow(models.Model):
    """How often links that open nothing were tried from one address, since when.

    Of the address a keyed hash is kept, for as long as it counts.
    """

    address_hash = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)


class BriefLinkRow(models.Model):
    """A link that opens one issued brief without an account; only its token's hash is kept."""

    brief = models.ForeignKey(BriefRow, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)


class VoiceRow(models.Model):
    """What a member said, as it may be quoted: where, and whom they told so on which day.

    ``told_to`` is the name of somebody of the team.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="voices")
    quote_ja = models.CharField(max_length=200)
    quote_en = models.CharField(max_length=400)
    source = models.CharField(max_length=500)
    told_to = models.CharField(max_length=200)
    told_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
