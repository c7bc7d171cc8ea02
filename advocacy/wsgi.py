"""The entry point of a web process."""

import os

from django.core.wsgi import get_wsgi_application

from advocacy import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
application = get_wsgi_application()
startup.refuse_misfit()
