"""Events: when, how and how many, and what a person decided of an export."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_one_person")]

    operations = [
        migrations.AddField("intakerow", "decided", models.JSONField(default=dict)),
        migrations.AddField(
            "intakerow",
            "asked",
            models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField("intakerow", "met", models.JSONField(default=dict)),
        migrations.AddField(
            "initiativerow",
            "mode",
            models.CharField(
                blank=True,
                choices=[("venue", "venue"), ("online", "online"), ("hybrid", "hybrid")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField("initiativerow", "starts_at", models.DateTimeField(null=True)),
        migrations.AddField("initiativerow", "ends_at", models.DateTimeField(null=True)),
        migrations.AddField("initiativerow", "edition", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "initiativerow",
            "series",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField("initiativerow", "is_cancelled", models.BooleanField(default=False)),
        *(
            migrations.AddField("initiativerow", name, models.PositiveIntegerField(null=True))
            for name in ("registered", "waiting", "attended", "viewers")
        ),
    ]
