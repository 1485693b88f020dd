from django.db import migrations, models

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("quality", "0002_lists_in_their_order")]

    operations = [
        DropOwnIndexes([("plan", "unit"), ("programme", "unit"), ("proposal", "unit"), ("reception", "unit"), ("remedy", "unit"), ("violation", "unit"), ("visit", "unit")]),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["due_on", "-first_on", "id"], name="quality_visit_order"),
        ),
    ]
