"""Tables to which rows are only ever added: the database refuses the rest, whoever asks."""

from __future__ import annotations

import pgtrigger

# Row triggers do not see TRUNCATE. Tests empty tables with it and say so by a setting of their session.
REFUSE_TRUNCATE = """
IF current_setting('letters.may_truncate', true) IS DISTINCT FROM 'yes' THEN
    RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;
END IF;
RETURN NULL;
"""


def append_only(name: str) -> tuple[pgtrigger.Trigger, pgtrigger.Trigger]:
    """Return the triggers that let a table only grow."""
    return (
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        never_emptied(name),
    )


def never_emptied(name: str) -> pgtrigger.Trigger:
    """Return the trigger that lets nobody empty a table at one stroke."""
    return pgtrigger.Trigger(
        name=f"{name}_no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=REFUSE_TRUNCATE,
    )
