"""Plans, their versions and segments."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jibungoto.records.models.plan


class Migration(migrations.Migration):
    """Plans, their versions and segments."""

    dependencies = [
        ("records", "0006_refused_and_large"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                (
                    "feed_token",
                    models.CharField(
                        default=jibungoto.records.models.plan.new_token, max_length=64, unique=True
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="records.communityrow",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandCountRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("victory", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("value", models.FloatField()),
                ("note", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_counts",
                        to="records.planrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanVersionRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(default="draft", max_length=20)),
                ("value", models.JSONField(default=dict)),
                ("made_from", models.PositiveIntegerField(null=True)),
                ("stamp", models.PositiveBigIntegerField(default=1)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField()),
                ("in_force_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="records.planrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanVerdictRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=10)),
                ("lesson", models.TextField()),
                ("cards", models.JSONField(default=list)),
                ("day", models.DateField()),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdict",
                        to="records.planversionrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanReviewRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("seen", models.TextField(blank=True)),
                ("decided", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="records.planversionrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanAcknowledgementRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stakeholder", models.CharField(max_length=200)),
                ("stakeholder_number", models.PositiveBigIntegerField(null=True)),
                ("influence", models.PositiveSmallIntegerField()),
                ("day", models.DateField()),
                ("comment", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="records.planversionrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SegmentRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("rule", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="segments",
                        to="records.communityrow",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="planrow",
            constraint=models.UniqueConstraint(
                fields=("community", "key"), name="one_plan_per_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="handcountrow",
            constraint=models.UniqueConstraint(
                fields=("plan", "victory", "day"), name="one_count_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversionrow",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="one_version_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversionrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")),
                fields=("plan",),
                name="one_version_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="planacknowledgementrow",
            constraint=models.UniqueConstraint(
                fields=("version", "stakeholder"), name="one_acknowledgement_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="segmentrow",
            constraint=models.UniqueConstraint(
                fields=("community", "key"), name="one_segment_per_key"
            ),
        ),
        migrations.CreateModel(
            name="SegmentFindingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                        related_name="segment_findings",
                        to="records.answerrow",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="records.segmentrow",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="segmentfindingrow",
            index=models.Index(
                fields=["answer", "segment", "measure", "as_of"], name="segment_findings_asked"
            ),
        ),
    ]
