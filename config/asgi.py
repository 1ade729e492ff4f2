"""The site for a server with an event loop, such as granian, or gunicorn with its worker `asgi`."""

from .wsgi import application as wsgi, entrance  # noqa: I001 (this sets Django up)

import environ
from django.conf import settings

from .async_entrance import AsyncEntrance

count = None
if settings.METRICS:
    from .counting import count

threads = environ.Env().int("THREADS", default=8)  # for what is not in memory
application = AsyncEntrance(wsgi, entrance, threads, count)
