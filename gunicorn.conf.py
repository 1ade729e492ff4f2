"""The production server: `gunicorn` alone serves; GUNICORN_CMD_ARGS overrides any line here."""

wsgi_app = "config.wsgi"
worker_class = "config.worker.PatientWorker"
threads = 8  # for each of WEB_CONCURRENCY processes; each keeps a connection to the database
worker_connections = 1000  # of each process; who has sent no whole request takes no thread
backlog = 2048
keepalive = 5  # seconds
accesslog = None  # config.logs writes a line for each request, with its id
control_socket_disable = True
