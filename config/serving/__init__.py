"""The production server's worker: gunicorn's threads, and what is answered without one."""
