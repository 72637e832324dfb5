"""The WSGI application, for granian or any other WSGI server."""

import os

import django
from django.conf import settings

from store.deployment import require_safe_deployment
from store.garbage_collection import keep_what_is_loaded
from store.parent_process import end_with_server
from store.request_bodies import BodyReader
from store.response_buffering import ResponseBuffer
from store.slow_clients import SlowClients
from store.wiring import limit_waiting_time, load_channels, start_heartbeat, warm_up
from store.wsgi_handler import CheckedHandler

end_with_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
django.setup(set_prefix=False)
_slow_clients = SlowClients(settings.WEB_THREADS)
application = ResponseBuffer(BodyReader(CheckedHandler(), _slow_clients), _slow_clients)
require_safe_deployment()
limit_waiting_time()
warm_up()
load_channels()
keep_what_is_loaded()
start_heartbeat()
