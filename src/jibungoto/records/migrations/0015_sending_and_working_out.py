"""What a person sent is on its way; what takes longer than a page is worked out by the worker."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_scopes_and_trials"),
    ]

    operations = [
        migrations.AddField(
            model_name="briefrow",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="briefrow",
            name="asked_by",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="briefrow",
            name="problem_en",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="briefrow",
            name="problem_ja",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="briefrow",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="allows_negative",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="is_share",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="path",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="problem_en",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="problem_ja",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="state",
            field=models.CharField(
                choices=[("waiting", "Waiting"), ("in", "In"), ("refused", "Refused")],
                default="in",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="businessfilerow",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="approved_by",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="attached",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="handed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="next_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="read_at",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="sendingrow",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="businessfilerow",
            name="kept",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="businessfilerow",
            name="read",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="businessfilerow",
            name="repeated",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="WorkedOutRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=240)),
                ("stamp", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="worked_out",
                        to="records.communityrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "about"), name="one_answer_worked_out"
                    )
                ],
            },
        ),
    ]
