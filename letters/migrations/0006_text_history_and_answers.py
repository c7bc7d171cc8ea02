"""The answer to a letter, how many signatures stand on each of its texts, and its removals found quickly."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

FILL = """
UPDATE letters_tally AS tally SET by_text = counted.numbers FROM (
SELECT letter_id, jsonb_object_agg(number, rows) AS numbers FROM (
SELECT signature.letter_id, text.number, count(*) AS rows
FROM letters_signature AS signature JOIN letters_lettertext AS text ON text.id = signature.text_id
WHERE signature.tallied IN ('shown', 'private', 'erased') GROUP BY signature.letter_id, text.number
) AS each GROUP BY letter_id
) AS counted WHERE counted.letter_id = tally.letter_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0005_cards'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='answer',
            field=models.TextField(blank=True, help_text='Markdown.', max_length=20000, verbose_name='answer'),
        ),
        migrations.AddField(
            model_name='letter',
            name='answered_by',
            field=models.CharField(blank=True, max_length=160, verbose_name='who answered'),
        ),
        migrations.AddField(
            model_name='tally',
            name='by_text',
            field=models.JSONField(default=dict, verbose_name='by text'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='leaf',
            index=models.Index(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Substr('data', 1, 6), models.Value(b'{"i":['))), fields=['letter', 'index'], name='leaf_lists'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', '')), models.Q(('answered_at__isnull', False), models.Q(('answered_by', ''), _negated=True), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='letter_answer_is_whole'),
        ),
    ]
