#!/usr/bin/env python
"""The command line: `quickstart` runs the whole site, everything else is Django's."""

import os
import sys

from advocacy import quickstart


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    if sys.argv[1:2] == ["quickstart"]:
        # Started before the settings are read: it makes the keys and servers that they need.
        sys.exit(quickstart.main(sys.argv[2:]))

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - not for quickstart

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
