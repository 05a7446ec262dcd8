"""Briefs on their way: what is written on which day, and who is to get what."""

from __future__ import annotations

from django.db import models

from jibungoto.records.models.community import CommunityRow
from jibungoto.records.models.explain import BriefLinkRow, BriefRow


class Channel(models.TextChoices):
    """How a brief travels."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class RhythmRow(models.Model):
    """A brief that is drafted again and again; ``last_for`` is the day of the newest draft.

    ``to`` lists who is to get it, each with name, channel, address and language.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="rhythms")
    kind = models.CharField(max_length=20)
    audience = models.CharField(max_length=20)
    day = models.PositiveSmallIntegerField()
    to = models.JSONField(default=list)
    last_for = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "audience"], name="one_rhythm_of_a_brief"
            )
        ]


class SendingRow(models.Model):
    """One brief to one address: it waits until a person sends it, and stays as what was sent.

    ``stakeholder`` is the number of whoever it is for, where they are on the map; ``attached`` is
    the ending of the file that goes along. Once a person said so (``approved_at``, ``read_at`` the
    address at which links open) the worker tries, ``tries`` times so far, ``next_at`` the earliest
    next time. ``handed_at`` is when the last try began to hand it over: it may have arrived.
    ``problem_ja`` and ``problem_en`` say why a try failed; ``link`` is the one it carried.
    """

    brief = models.ForeignKey(BriefRow, on_delete=models.CASCADE, related_name="sendings")
    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    stakeholder = models.PositiveBigIntegerField(null=True)
    link = models.ForeignKey(
        BriefLinkRow, null=True, on_delete=models.SET_NULL, related_name="sendings"
    )
    problem_ja = models.CharField(max_length=500, blank=True)
    problem_en = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    attached = models.CharField(max_length=10, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.PositiveBigIntegerField(null=True)
    read_at = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "channel", "address"], name="one_sending_to_an_address"
            )
        ]
