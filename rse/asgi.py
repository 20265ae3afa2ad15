"""The ASGI entry: pages and sockets. Any ASGI server may load it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rse.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - what follows needs the applications loaded

from rse.notify.sockets import application as sockets  # noqa: E402

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
