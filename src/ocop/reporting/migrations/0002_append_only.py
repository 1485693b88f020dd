from django.db import migrations

from ocop.kit.db import append_only_triggers


class Migration(migrations.Migration):

    dependencies = [("reporting", "0001_initial"), ("audit", "0002_append_only")]

    operations = [append_only_triggers("reporting_frozenfigure"), append_only_triggers("reporting_frozenrows")]
