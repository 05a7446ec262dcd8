"""When anybody last fitted a segment, since when nobody does, and which is asked for by hand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0018_briefs_by_the_worker")]

    operations = [
        migrations.AddField("segmentrow", "met_on", models.DateField(null=True)),
        migrations.AddField("segmentrow", "emptied_on", models.DateField(null=True)),
        migrations.AddField("segmentrow", "noted_for", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("segmentrow", "wanted_at", models.DateTimeField(null=True)),
    ]
