"""Letters are found whatever the accents of their titles."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_languages")]
    operations = [UnaccentExtension()]
