"""The production server: `gunicorn` alone serves; GUNICORN_CMD_ARGS overrides any line here."""

wsgi_app = "config.wsgi"
worker_class = "gthread"
threads = 4  # for each of WEB_CONCURRENCY processes
accesslog = "-"
control_socket_disable = True
