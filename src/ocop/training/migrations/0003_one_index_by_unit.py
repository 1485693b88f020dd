from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("training", "0002_lists_in_their_order")]

    operations = [DropOwnIndexes([("body", "unit"), ("course", "unit"), ("need", "unit"), ("yearplan", "unit")])]
