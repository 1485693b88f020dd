from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("quality", "0002_lists_in_their_order")]

    operations = [DropOwnIndexes([("plan", "unit"), ("programme", "unit"), ("proposal", "unit"), ("reception", "unit"), ("remedy", "unit"), ("violation", "unit"), ("visit", "unit")])]
