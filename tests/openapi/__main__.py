"""`python -m tests.openapi`: print the OpenAPI document."""

from __future__ import annotations

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    django.setup()

    from letters.api import documents  # it reads the settings

    json.dump(documents.document(), sys.stdout, ensure_ascii=False, indent=1)
