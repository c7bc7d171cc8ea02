"""An organization's look: a mark for its letterhead, and a colour for its links and buttons."""

from django.db import migrations, models
from django.db.models import Q

import letters.colors


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_search_of_letters")]

    operations = [
        migrations.AddField(
            "organization",
            "accent",
            models.CharField(
                blank=True,
                help_text="Of links and buttons on the pages of its letters, like #21409a. Empty: the site’s own.",
                max_length=7,
                validators=[letters.colors.check_accent],
                verbose_name="colour",
            ),
        ),
        migrations.AddField(
            "organization",
            "mark",
            models.CharField(blank=True, editable=False, max_length=80, verbose_name="mark"),
        ),
        migrations.AddField(
            "organization", "mark_width", models.PositiveSmallIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "organization", "mark_height", models.PositiveSmallIntegerField(default=0, editable=False)
        ),
        migrations.AddConstraint(
            "organization",
            models.CheckConstraint(
                condition=Q(accent="") | Q(accent__regex="^#[0-9a-f]{6}$"),
                name="organization_accent_is_a_color",
            ),
        ),
        migrations.AddConstraint(
            "organization",
            models.CheckConstraint(
                condition=Q(mark="", mark_width=0, mark_height=0)
                | Q(mark__regex=r"^marks/[0-9a-f]{64}\.png$", mark_width__gt=0, mark_height__gt=0),
                name="organization_mark_has_sides",
            ),
        ),
    ]
