"""One standing a person that answers move on; answers are derived, and worked out again."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_DERIVED = ("FindingRow", "StandingRow", "StepRow", "SuggestionRow", "AnswerRow")


def _forget(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in _DERIVED:
        rows = apps.get_model("records", name)._default_manager.using(editor.connection.alias)
        rows.all()._raw_delete(editor.connection.alias)


class Migration(migrations.Migration):
    """Answers point at a roll, and standings belong to it."""

    dependencies = [("records", "0004_events")]
    run_before = [("records", "0006_refused_and_large")]

    operations = [
        migrations.RunPython(_forget, migrations.RunPython.noop),
        migrations.DeleteModel(name="StandingRow"),
        migrations.CreateModel(
            name="RollRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("moves", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rolls",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="answerrow",
            name="roll",
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="records.rollrow",
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="StandingRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("stage", models.PositiveSmallIntegerField()),
                ("since", models.DateField(null=True)),
                ("is_dormant", models.BooleanField(default=False)),
                ("is_at_least", models.BooleanField(default=False)),
                ("is_opted_out", models.BooleanField(default=False)),
                ("unknown", models.JSONField(default=list)),
                ("evidence", models.JSONField(default=list)),
                ("joined_day", models.DateField(null=True)),
                ("joined_exact", models.BooleanField(default=False)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("acts", models.PositiveIntegerField(default=0)),
                ("satisfied", models.PositiveSmallIntegerField(default=0)),
                ("history", models.JSONField(default=list)),
                ("digest", models.BigIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="records.personrow",
                    ),
                ),
                (
                    "roll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="records.rollrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["roll", "stage", "is_dormant"],
                        name="records_sta_roll_id_7b24f8_idx",
                    ),
                    models.Index(
                        fields=["roll", "kind", "is_opted_out", "stage", "is_dormant"],
                        name="standing_counted",
                    ),
                    models.Index(fields=["roll", "person", "acts"], name="standing_acts"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roll", "person"), name="one_standing_per_person"
                    )
                ],
            },
        ),
    ]
