import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
STATEMENT_TIMEOUT = 30  # seconds, of the web; commands take the time that they need
os.environ.setdefault("STATEMENT_TIMEOUT", str(STATEMENT_TIMEOUT))
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (settings come first)

from .entrance import Entrance  # noqa: E402
from .warming import warm  # noqa: E402

application = entrance = Entrance(django)
count = None  # counts what does not reach the application
if settings.METRICS:
    from . import counting

    application, count = counting.Counted(application), counting.count
warm()
