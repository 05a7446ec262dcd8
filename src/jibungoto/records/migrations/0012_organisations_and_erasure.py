"""Organisations and who belongs to them, links that people declare, and erasures."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def _write_facts_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let facts have their new column: written anew, and never compared with those before."""
    rows = {
        name: apps.get_model("records", name)._default_manager.using(editor.connection.alias)
        for name in ("CommunityRow", "AnswerRow")
    }
    rows["CommunityRow"].update(facts_stamp=F("facts_stamp") + 1)
    rows["AnswerRow"].update(facts_stamp=0)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_sending"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AffiliationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(db_index=True, max_length=32)),
                ("from_day", models.DateField(null=True)),
                ("to_day", models.DateField(null=True)),
                ("is_refused", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="ErasureRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("handles", models.PositiveIntegerField()),
                ("mentions", models.PositiveIntegerField(default=0)),
                ("cleaned_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name_ja", models.CharField(blank=True, max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own", "own"),
                            ("partner", "partner"),
                            ("customer", "customer"),
                            ("public", "public"),
                            ("school", "school"),
                            ("nonprofit", "nonprofit"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("domains", models.JSONField(default=list)),
                ("spellings", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="handlerow",
            name="links",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="lookalikerow",
            name="heard_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="records.teammemberrow",
            ),
        ),
        migrations.AddField(
            model_name="lookalikerow",
            name="how",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="refusedrow",
            name="is_erased",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="affiliationrow",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="erasurerow",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="erasurerow",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="erasures",
                to="records.communityrow",
            ),
        ),
        migrations.AddField(
            model_name="organisationrow",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="organisations",
                to="records.communityrow",
            ),
        ),
        migrations.AddField(
            model_name="organisationrow",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="affiliationrow",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="affiliations",
                to="records.organisationrow",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationrow",
            constraint=models.UniqueConstraint(
                fields=("community", "number"), name="one_number_per_organisation"
            ),
        ),
        migrations.RunPython(_write_facts_again, migrations.RunPython.noop),
    ]
