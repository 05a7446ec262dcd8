"""Who asked not to be recorded outlives their handle; names are written before they are seen."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Coalesce


def keep_refused(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """List the pseudonyms of everybody who had asked before there was a list."""
    handles = apps.get_model("records", "HandleRow").objects
    refused = apps.get_model("records", "RefusedRow").objects
    asked = models.Q(person__opted_out_at__isnull=False)
    asked |= models.Q(person__merged__opted_out_at__isnull=False)
    rows = handles.filter(asked | models.Q(born__opted_out_at__isnull=False)).distinct()
    columns = ("community_id", "actor", "person__opted_out_at", "community__made_at")
    refused.bulk_create(
        (
            refused.model(community_id=community, actor=actor, at=asked_at or made_at)
            for community, actor, asked_at, made_at in rows.values_list(*columns)
        ),
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0005_one_standing")]

    operations = [
        migrations.AddField(
            "communityrow", "names_stamp", models.PositiveBigIntegerField(default=1)
        ),
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused",
                        to="records.communityrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "actor"), name="one_refusal_per_actor"
                    )
                ]
            },
        ),
        *(
            migrations.AlterField(
                name,
                "community",
                models.ForeignKey(
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name=related,
                    to="records.communityrow",
                ),
            )
            for name, related in (("personrow", "people"), ("handlerow", "handles"))
        ),
        *(
            migrations.AddField(name, "hidden_for", models.BigIntegerField(null=True))
            for name in ("personrow", "handlerow")
        ),
        migrations.AddIndex(
            "handlerow",
            models.Index(
                condition=models.Q(("is_bot", True)), fields=["community"], name="handles_of_bots"
            ),
        ),
        migrations.AddIndex(
            "handlerow",
            models.Index(
                condition=models.Q(("is_admin", True)),
                fields=["community"],
                name="handles_of_admins",
            ),
        ),
        migrations.AddIndex(
            "personrow",
            models.Index(
                "community",
                Coalesce(
                    models.Func("reading", template="NULLIF(%(expressions)s, '')"),
                    "name",
                    output_field=models.CharField(),
                ),
                "name",
                "number",
                name="people_by_name",
            ),
        ),
        migrations.AddIndex(
            "standingrow",
            models.Index(
                fields=["roll", "kind", "is_opted_out", "is_at_least", "unknown"],
                name="standing_doubts",
            ),
        ),
        migrations.RunPython(keep_refused, migrations.RunPython.noop),
    ]
