"""How many may take part in an event, and the tag it asks people to use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0016_what_pages_count")]

    operations = [
        migrations.AddField("initiativerow", "capacity", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "initiativerow",
            "hashtag",
            models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
    ]
