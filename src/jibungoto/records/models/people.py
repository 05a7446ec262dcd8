"""Persons, the handles that lead to them, what they start, and who was talked to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from jibungoto.ledger.initiative import InitiativeKind, Mode, PlaceTag
from jibungoto.ledger.person import PersonKind
from jibungoto.records.models.community import CommunityRow
from jibungoto.records.models.gather import IntakeRow


def sounds_like(person: str = "") -> Coalesce:
    """Return what people are sorted by: the reading, or the name where nobody states one.

    ``person`` leads to them from another row, such as ``person__``. It is written as the index
    has it: a value apart from the SQL would keep it from being used.
    """
    stated = models.Func(f"{person}reading", template="NULLIF(%(expressions)s, '')")
    return Coalesce(stated, f"{person}name", output_field=models.CharField())


SOUNDS_LIKE = sounds_like()


class PersonRow(models.Model):
    """Who stands behind one or more handles.

    Every handle comes with a person of its own; where several are found to be one, the others
    are ``merged_into`` the oldest of them, and keep their number and what was said of them.
    One of no community is hidden: not here yet (``hidden_for`` an intake), or not any more.
    """

    community = models.ForeignKey(
        CommunityRow, null=True, on_delete=models.CASCADE, related_name="people", db_index=False
    )
    hidden_for = models.BigIntegerField(null=True)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    reading = models.CharField(max_length=300, blank=True)
    search = models.TextField(blank=True)
    opted_out_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="merged"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="one_number_per_person")
        ]
        indexes = [
            models.Index("community", SOUNDS_LIKE, "name", "number", name="people_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_opted_out(self) -> bool:
        """Say whether they asked not to be counted, under whatever name."""
        return self.opted_out_at is not None or (
            self.merged.filter(opted_out_at__isnull=False).exists()
        )


class RefusedRow(models.Model):
    """A pseudonym that no intake takes in, because its owner asked for it.

    It outlives handle and person: an export taken out and brought in again finds it. Whoever
    was erased (``is_erased``) has neither any more.
    """

    community = models.ForeignKey(CommunityRow, on_delete=models.CASCADE, related_name="refused")
    actor = models.CharField(max_length=32)
    at = models.DateTimeField()
    is_erased = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "actor"], name="one_refusal_per_actor")
        ]


class PersonKindRow(models.Model):
    """In which capacity a person takes part, half open in days; no row means member."""

    person = models.ForeignKey(PersonRow, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in PersonKind]
    )
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)


class HandleRow(models.Model):
    """A name in one source; the only way back from a pseudonym to a person.

    ``born`` is the person it came with (None: the same), ``person`` the one in effect: the
    oldest of all whom links join. It is hidden the way a person is.
    """

    community = models.ForeignKey(
        CommunityRow, null=True, on_delete=models.CASCADE, related_name="handles", db_index=False
    )
    hidden_for = models.BigIntegerField(null=True)
    born = models.ForeignKey(
        PersonRow, null=True, on_delete=models.CASCADE, related_name="born_handles"
    )
    person = models.ForeignKey(PersonRow, on_delete=models.RESTRICT, related_name="handles")
    source = models.CharField(max_length=40)
    actor = models.CharField(max_length=32)
    outside_id = models.CharField(max_length=200)
    name = models.CharField(max_length=300, blank=True)
    display_name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    typed_email = models.CharField(max_length=320, blank=True)
    reading = models.CharField(max_length=300, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    user_name = models.CharField(max_length=300, blank=True)
    """What the source itself calls them where they are shown by another name."""
    links = models.TextField(blank=True)
    """Accounts elsewhere that they name as theirs, such as ``github.com/aki``, by spaces."""
    is_admin = models.BooleanField(default=False)
    is_bot = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    is_deleted = models.BooleanField(default=False)
    is_mentioned_only = models.BooleanField(default=False)
    is_name_only = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "actor"], name="one_handle_per_actor")
        ]
        indexes = [
            models.Index(
                fields=["community"], condition=models.Q(is_bot=True), name="handles_of_bots"
            ),
            models.Index(
                fields=["community"], condition=models.Q(is_admin=True), name="handles_of_admins"
            ),
            # Pages ask these of everybody there is: rows are wide, and none of them is read.
            models.Index(fields=["community", "source", "person"], name="handles_by_source"),
            models.Index(
                fields=["community", "organisation", "person"], name="handles_by_organisation"
            ),
            models.Index(fields=["community", "email", "person"], name="handles_by_email"),
        ]


class HandleToldRow(models.Model):
    """What one intake told of a handle; the latest telling shows, undoing takes it back.

    It counts while the intake is in the log; it may be there a moment earlier or later.
    """

    intake = models.ForeignKey(IntakeRow, on_delete=models.CASCADE, related_name="handles_told")
    handle = models.ForeignKey(HandleRow, on_delete=models.CASCADE, related_name="told")
    told = models.JSONField()


class HandleSeenRow(models.Model):
    """When, how often and where a handle acted: what a person looks at before joining two."""

    handle = models.OneToOneField(HandleRow, on_delete=models.CASCADE, related_name="seen")
    first_day = models.DateField()
    last_day = models.DateField()
    acts = models.PositiveIntegerField()
    places = models.JSONField(default=list)


class LookAlikeState(models.TextChoices):
    """What a person said of two handles that may be one."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LATER = "later"


class LookAlikeRow(models.Model):
    """Two handles that may be one person, and what a person said of it.

    They are named by their pseudonyms, the smaller first, so that a decision outlives a handle
    whose export is taken out. An accepted one is a link. ``reasons`` is empty where a person
    joined or parted two without a proposal; ``is_answered`` says that other decisions settle it.
    ``was`` is the state before the decision, to which taking it back leads. Where the member
    said so themselves, ``how`` says in which way, and ``heard_by`` who of the team heard it.
    """

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="look_alikes"
    )
    one = models.CharField(max_length=32)
    other = models.CharField(max_length=32)
    reasons = models.JSONField(default=list)
    score = models.FloatField(default=0)
    state = models.CharField(
        max_length=10, choices=LookAlikeState.choices, default=LookAlikeState.OPEN
    )
    was = models.CharField(max_length=10, blank=True)
    is_answered = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(null=True)
    how = models.CharField(max_length=12, blank=True)
    heard_by = models.ForeignKey(
        "records.TeamMemberRow", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "one", "other"], name="one_row_per_look_alike"
            )
        ]
        indexes = [
            models.Index(fields=["community", "state", "is_answered", "-score"]),
            models.Index(fields=["community", "other"]),
        ]


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
    mode = models.CharField(
        max_length=10, choices=[(mode.value, mode.value) for mode in Mode], blank=True
    )
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(null=True)
    series = models.CharField(max_length=200, blank=True)
    is_cancelled = models.BooleanField(default=False)
    registered = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    attended = models.PositiveIntegerField(null=True)
    viewers = models.PositiveIntegerField(null=True)
    capacity = models.PositiveIntegerField(null=True)
    hashtag = models.CharField(max_length=100, blank=True)

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
