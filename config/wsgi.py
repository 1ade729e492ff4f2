import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from .entrance import Entrance  # noqa: E402 (settings come first)

application = Entrance(django)
