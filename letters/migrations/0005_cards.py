"""Share cards: which picture was drawn for which text."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0004_organization_look'),
    ]

    operations = [
        migrations.CreateModel(
            name='Card',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='card', serialize=False, to='letters.lettertext')),
                ('organization', models.CharField(max_length=120, verbose_name='name shown')),
                ('accent', models.CharField(blank=True, max_length=7, verbose_name='colour shown')),
                ('design', models.PositiveSmallIntegerField(verbose_name='design')),
                ('digest', models.CharField(blank=True, max_length=20, verbose_name='SHA-256, shortened')),
                ('file', models.CharField(blank=True, max_length=120, verbose_name='file')),
                ('made_at', models.DateTimeField(verbose_name='made')),
            ],
            options={
                'verbose_name': 'card',
                'verbose_name_plural': 'cards',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('file', '')), models.Q(models.Q(('digest', ''), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='card_digest_has_file')],
            },
        ),
    ]
