"""The entry point for ASGI servers; the site is served by WSGI, which is faster here."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
application = get_asgi_application()
