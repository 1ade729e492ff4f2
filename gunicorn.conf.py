"""The production server: `gunicorn` alone serves; GUNICORN_CMD_ARGS overrides any line here."""

wsgi_app = "config.wsgi"
worker_class = "gthread"
threads = 4  # for each of WEB_CONCURRENCY processes
accesslog = None  # config.logs writes a line for each request, with its id
control_socket_disable = True
