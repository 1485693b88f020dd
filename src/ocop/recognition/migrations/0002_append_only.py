from django.db import migrations

from ocop.kit.db import append_only_triggers


class Migration(migrations.Migration):

    dependencies = [("recognition", "0001_initial"), ("audit", "0002_append_only")]

    operations = [append_only_triggers("recognition_certificatechange")]
