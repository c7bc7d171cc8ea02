"""`python -m tests.environment [--production] COMMAND...`: run a tool with settings it can read.

For linters and checks that import the settings and ask no server.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from tests.embedded_plugin import ENVIRONMENT

SERVERS: Final = {"DATABASE_URL": "postgresql://127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
PRODUCTION: Final = {
    "DEBUG": "false",
    "DESK_SECOND_FACTOR": "true",
    "SITE_URL": "https://letters.example.org",
    "SECRET_KEY": "kR8mZq2vT5xW9bN4cJ7hL1pF6sD3gA0yUeIoQwErTzXcVbNmKjHgF",
    "EMAIL_URL": "smtp+tls://letters:secret@mail.example.org:587",
    "MAIL_FROM": "Letters <letters@example.org>",
    "BEHIND_PROXY": "true",
    "TRUSTED_PROXIES": "1",
}


def main() -> None:
    """Replace this process by the command."""
    words = sys.argv[1:]
    environment = ENVIRONMENT | SERVERS
    if words[:1] == ["--production"]:
        words, environment = words[1:], environment | PRODUCTION
    os.execvpe(words[0], words, dict(os.environ) | environment)


if __name__ == "__main__":
    main()
