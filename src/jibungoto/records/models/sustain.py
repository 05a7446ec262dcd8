"""The team and what it covers, who asks about the community, and what they were sent and said."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.records.models.community import CommunityRow
from jibungoto.sustain.alerts import AlertState
from jibungoto.sustain.askers import AskerKind, Interest
from jibungoto.sustain.rules.rule import Severity
from jibungoto.sustain.team import Function, Part


class TeamRow(models.Model):
    """What holds for a community's team as a whole.

    Isolation belongs to the manager first; it is shown to others once it is released.
    """

    community = models.OneToOneField(CommunityRow, on_delete=models.CASCADE, related_name="team")
    is_isolation_released = models.BooleanField(default=False)


class TeamMemberRow(models.Model):
    """Somebody in the team from ``since`` until the day before ``until``."""

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="team_members"
    )
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Function])
    hours = models.PositiveSmallIntegerField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class CoverRow(models.Model):
    """What a member has agreed to do for an ability, half open in days."""

    member = models.ForeignKey(TeamMemberRow, on_delete=models.CASCADE, related_name="covers")
    ability = models.CharField(max_length=4)
    part = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Part])
    hours = models.PositiveSmallIntegerField(null=True)
    last_used = models.DateField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "ability"],
                condition=models.Q(until=None),
                name="one_part_in_an_ability",
            )
        ]


class AccountKind(models.TextChoices):
    """What a community depends on."""

    ACCOUNT = "account"
    DOMAIN = "domain"
    MONEY = "money"
    VENUE = "venue"
    CONTRACT = "contract"
    TEMPLATE = "template"
    LIST = "list"


class AccountRow(models.Model):
    """Something the community depends on: where it is, who administers it, when it runs out."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="accounts")
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    name = models.CharField(max_length=200)
    admins = models.JSONField(default=list)
    where = models.CharField(max_length=300, blank=True)
    renewal = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class StakeholderRow(models.Model):
    """Somebody who asks about the community, and the question behind their question."""

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="stakeholders"
    )
    name = models.CharField(max_length=200)
    department = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in AskerKind])
    interest = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Interest])
    influence = models.PositiveSmallIntegerField(default=1)
    stance = models.SmallIntegerField(default=0)
    question_ja = models.CharField(max_length=500, blank=True)
    question_en = models.CharField(max_length=500, blank=True)
    is_supervisor = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(influence__gte=1, influence__lte=3, stance__gte=-2)
                & models.Q(stance__lte=2),
                name="stakeholder_on_the_map",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ContactKind(models.TextChoices):
    """How somebody was talked to."""

    TALK = "talk"
    MEETING = "meeting"
    MESSAGE = "message"


class ContactRow(models.Model):
    """One talk with a stakeholder; without one, with somebody who does the same work elsewhere."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="contacts")
    stakeholder = models.ForeignKey(
        StakeholderRow, null=True, on_delete=models.CASCADE, related_name="contacts"
    )
    peer = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    outcome = models.CharField(max_length=1_000, blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stakeholder__isnull=False, peer="")
                | (models.Q(stakeholder__isnull=True) & ~models.Q(peer="")),
                name="contact_with_somebody",
            )
        ]


class DeliveryRow(models.Model):
    """A brief (by its key) that was sent to a stakeholder: opened, replied to, decided on.

    ``activity`` and ``outcome`` are the measures in it: counts of doings, and everything else.
    """

    stakeholder = models.ForeignKey(
        StakeholderRow, on_delete=models.CASCADE, related_name="deliveries"
    )
    brief = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    sent = models.DateField()
    opened = models.DateField(null=True)
    replied = models.DateField(null=True)
    decision = models.CharField(max_length=500, blank=True)
    decided = models.DateField(null=True)
    activity = models.JSONField(default=list)
    outcome = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stakeholder", "brief"], name="one_delivery_of_a_brief")
        ]


class AlertRow(models.Model):
    """A rule that fires or fired in a community, and what a person said of it."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="alerts")
    rule = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in AlertState])
    severity = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Severity])
    first_seen = models.DateField()
    last_seen = models.DateField()
    snoozed_until = models.DateField(null=True)
    evidence = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "rule"], name="one_alert_per_rule")
        ]
