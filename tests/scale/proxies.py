"""nginx with the configuration of deploy/nginx, before two web nodes on this machine."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from django.conf import settings

from ..safety.databases import free_port, wait_for

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin")
GIVEN = settings.BASE_DIR / "deploy" / "nginx" / "tracker.conf.template"
MAIN = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/tracker.conf;
}}
"""


def configured(folder: Path, nodes: list[str], listen: str, proxies: int = 1) -> Path:
    """nginx's main file in the folder, with the deployed one for these nodes beside it."""
    names = {f"WEB{number}": urlsplit(node).netloc for number, node in enumerate(nodes, start=1)}
    names |= {"LISTEN": listen, "CACHE_FOLDER": str(folder / "answers")}
    names |= {"ADMIN_PATH": settings.ADMIN_PATH, "PROXIES": str(proxies)}
    text = Template(GIVEN.read_text(encoding="utf-8")).safe_substitute(names)
    (folder / "tracker.conf").write_text(text)
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    return main


@contextmanager
def proxying(folder: Path, nodes: list[str], proxies: int = 1) -> Iterator[str]:
    """The address of the proxy, while it runs."""
    folder.mkdir()
    listen = f"127.0.0.1:{free_port()}"
    main = configured(folder, nodes, listen, proxies)
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(main)])
    try:
        wait_for(f"http://{listen}/healthz", process)
        yield f"http://{listen}"
    finally:
        process.terminate()
        process.wait(20)
