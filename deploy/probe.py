"""Healthcheck: /readyz of this machine, asked for as the proxy in front would ask."""

import os
from urllib.request import Request, urlopen

host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".*") or "127.0.0.1"
headers = {"Host": host, "X-Forwarded-Proto": "https"}
urlopen(Request("http://127.0.0.1:8000/readyz", headers=headers), timeout=5)
