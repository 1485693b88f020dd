from django.db import migrations

from ocop.kit.migrating import DropOwnIndexes


class Migration(migrations.Migration):

    dependencies = [("partners", "0002_lists_in_their_order")]

    operations = [DropOwnIndexes([("partner", "unit"), ("partnerassessment", "unit"), ("partnerconference", "unit"), ("partnercontract", "unit"), ("partnermessage", "unit")])]
