"""Arabic: 14 مارس 2026، 21:40, and 12,408: Western digits, grouped as Unicode CLDR groups them.

The time comes last, after a space: `signatures.second` adds the seconds to it.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
