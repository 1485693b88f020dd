from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("products", "0003_mark_entitlements")]

    operations = [DropOwnIndexes([("product", "unit")])]
