"""Briefs by the calendar, and who is to get them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_studies"),
    ]

    operations = [
        migrations.CreateModel(
            name="RhythmRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("audience", models.CharField(max_length=20)),
                ("day", models.PositiveSmallIntegerField()),
                ("to", models.JSONField(default=list)),
                ("last_for", models.DateField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rhythms",
                        to="records.communityrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "kind", "audience"), name="one_rhythm_of_a_brief"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Mail"), ("webhook", "Webhook")], max_length=10
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                ("language", models.CharField(max_length=2)),
                ("stakeholder", models.PositiveBigIntegerField(null=True)),
                ("problem_ja", models.CharField(blank=True, max_length=500)),
                ("problem_en", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sendings",
                        to="records.briefrow",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sendings",
                        to="records.brieflinkrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("brief", "channel", "address"), name="one_sending_to_an_address"
                    )
                ],
            },
        ),
    ]
