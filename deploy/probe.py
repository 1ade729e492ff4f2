"""Healthcheck: /readyz of this machine, under the name that the proxy in front would ask for."""

import os
from urllib.request import Request, urlopen

host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".*") or "127.0.0.1"
urlopen(Request("http://127.0.0.1:8000/readyz", headers={"Host": host}), timeout=5)
