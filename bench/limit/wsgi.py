"""The entry point of the limit's web processes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.limit.settings"
application = get_wsgi_application()
