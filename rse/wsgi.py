"""The WSGI entry: pages only, for installations that keep sockets in processes of their own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rse.settings")

application = get_wsgi_application()
