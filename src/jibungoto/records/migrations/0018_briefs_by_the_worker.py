"""What the worker is asked to do with a brief, the files it draws, and links tried in vain."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0017_seats_and_tags")]

    operations = [
        migrations.AddField(
            "briefrow",
            "deed",
            models.CharField(
                choices=[("issue", "Issue"), ("redraft", "Redraft"), ("correct", "Correct")],
                default="issue",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "briefrow",
            "ended_as",
            models.CharField(
                blank=True,
                choices=[("redrafted", "Redrafted"), ("unchanged", "Unchanged")],
                max_length=10,
            ),
        ),
        migrations.AddField("workedoutrow", "taken_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="BriefFileRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ending", models.CharField(max_length=10)),
                ("language", models.CharField(max_length=2)),
                ("revision", models.PositiveIntegerField()),
                ("content", models.BinaryField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("problem_ja", models.CharField(blank=True, max_length=1000)),
                ("problem_en", models.CharField(blank=True, max_length=1000)),
                (
                    "brief",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="records.briefrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("brief", "ending", "language"), name="one_file_of_a_brief"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedLinkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_hash", models.CharField(max_length=64, unique=True)),
                ("since", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
