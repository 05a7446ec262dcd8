"""Organisations, and who belongs to them by a person's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.records.models.community import CommunityRow


class OrganisationRow(models.Model):
    """Somebody's employer, school or association; ``domains`` are those of its mail.

    One of the two names may be empty. ``spellings`` are what people write for it themselves.
    """

    community = models.ForeignKey(
        CommunityRow, on_delete=models.CASCADE, related_name="organisations"
    )
    number = models.PositiveIntegerField()
    name_ja = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in OrganisationKind]
    )
    domains = models.JSONField(default=list)
    spellings = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"], name="one_number_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.name_ja or self.name_en


class AffiliationRow(models.Model):
    """Somebody belongs to an organisation, half open in days; ``is_refused`` says they do not.

    They are named by the pseudonyms of all names they had when it was said, a row each, so that
    it outlives a handle whose export is taken out.
    """

    organisation = models.ForeignKey(
        OrganisationRow, on_delete=models.CASCADE, related_name="affiliations"
    )
    actor = models.CharField(max_length=32, db_index=True)
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    is_refused = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
