"""The team, its cover, stakeholders and what they were sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_briefs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountRow",
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
                        choices=[
                            ("account", "Account"),
                            ("domain", "Domain"),
                            ("money", "Money"),
                            ("venue", "Venue"),
                            ("contract", "Contract"),
                            ("template", "Template"),
                            ("list", "List"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("admins", models.JSONField(default=list)),
                ("where", models.CharField(blank=True, max_length=300)),
                ("renewal", models.DateField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StakeholderRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("department", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ceo", "ceo"),
                            ("cfo", "cfo"),
                            ("cmo", "cmo"),
                            ("support", "support"),
                            ("product", "product"),
                            ("sales", "sales"),
                            ("boss", "boss"),
                            ("legal", "legal"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("revenue", "revenue"),
                            ("cost", "cost"),
                            ("product", "product"),
                            ("brand", "brand"),
                            ("risk", "risk"),
                            ("people", "people"),
                        ],
                        max_length=10,
                    ),
                ),
                ("influence", models.PositiveSmallIntegerField(default=1)),
                ("stance", models.SmallIntegerField(default=0)),
                ("question_ja", models.CharField(blank=True, max_length=500)),
                ("question_en", models.CharField(blank=True, max_length=500)),
                ("is_supervisor", models.BooleanField(default=False)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stakeholders",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("brief", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("sent", models.DateField()),
                ("opened", models.DateField(null=True)),
                ("replied", models.DateField(null=True)),
                ("decision", models.CharField(blank=True, max_length=500)),
                ("decided", models.DateField(null=True)),
                ("activity", models.JSONField(default=list)),
                ("outcome", models.JSONField(default=list)),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="records.stakeholderrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContactRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("peer", models.CharField(blank=True, max_length=200)),
                ("day", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("talk", "Talk"), ("meeting", "Meeting"), ("message", "Message")],
                        max_length=10,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=1000)),
                ("next_step", models.CharField(blank=True, max_length=500)),
                ("decision", models.CharField(blank=True, max_length=500)),
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
                        related_name="contacts",
                        to="records.communityrow",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="records.stakeholderrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamMemberRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("manager", "manager"),
                            ("deputy", "deputy"),
                            ("supervisor", "supervisor"),
                            ("analyst", "analyst"),
                            ("ops", "ops"),
                            ("external", "external"),
                        ],
                        max_length=12,
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_members",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CoverRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ability", models.CharField(max_length=4)),
                (
                    "part",
                    models.CharField(
                        choices=[("holds", "holds"), ("backs_up", "backs_up")], max_length=10
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(null=True)),
                ("last_used", models.DateField(null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="records.teammemberrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TeamRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_isolation_released", models.BooleanField(default=False)),
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team",
                        to="records.communityrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AlertRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("acknowledged", "acknowledged"),
                            ("snoozed", "snoozed"),
                            ("resolved", "resolved"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("critical", "critical"), ("warn", "warn"), ("info", "info")],
                        max_length=10,
                    ),
                ),
                ("first_seen", models.DateField()),
                ("last_seen", models.DateField()),
                ("snoozed_until", models.DateField(null=True)),
                ("evidence", models.JSONField(default=list)),
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
                        related_name="alerts",
                        to="records.communityrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("community", "rule"), name="one_alert_per_rule")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stakeholderrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("influence__gte", 1),
                    ("influence__lte", 3),
                    ("stance__gte", -2),
                    ("stance__lte", 2),
                ),
                name="stakeholder_on_the_map",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryrow",
            constraint=models.UniqueConstraint(
                fields=("stakeholder", "brief"), name="one_delivery_of_a_brief"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("peer", ""), ("stakeholder__isnull", False)),
                    models.Q(("stakeholder__isnull", True), models.Q(("peer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="contact_with_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("member", "ability"),
                name="one_part_in_an_ability",
            ),
        ),
    ]
