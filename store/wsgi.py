"""The web application, for granian and any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from store.wiring import guard_requests, warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
application = get_wsgi_application()
guard_requests()
warm()
