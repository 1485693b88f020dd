from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("development", "0002_lists_in_their_order")]

    operations = [DropOwnIndexes([("advice", "unit"), ("consultant", "unit"), ("linkgroup", "unit"), ("obstacle", "unit"), ("organisationcase", "unit"), ("productsurvey", "unit"), ("researchlist", "unit"), ("starcandidate", "unit"), ("technology", "unit"), ("technologyneed", "unit"), ("valuechain", "unit")])]
