from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("producers", "0004_lists_in_their_order")]

    operations = [DropOwnIndexes([("association", "unit"), ("materialarea", "unit")])]
