"""Series and chapters with their values, and randomised comparisons."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_organisations_and_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScopeFindingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("series", "series"), ("chapter", "chapter")], max_length=10
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("measure", models.CharField(max_length=60)),
                ("part", models.CharField(blank=True, max_length=60)),
                ("as_of", models.DateField()),
                ("value", models.FloatField(null=True)),
                ("numerator", models.FloatField(null=True)),
                ("denominator", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("n", models.IntegerField(null=True)),
                ("quality", models.CharField(max_length=20)),
                ("reason_ja", models.TextField(blank=True)),
                ("reason_en", models.TextField(blank=True)),
                ("definition_version", models.PositiveIntegerField(default=1)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scope_findings",
                        to="records.answerrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScopeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("series", "series"), ("chapter", "chapter")], max_length=10
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=80)),
                ("parts", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scopes",
                        to="records.communityrow",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrialRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("question", models.JSONField()),
                ("drawn", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                ("counted", models.JSONField(null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trials",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="scopefindingrow",
            index=models.Index(
                fields=["answer", "kind", "key", "measure", "as_of"], name="scope_findings_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoperow",
            constraint=models.UniqueConstraint(
                fields=("community", "kind", "key"), name="one_scope_of_a_kind_and_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="trialrow",
            constraint=models.UniqueConstraint(
                fields=("community", "number"), name="one_number_per_trial"
            ),
        ),
    ]
