from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("promotion", "0002_lists_in_their_order")]

    operations = [DropOwnIndexes([("communicationitem", "unit"), ("communicationplan", "unit"), ("fair", "unit"), ("purchaserequest", "unit"), ("salepoint", "unit"), ("useplace", "unit")])]
