from django.db import migrations

from ocop.kit.db import append_only_triggers


class Migration(migrations.Migration):

    dependencies = [("funding", "0001_initial")]

    # A merged producer takes its entries along, with the words by which they are found; nothing else ever changes.
    operations = [append_only_triggers("funding_fundentry", mutable=("producer_id", "search_text", "search_exact"))]
