"""Words for machines within a sentence."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
TICKED: Final = re.compile(r"`([^`]+)`")


@register.filter
def codes(sentence: object) -> SafeString:
    """Return a sentence in HTML, with what stands between backticks (`name`) as code."""
    html = TICKED.sub(r'<code dir="ltr">\1</code>', escape(str(sentence)))
    return mark_safe(html)  # noqa: S308  # escaped in the line above
