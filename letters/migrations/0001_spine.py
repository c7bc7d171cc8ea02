"""The tables of the product: letters, signatures, outbox, mailboxes, tally, ledger, audit trail."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import django_countries.fields
import letters.crypto
import letters.models.letter
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(max_length=32, null=True)),
                ('domain', models.CharField(blank=True, max_length=253, verbose_name='mail domain')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('created_at', models.DateTimeField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'block',
                'verbose_name_plural': 'blocks',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(verbose_name='leaves')),
                ('root', models.BinaryField(max_length=32)),
                ('frontier', models.BinaryField()),
                ('at', models.DateTimeField(verbose_name='as of')),
                ('parts', models.JSONField(verbose_name='tally')),
                ('texts', models.PositiveSmallIntegerField(verbose_name='texts')),
                ('key', models.CharField(blank=True, max_length=240, verbose_name='key')),
                ('closed', models.BooleanField(verbose_name='closed')),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
            },
        ),
        migrations.CreateModel(
            name='KeyCheck',
            fields=[
                ('name', models.CharField(choices=[('pepper', 'Address pepper'), ('data', 'Data key'), ('ledger', 'Ledger key')], max_length=10, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=16)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'key check',
                'verbose_name_plural': 'key checks',
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveBigIntegerField(verbose_name='index')),
                ('data', models.BinaryField(verbose_name='content')),
            ],
            options={
                'verbose_name': 'leaf',
                'verbose_name_plural': 'leaves',
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sign', 'A signature to count'), ('change', 'A counted signature that changed')], max_length=10, verbose_name='kind')),
                ('queued_at', models.DateTimeField(verbose_name='queued')),
            ],
            options={
                'verbose_name': 'ledger entry',
                'verbose_name_plural': 'ledger entries',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='LedgerNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.PositiveBigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'verbose_name': 'node of a ledger',
                'verbose_name_plural': 'nodes of ledgers',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=letters.crypto.public_id, editable=False, max_length=26, unique=True, verbose_name='public id')),
                ('origin', models.CharField(blank=True, editable=False, max_length=140, verbose_name='ledger')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('paused', 'Paused'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='status')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created')),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='changed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('paused_at', models.DateTimeField(blank=True, null=True, verbose_name='paused')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=400, verbose_name='why withdrawn')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='opens')),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='closes')),
                ('time_zone', models.CharField(default='UTC', max_length=40, validators=[letters.models.letter.check_time_zone], verbose_name='time zone')),
                ('place', models.CharField(blank=True, help_text='Beside the date, like Brussels.', max_length=80, verbose_name='place')),
                ('role_field', models.CharField(choices=[('off', 'Do not ask'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='role')),
                ('affiliation_field', models.CharField(choices=[('off', 'Do not ask'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='affiliation')),
                ('country_field', models.CharField(choices=[('off', 'Do not ask'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='country')),
                ('names_after_review', models.BooleanField(default=False, verbose_name='show names only after review')),
                ('names_in_api', models.BooleanField(default=False, verbose_name='names in the API and in files')),
                ('target', models.PositiveIntegerField(blank=True, null=True, verbose_name='target')),
                ('target_reason', models.CharField(blank=True, help_text='Like: needed by 30 April to be heard.', max_length=200, verbose_name='why this target')),
                ('address_rules', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ('-published_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='LetterText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='number')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('language', models.CharField(default='en', max_length=12, verbose_name='language')),
                ('authoritative', models.BooleanField(default=True, verbose_name='authoritative')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('addressees', models.CharField(max_length=400, verbose_name='to')),
                ('body', models.TextField(help_text='Markdown.', max_length=60000, verbose_name='text')),
                ('h', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('kind', models.CharField(choices=[('first', 'First version'), ('correction', 'Correction'), ('amendment', 'Amendment')], default='first', max_length=10, verbose_name='kind')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
                'ordering': ('version', 'language'),
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('key', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('unanswered', models.PositiveSmallIntegerField(verbose_name='unanswered mails')),
                ('never_again_at', models.DateTimeField(null=True, verbose_name='wants no mail since')),
            ],
            options={
                'verbose_name': 'mailbox',
                'verbose_name_plural': 'mailboxes',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('editor', 'Editor'), ('moderator', 'Moderator'), ('sender', 'Sender'), ('exporter', 'Exporter'), ('viewer', 'Viewer')], max_length=12, verbose_name='role')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('reply', 'Answer to a form'), ('reminder', 'Not confirmed yet'), ('signed', 'You signed'), ('withdrawn', 'Your signature was withdrawn')], max_length=20, verbose_name='kind')),
                ('subject', models.UUIDField(null=True, verbose_name='signature')),
                ('mailbox', models.BinaryField(max_length=32, null=True)),
                ('recipient_sealed', models.BinaryField(max_length=600, null=True)),
                ('idempotency_key', models.CharField(max_length=120, unique=True)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('skipped', 'Not needed'), ('bounced', 'Bounced'), ('failed', 'Given up')], default='queued', max_length=8, verbose_name='state')),
                ('priority', models.PositiveSmallIntegerField(verbose_name='priority')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('lease_until', models.DateTimeField(null=True, verbose_name='lease until')),
                ('slot_taken_at', models.DateTimeField(null=True, verbose_name='slot taken')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('created_at', models.DateTimeField(verbose_name='queued')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='last answer')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'outbox',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('legal_name', models.CharField(help_text="Who is responsible for the signatories' data.", max_length=200, verbose_name='legal name')),
                ('contact', models.EmailField(help_text='Shown on every letter.', max_length=254, verbose_name='contact')),
                ('web_domain', models.CharField(blank=True, max_length=200, verbose_name='web domain')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='uid')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization')], default='person', max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('search_name', models.TextField(blank=True, editable=False)),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='role')),
                ('affiliation', models.CharField(blank=True, max_length=160, verbose_name='affiliation')),
                ('country', django_countries.fields.CountryField(blank=True, max_length=2, verbose_name='country')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('visibility', models.CharField(choices=[('public', 'Everyone: on this page and in its downloads'), ('private', 'Count me, keep my name private')], max_length=8, verbose_name='who sees the name')),
                ('display', models.CharField(choices=[('shown', 'Shown'), ('waiting', 'Waiting for a moderator'), ('declined', 'Declined by a moderator'), ('private', 'Private')], max_length=8, verbose_name='display')),
                ('state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('held', 'Held for review'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn')], default='pending', max_length=10, verbose_name='state')),
                ('method', models.CharField(choices=[('email', 'Email confirmed'), ('institution', 'Email at an institution confirmed'), ('openid', 'Account confirmed'), ('orcid', 'ORCID iD confirmed'), ('checked', 'Checked by the organizer')], default='email', max_length=12, verbose_name='verified by')),
                ('removal', models.CharField(blank=True, choices=[('review', 'Waits for a decision'), ('disposable', 'Throw-away address'), ('flood', 'Part of a flood'), ('impersonation', "Somebody else's name"), ('duplicate', 'Signed twice'), ('court', 'By order of a court'), ('test', 'A test'), ('other', 'Another reason')], db_default='', max_length=13, verbose_name='why removed')),
                ('tallied', models.CharField(blank=True, choices=[('', 'Not counted yet'), ('shown', 'Counted, name shown'), ('private', 'Counted, name not shown'), ('erased', 'Counted, person erased'), ('removed', 'Removed after counting'), ('withdrawn', 'Withdrawn after counting')], db_default='', max_length=9, verbose_name='in the tally')),
                ('counted_method', models.CharField(blank=True, choices=[('email', 'Email confirmed'), ('institution', 'Email at an institution confirmed'), ('openid', 'Account confirmed'), ('orcid', 'ORCID iD confirmed'), ('checked', 'Checked by the organizer')], db_default='', max_length=12, verbose_name='verified by, in the tally')),
                ('commitment', models.BinaryField(max_length=32, null=True)),
                ('salt_sealed', models.BinaryField(max_length=120, null=True)),
                ('leaf', models.PositiveBigIntegerField(null=True, verbose_name='leaf')),
                ('claim_leaf', models.PositiveBigIntegerField(null=True, verbose_name='leaf of its claim')),
                ('evidence', models.CharField(blank=True, max_length=200, verbose_name='evidence')),
                ('email_key', models.BinaryField(max_length=32)),
                ('email_sealed', models.BinaryField(max_length=600, null=True)),
                ('updates', models.BooleanField(default=False, verbose_name='wants updates')),
                ('consent_version', models.PositiveSmallIntegerField(default=1, verbose_name='consent')),
                ('source', models.CharField(blank=True, max_length=40, verbose_name='source')),
                ('form_key', models.CharField(blank=True, max_length=64)),
                ('code_tries', models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='codes tried')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded')),
                ('created_at', models.DateTimeField(verbose_name='signed')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                ('held_at', models.DateTimeField(null=True, verbose_name='held')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='removed')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                ('erased_at', models.DateTimeField(null=True, verbose_name='erased')),
                ('counted_at', models.DateTimeField(null=True, verbose_name='counted')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
            },
        ),
        migrations.CreateModel(
            name='TallyPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('interval', models.CharField(choices=[('hour', 'Hour'), ('day', 'Day')], max_length=4, verbose_name='interval')),
                ('start', models.DateTimeField(verbose_name='start')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='new')),
                ('withdrawn', models.PositiveIntegerField(default=0, verbose_name='withdrawn')),
                ('removed', models.IntegerField(default=0, help_text='Without those restored.', verbose_name='removed')),
                ('total', models.PositiveIntegerField(verbose_name='total')),
            ],
            options={
                'verbose_name': 'point',
                'verbose_name_plural': 'points',
                'ordering': ('start',),
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may use the desk')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
            },
        ),
        migrations.CreateModel(
            name='CheckpointSignature',
            fields=[
                ('checkpoint', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='signed', serialize=False, to='letters.checkpoint')),
                ('note', models.TextField(verbose_name='signed note')),
                ('vkeys', models.JSONField(verbose_name='verification keys')),
                ('signed_at', models.DateTimeField(verbose_name='signed')),
            ],
            options={
                'verbose_name': 'signed checkpoint',
                'verbose_name_plural': 'signed checkpoints',
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('uid', models.UUIDField(primary_key=True, serialize=False, verbose_name='uid')),
                ('at', models.DateTimeField(verbose_name='erased')),
                ('journaled_at', models.DateTimeField(null=True, verbose_name='written to the journal')),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'indexes': [models.Index(condition=models.Q(('journaled_at__isnull', True)), fields=['at'], name='erasure_to_journal')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('name', models.CharField(max_length=60, verbose_name='event')),
                ('subject', models.CharField(help_text='A public id or uid, never a name.', max_length=60, verbose_name='about')),
                ('actor', models.CharField(help_text='user:<id>, signatory or system.', max_length=60, verbose_name='by')),
                ('data', models.JSONField(default=dict, verbose_name='codes')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['subject', 'id'], name='event_subject')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='318178eb780b7b044e8ac8241f739379d0a12ec1', operation='UPDATE OR DELETE', pgid='pgtrigger_event_append_only_f9d04', table='letters_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF current_setting('letters.may_truncate', true) IS DISTINCT FROM 'yes' THEN\n    RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;\nEND IF;\nRETURN NULL;\n", hash='05aa846225cd0efd96ba1c55c4f5488b9d262fca', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_event_no_truncate_c2609', table='letters_event', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='keycheck',
            constraint=models.CheckConstraint(condition=models.Q(('name__in', ['pepper', 'data', 'ledger'])), name='keycheck_name_known'),
        ),
        migrations.CreateModel(
            name='NamesRevision',
            fields=[
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='names_revision', serialize=False, to='letters.letter')),
                ('value', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'names revision',
                'verbose_name_plural': 'names revisions',
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tally', serialize=False, to='letters.letter')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('revision', models.PositiveBigIntegerField(default=0, verbose_name='revision')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='leaves')),
                ('root', models.BinaryField(default=b"\xe3\xb0\xc4B\x98\xfc\x1c\x14\x9a\xfb\xf4\xc8\x99o\xb9$'\xaeA\xe4d\x9b\x93L\xa4\x95\x99\x1bxR\xb8U", max_length=32)),
                ('signed', models.PositiveIntegerField(default=0, verbose_name='signed')),
                ('withdrawn', models.PositiveIntegerField(default=0, verbose_name='withdrawn')),
                ('removed', models.PositiveIntegerField(default=0, verbose_name='removed')),
                ('lost', models.PositiveIntegerField(default=0, verbose_name='lost')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='count')),
                ('persons', models.PositiveIntegerField(default=0, verbose_name='persons')),
                ('organizations', models.PositiveIntegerField(default=0, verbose_name='organizations')),
                ('public', models.PositiveIntegerField(default=0, verbose_name='public')),
                ('private', models.PositiveIntegerField(default=0, verbose_name='private')),
                ('erased_counted', models.PositiveIntegerField(default=0, verbose_name='erased, still counted')),
                ('by_email', models.PositiveIntegerField(default=0, verbose_name='by email')),
                ('by_institution', models.PositiveIntegerField(default=0, verbose_name='by institution')),
                ('by_orcid', models.PositiveIntegerField(default=0, verbose_name='by ORCID iD')),
                ('by_openid', models.PositiveIntegerField(default=0, verbose_name='by account')),
                ('by_checked', models.PositiveIntegerField(default=0, verbose_name='checked')),
                ('offline', models.PositiveIntegerField(default=0, verbose_name='on paper, not counted')),
            ],
            options={
                'verbose_name': 'tally',
                'verbose_name_plural': 'tallies',
            },
        ),
        migrations.AddField(
            model_name='ledgernode',
            name='letter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='nodes', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='leaf',
            name='letter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='checkpoint',
            name='letter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='checkpoints', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='block',
            name='letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='lettertext',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='message',
            name='letter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='membership',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='letters.organization'),
        ),
        migrations.AddField(
            model_name='letter',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='letters.organization'),
        ),
        migrations.AddField(
            model_name='signature',
            name='letter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='letters.letter'),
        ),
        migrations.AddField(
            model_name='signature',
            name='text',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='letters.lettertext'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='signature',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='letters.signature'),
        ),
        migrations.AddField(
            model_name='tallypoint',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='letters.letter'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_lower_case'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpointsignature',
            trigger=pgtrigger.compiler.Trigger(name='signed_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a614e4271fab4d6ef1d814873a869d3e0ef2c635', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_append_only_1385a', table='letters_checkpointsignature', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpointsignature',
            trigger=pgtrigger.compiler.Trigger(name='signed_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF current_setting('letters.may_truncate', true) IS DISTINCT FROM 'yes' THEN\n    RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;\nEND IF;\nRETURN NULL;\n", hash='a3b676a95ca3e537b3b6bba9f635e1e2bb509e6b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_signed_no_truncate_40135', table='letters_checkpointsignature', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('count', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('signed'), '-', models.F('withdrawn')), '-', models.F('removed')), '-', models.F('lost')))), name='tally_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('count', django.db.models.expressions.CombinedExpression(models.F('persons'), '+', models.F('organizations')))), name='tally_kinds_add_up'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('count', django.db.models.expressions.CombinedExpression(models.F('public'), '+', models.F('private')))), name='tally_display_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('count', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('by_email'), '+', models.F('by_institution')), '+', models.F('by_orcid')), '+', models.F('by_openid')), '+', models.F('by_checked')))), name='tally_methods_add_up'),
        ),
        migrations.AddConstraint(
            model_name='ledgernode',
            constraint=models.UniqueConstraint(fields=('letter', 'level', 'index'), name='node_one_per_place'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgernode',
            trigger=pgtrigger.compiler.Trigger(name='node_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb09adeed21635ea4833e596612f9ba60b466039', operation='UPDATE OR DELETE', pgid='pgtrigger_node_append_only_e6966', table='letters_ledgernode', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgernode',
            trigger=pgtrigger.compiler.Trigger(name='node_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF current_setting('letters.may_truncate', true) IS DISTINCT FROM 'yes' THEN\n    RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;\nEND IF;\nRETURN NULL;\n", hash='5e0b2f4ec73d34e9e83a52a11e6e098b8faa8346', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_node_no_truncate_e75b8', table='letters_ledgernode', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='leaf',
            constraint=models.UniqueConstraint(fields=('letter', 'index'), name='leaf_one_per_index'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='leaf_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b376ffcec5ccb9ae8ac6a49e7e51c314b48bf505', operation='UPDATE OR DELETE', pgid='pgtrigger_leaf_append_only_38514', table='letters_leaf', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='leaf_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF current_setting('letters.may_truncate', true) IS DISTINCT FROM 'yes' THEN\n    RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;\nEND IF;\nRETURN NULL;\n", hash='cf8c27ccbf2503619f6ab8fb046c8ab9b1936df2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_leaf_no_truncate_f73e9', table='letters_leaf', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.UniqueConstraint(fields=('letter', 'size'), name='checkpoint_one_per_size'),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.UniqueConstraint(fields=('letter', 'at'), name='checkpoint_one_per_moment'),
        ),
        migrations.AddConstraint(
            model_name='checkpoint',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='checkpoint_not_empty'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='checkpoint_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b7912ec10da0a5d0b3f2f148d2f63fcc0604516', operation='UPDATE OR DELETE', pgid='pgtrigger_checkpoint_append_only_17531', table='letters_checkpoint', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='checkpoint_no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF current_setting('letters.may_truncate', true) IS DISTINCT FROM 'yes' THEN\n    RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;\nEND IF;\nRETURN NULL;\n", hash='5df21da6a48133d9fbf797ac9af27cb84b465052', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_checkpoint_no_truncate_d8571', table='letters_checkpoint', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='block',
            index=models.Index(fields=['key'], name='block_key'),
        ),
        migrations.AddIndex(
            model_name='block',
            index=models.Index(fields=['domain'], name='block_domain'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', None), models.Q(('domain', ''), _negated=True)), models.Q(('domain', ''), ('key__isnull', False)), _connector='OR'), name='block_names_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='block_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.UniqueConstraint(fields=('letter', 'version', 'language'), name='text_one_per_language'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.UniqueConstraint(condition=models.Q(('authoritative', True)), fields=('letter', 'version'), name='text_one_authoritative'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.UniqueConstraint(fields=('letter', 'number'), name='text_one_per_number'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['first', 'correction', 'amendment'])), name='text_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('published_at', None)), models.Q(('number__gt', 0), ('published_at__isnull', False)), _connector='OR'), name='text_published_has_number'),
        ),
        migrations.AddConstraint(
            model_name='lettertext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'first'), ('version', 1)), models.Q(models.Q(('kind', 'first'), _negated=True), ('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='text_change_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lettertext',
            trigger=pgtrigger.compiler.Trigger(name='text_immutable_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81ba0d3fbfdbcddcf724ccae5832aa45ce8fd2a8', operation='UPDATE OR DELETE', pgid='pgtrigger_text_immutable_once_published_81635', table='letters_lettertext', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['priority', 'next_try_at'], name='message_due'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['reply', 'reminder', 'signed', 'withdrawn'])), name='message_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('lease_until', None), ('mailbox', None), ('recipient_sealed', None), ('settled_at__isnull', False)), _connector='OR'), name='message_settled_is_wiped'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('organization', 'user'), name='membership_one_role'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'editor', 'moderator', 'sender', 'exporter', 'viewer'])), name='membership_role_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'paused', 'closed', 'withdrawn'])), name='letter_status_known'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), ('opens_at__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='letter_published_has_times'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('origin', ''), _negated=True), _connector='OR'), name='letter_published_has_origin'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', False), ('status', 'paused')), models.Q(models.Q(('status', 'paused'), _negated=True), ('paused_at', None)), _connector='OR'), name='letter_paused_has_time'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='letter_closed_has_time'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(('withdrawn_at', None), ('withdrawn_reason', ''), models.Q(('status', 'withdrawn'), _negated=True)), _connector='OR'), name='letter_withdrawn_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at', None), ('opens_at', None), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='letter_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('target', None), models.Q(('target__gt', 0), models.Q(('target_reason', ''), _negated=True)), _connector='OR'), name='letter_target_has_reason'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('counted_at__isnull', False), ('display', 'shown'), ('state', 'confirmed')), fields=['search_name'], name='signature_search', opclasses=('gin_trgm_ops',)),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('counted_at__isnull', False), ('display', 'shown'), ('state', 'confirmed')), fields=['letter', 'country', '-counted_at', '-id'], name='signature_by_country'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('counted_at__isnull', False), ('display', 'shown'), ('state', 'confirmed')), fields=['letter', 'method', '-counted_at', '-id'], name='signature_by_method'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('counted_at__isnull', False), ('display', 'shown'), ('state', 'confirmed')), fields=['letter', '-counted_at', '-id'], name='signature_wall'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['created_at'], name='signature_pending'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('pending', 'confirmed', 'held', 'removed'))), fields=('letter', 'kind', 'email_key'), name='signature_one_per_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'confirmed', 'held', 'removed', 'withdrawn'])), name='signature_state_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('display__in', ['shown', 'waiting', 'declined', 'private'])), name='signature_display_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'private'])), name='signature_visibility_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['email', 'institution', 'openid', 'orcid', 'checked'])), name='signature_method_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'organization'])), name='signature_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('visibility', 'public'), ('display', 'private'), _connector='OR'), name='signature_private_is_never_shown'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='signature_confirmed_has_time'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('held_at__isnull', False), _connector='OR'), name='signature_held_has_time'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', False), ('state', 'removed'), models.Q(('removal', ''), _negated=True)), models.Q(models.Q(('state', 'removed'), _negated=True), ('removal', '')), _connector='OR'), name='signature_removed_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at', None)), _connector='OR'), name='signature_withdrawn_has_time'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('counted_at', None), ('confirmed_at__isnull', False), _connector='OR'), name='signature_counted_was_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim_leaf', None), ('counted_at', None), ('counted_method', ''), ('leaf', None), ('tallied', '')), models.Q(('claim_leaf__isnull', False), ('counted_at__isnull', False), ('leaf__isnull', False), models.Q(('tallied', ''), _negated=True), models.Q(('counted_method', ''), _negated=True)), _connector='OR'), name='signature_counted_is_tallied'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('email_sealed', None), ('name', '')), _connector='OR'), name='signature_erased_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), ('tallied', ''), _negated=True), ('commitment__isnull', False), _connector='OR'), name='signature_confirmed_is_committed'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(condition=models.Q(('leaf__isnull', False)), fields=('letter', 'leaf'), name='signature_one_per_leaf'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sign', 'change'])), name='entry_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.UniqueConstraint(fields=('signature',), name='entry_one_per_signature'),
        ),
        migrations.AddConstraint(
            model_name='tallypoint',
            constraint=models.UniqueConstraint(fields=('letter', 'interval', 'start'), name='point_once'),
        ),
        migrations.AddConstraint(
            model_name='tallypoint',
            constraint=models.CheckConstraint(condition=models.Q(('interval__in', ['hour', 'day'])), name='point_interval_known'),
        ),
    ]
