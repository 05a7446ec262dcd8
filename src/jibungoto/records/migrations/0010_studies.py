"""Questions, business records per account, who belongs to an account, and money models."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_team_and_stakeholders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BusinessFileRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("digest", models.CharField(max_length=64)),
                ("outcome", models.CharField(max_length=200)),
                ("outcome_key", models.CharField(max_length=200)),
                ("read", models.PositiveIntegerField()),
                ("kept", models.PositiveIntegerField()),
                ("repeated", models.PositiveIntegerField()),
                ("other", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=list)),
                ("gaps", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("taken_out_at", models.DateTimeField(null=True)),
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
                        related_name="business_files",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BusinessRecordRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("period", models.CharField(max_length=12)),
                ("value", models.FloatField()),
                ("segment", models.CharField(blank=True, max_length=200)),
                ("joined", models.CharField(blank=True, max_length=12)),
                ("since", models.CharField(blank=True, max_length=12)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="records.businessfilerow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MoneyModelRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("given", models.JSONField(default=dict)),
                ("study", models.PositiveIntegerField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=200)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField(auto_now=True)),
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
                        related_name="money_models",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StudyRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("registration", models.JSONField()),
                ("edits", models.JSONField(default=list)),
                ("registered_at", models.DateTimeField(auto_now_add=True)),
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
                        related_name="studies",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountLinkRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("domains", models.JSONField(default=list)),
                ("people", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now=True)),
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
                        related_name="account_links",
                        to="records.communityrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "account"), name="one_link_per_account"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="businessfilerow",
            index=models.Index(
                fields=["community", "outcome_key", "number"], name="records_bus_communi_6da577_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="businessfilerow",
            constraint=models.UniqueConstraint(
                fields=("community", "number"), name="one_number_per_business_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="businessrecordrow",
            constraint=models.UniqueConstraint(
                fields=("file", "account", "period"), name="one_value_per_account_and_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="moneymodelrow",
            constraint=models.UniqueConstraint(
                fields=("community", "key"), name="one_row_per_money_model"
            ),
        ),
        migrations.AddConstraint(
            model_name="studyrow",
            constraint=models.UniqueConstraint(
                fields=("community", "number"), name="one_number_per_study"
            ),
        ),
    ]
