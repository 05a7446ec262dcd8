"""What a source itself calls somebody who is shown by another name, apart from their links."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_AT_ONCE = 500


def _take_apart(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give user names, which stood as ``@name`` among the links, the field of their own."""
    handles = apps.get_model("records", "HandleRow").objects
    changed = []
    for one in handles.filter(links__contains="@").only("pk", "links").iterator(_AT_ONCE):
        told = one.links.split()
        one.user_name = next((link[1:301] for link in told if link.startswith("@")), "")
        one.links = " ".join(link for link in told if not link.startswith("@"))
        changed.append(one)
    handles.bulk_update(changed, ["user_name", "links"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("records", "0020_voices")]

    operations = [
        migrations.AddField(
            "handlerow",
            "user_name",
            models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(_take_apart, migrations.RunPython.noop, elidable=True),
    ]
