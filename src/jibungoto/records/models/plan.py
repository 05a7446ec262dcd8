"""Plans with all their versions, what was said of them, and the segments they speak of."""

from __future__ import annotations

from datetime import date
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from msgspec import ValidationError

from jibungoto.plan.programmes import series_served
from jibungoto.plan.states import State
from jibungoto.plan.stored import from_stored
from jibungoto.records.models.community import CommunityRow


def new_token() -> str:
    """Return a token nobody can guess."""
    return token_urlsafe(32)


class SegmentRow(models.Model):
    """A saved rule over people; ``rule`` is what the filter of a list says.

    ``met_on`` is the last counted day on which anybody fitted it, ``emptied_on`` the first one
    after which nobody did, as noted for the answers ``noted_for``. ``wanted_at`` says when
    somebody last asked for its measures.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="segments")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    rule = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)
    emptied_on = models.DateField(null=True)
    noted_for = models.PositiveBigIntegerField(null=True)
    wanted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="one_segment_per_key")
        ]

    def __str__(self) -> str:
        return self.name


class PlanRow(models.Model):
    """One plan through all its versions; who knows ``feed_token`` may read its calendar."""

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="plans")
    key = models.CharField(max_length=60)
    feed_token = models.CharField(max_length=64, unique=True, default=new_token)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="one_plan_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class PlanVersionRow(models.Model):
    """One version of a plan as a whole value; after it was in force it never changes.

    ``made_from`` is the number of the version before it. ``stamp`` rises with every save, so
    that two who edit the same draft are told of each other.
    """

    plan = models.ForeignKey(PlanRow, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    value = models.JSONField(default=dict)
    made_from = models.PositiveIntegerField(null=True)
    stamp = models.PositiveBigIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    in_force_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state=State.ACTIVE.value),
                name="one_version_in_force",
            ),
        ]

    @property
    def is_editable(self) -> bool:
        """Whether its text may still change."""
        return State(self.state).is_editable and self.dropped_at is None

    def series_served(self, day: date) -> frozenset[str]:
        """Return the keys of series and events it says serve its objective, held on a day.

        It says so of a day it was in force, and of any day while it is; a row of another release
        says nothing.
        """
        zone = ZoneInfo(self.plan.community.zone)
        since, until = (
            None if moment is None else moment.astimezone(zone).date()
            for moment in (self.in_force_at, self.closed_at)
        )
        if since is None or (until is not None and not since <= day <= until):
            return frozenset()
        try:
            return series_served(from_stored(self.value), day)
        except ValidationError:
            return frozenset()


class PlanAcknowledgementRow(models.Model):
    """A stakeholder has seen this version and agrees; name and influence as they were then."""

    version = models.ForeignKey(
        PlanVersionRow, on_delete=models.CASCADE, related_name="acknowledgements"
    )
    stakeholder = models.CharField(max_length=200)
    stakeholder_number = models.PositiveBigIntegerField(null=True)
    influence = models.PositiveSmallIntegerField()
    day = models.DateField()
    comment = models.TextField(blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "stakeholder"], name="one_acknowledgement_each"
            )
        ]


class PlanReviewRow(models.Model):
    """A look back at a version in force: what was seen, and what was decided next."""

    version = models.ForeignKey(PlanVersionRow, on_delete=models.CASCADE, related_name="reviews")
    day = models.DateField()
    seen = models.TextField(blank=True)
    decided = models.TextField(blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class PlanVerdictRow(models.Model):
    """How a plan ended: won, lost or void, and what was learnt.

    ``cards`` are the values of the scorecard as they stood when it was said.
    """

    version = models.OneToOneField(PlanVersionRow, on_delete=models.CASCADE, related_name="verdict")
    outcome = models.CharField(max_length=10)
    lesson = models.TextField()
    cards = models.JSONField(default=list)
    day = models.DateField()
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class HandCountRow(models.Model):
    """A number counted by hand for a victory condition that no data tells."""

    plan = models.ForeignKey(PlanRow, on_delete=models.CASCADE, related_name="hand_counts")
    victory = models.CharField(max_length=60)
    day = models.DateField()
    value = models.FloatField()
    note = models.TextField(blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "victory", "day"], name="one_count_a_day")
        ]
