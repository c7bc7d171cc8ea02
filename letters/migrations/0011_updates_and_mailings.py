"""Updates of a letter, and mails to many signatories of it."""

import django.db.models.deletion
import letters.languages
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0010_names_declined'),
    ]

    operations = [
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='number')),
                ('language', models.CharField(default='en', max_length=12, validators=[letters.languages.check_language], verbose_name='language')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('body', models.TextField(help_text='Markdown.', max_length=20000, verbose_name='text')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('letter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='letters.letter', verbose_name='letter')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'update',
                'verbose_name_plural': 'updates',
                'constraints': [
                    models.UniqueConstraint(fields=('letter', 'number'), name='update_one_per_number'),
                    models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('number', None), ('published_at', None)), models.Q(('number__gt', 0), ('published_at__isnull', False), models.Q(('title', ''), _negated=True), models.Q(('body', ''), _negated=True)), _connector='OR'), name='update_published_is_whole'),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='update_immutable_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "letter_id", "number", "language", "title", "body", "published_at" or delete rows from % table\', TG_TABLE_NAME;', hash='d3964a499f016c0ee7ea47e5f332aed78e1560a5', operation='UPDATE OF "letter_id", "number", "language", "title", "body", "published_at" OR DELETE', pgid='pgtrigger_update_immutable_once_published_4e59f', table='letters_update', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('update', 'An update'), ('closed', 'The letter has closed'), ('amended', 'The text was amended')], max_length=20, verbose_name='kind')),
                ('state', models.CharField(choices=[('running', 'Mails are being queued'), ('done', 'All mails are queued'), ('stopped', 'Stopped')], default='running', max_length=8, verbose_name='state')),
                ('after', models.BigIntegerField(default=0)),
                ('queued', models.PositiveIntegerField(default=0, verbose_name='mails queued')),
                ('created_at', models.DateTimeField(verbose_name='begun')),
                ('begins_at', models.DateTimeField(verbose_name='queued from')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailings', to='letters.letter', verbose_name='letter')),
                ('update', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mailing', to='letters.update')),
                ('text', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mailing', to='letters.lettertext')),
            ],
            options={
                'verbose_name': 'mailing',
                'verbose_name_plural': 'mailings',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'update'), ('text', None), ('update__isnull', False)), models.Q(('kind', 'closed'), ('text', None), ('update', None)), models.Q(('kind', 'amended'), ('text__isnull', False), ('update', None)), _connector='OR'), name='mailing_tells_of_one_thing'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'running')), models.Q(('ended_at__isnull', False), ('state__in', ('done', 'stopped'))), _connector='OR'), name='mailing_ended_has_time'),
                    models.UniqueConstraint(condition=models.Q(('kind', 'closed')), fields=('letter',), name='mailing_closes_once'),
                ],
                'indexes': [
                    models.Index(condition=models.Q(('state', 'running')), fields=['begins_at'], name='mailing_running'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_kind_known',
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('reply', 'Answer to a form'), ('reminder', 'Not confirmed yet'), ('signed', 'You signed'), ('withdrawn', 'Your signature was withdrawn'), ('link', 'A link to the signature'), ('data', 'A link to the data'), ('removed', 'Your signature was removed'), ('hidden', 'Your name is not shown'), ('answer', 'Answer to a report'), ('update', 'An update'), ('closed', 'The letter has closed'), ('amended', 'The text was amended')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reply', 'reminder', 'signed', 'withdrawn', 'link', 'data', 'removed', 'hidden', 'answer', 'update', 'closed', 'amended'])), name='message_kind_known'),
        ),
        migrations.AddField(
            model_name='message',
            name='mailing',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='letters.mailing', verbose_name='mailing'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('mailing__isnull', False)), fields=['mailing', 'state'], name='message_of_mailing'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('email_sealed__isnull', False), ('state', 'confirmed'), ('updates', True)), fields=['letter', 'id'], name='signature_subscribers'),
        ),
    ]
