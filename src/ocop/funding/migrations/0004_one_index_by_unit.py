from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("funding", "0003_lists_in_their_order")]

    operations = [
        DropOwnIndexes([("fundentry", "unit"), ("supportrequest", "unit")]),
        migrations.RemoveIndex(model_name="fundentry", name="funding_entry_unit"),
    ]
