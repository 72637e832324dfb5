"""The WSGI application, for granian or any other WSGI server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from store.deployment import require_safe_deployment
from store.parent_process import end_with_server
from store.request_bodies import BodyReader
from store.response_buffering import ResponseBuffer
from store.wiring import limit_waiting_time, load_channels, start_heartbeat, warm_up

end_with_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
application = ResponseBuffer(
    BodyReader(get_wsgi_application(), threads=settings.WEB_THREADS), threads=settings.WEB_THREADS
)
require_safe_deployment()
limit_waiting_time()
warm_up()
load_channels()
start_heartbeat()
