from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0015_sending_and_working_out"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="handlerow",
            index=models.Index(fields=["community", "source", "person"], name="handles_by_source"),
        ),
        migrations.AddIndex(
            model_name="handlerow",
            index=models.Index(
                fields=["community", "organisation", "person"], name="handles_by_organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="handlerow",
            index=models.Index(fields=["community", "email", "person"], name="handles_by_email"),
        ),
        migrations.RemoveIndex(model_name="standingrow", name="standing_counted"),
        # Asked of a kind of people it led the planner through every row.
        migrations.RemoveIndex(model_name="standingrow", name="records_sta_roll_id_7b24f8_idx"),
        migrations.AddIndex(
            model_name="standingrow",
            index=models.Index(
                fields=[
                    "roll",
                    "kind",
                    "is_opted_out",
                    "stage",
                    "is_dormant",
                    "person",
                    "joined_day",
                    "first_day",
                    "last_day",
                ],
                name="standing_sized",
            ),
        ),
    ]
