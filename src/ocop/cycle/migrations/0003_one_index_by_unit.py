from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("cycle", "0002_lists_in_their_order")]

    operations = [DropOwnIndexes([("businessplan", "unit"), ("cyclecalendar", "unit"), ("idea", "unit"), ("seasonalexception", "unit"), ("selectionmeeting", "unit")])]
