"""Count people and their acts from indexes: a standing's own row carries a whole history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes that hold all that lists and shares count."""

    dependencies = [("records", "0001_initial")]
    run_before = [("records", "0003_one_person")]

    operations = [
        migrations.AddIndex(
            model_name="standingrow",
            index=models.Index(
                fields=["answer", "kind", "is_opted_out", "stage", "is_dormant"],
                name="standing_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="standingrow",
            index=models.Index(fields=["answer", "person", "acts"], name="standing_acts"),
        ),
    ]
