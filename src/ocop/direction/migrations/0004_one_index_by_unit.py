from django.db import migrations, models

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("direction", "0003_lists_in_their_order")]

    operations = [
        DropOwnIndexes([("assignment", "province"), ("nomination", "unit"), ("review", "unit"), ("task", "unit"), ("workplan", "unit")]),
        migrations.RemoveIndex(model_name="task", name="direction_task_year"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["year", "last_on", "id"], name="direction_task_of_year"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["clause", "last_on", "id"], name="direction_task_of_clause"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["province", "-programme", "order", "id"], name="direction_assignment_list"),
        ),
    ]
