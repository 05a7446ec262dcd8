"""Briefs, what each froze, and the links that open them."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

STATES = [("draft", "Draft"), ("issued", "Issued"), ("corrected", "Corrected")]


class Migration(migrations.Migration):
    """Briefs, what each froze, and the links that open them."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("records", "0007_plans")]
    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="BriefRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("audience", models.CharField(max_length=20)),
                ("as_of", models.DateField()),
                ("state", models.CharField(choices=STATES, default="draft", max_length=10)),
                ("content", models.JSONField()),
                ("revisions", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("package", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="briefs",
                        to="records.communityrow",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="corrections",
                        to="records.briefrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BriefLinkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("last_opened_at", models.DateTimeField(null=True)),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="records.briefrow",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="briefrow",
            constraint=models.UniqueConstraint(
                fields=("community", "number"), name="one_number_per_brief"
            ),
        ),
    ]
