"""English: 14 March 2026, 21:40.

The time comes last, after a space: `signatures.second` adds the seconds to it.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
