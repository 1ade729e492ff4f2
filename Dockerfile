FROM python:3.11-slim AS dependencies
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WEB_CONCURRENCY=2 \
    GUNICORN_CMD_ARGS="--bind=0.0.0.0:8000 --worker-tmp-dir=/dev/shm"
# For the words in pictures (Open Graph cards, charts as PNG), in three languages.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 tracker
WORKDIR /app
COPY --from=dependencies /venv /venv
COPY . .
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --noinput
USER tracker
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s \
    CMD ["python", "deploy/probe.py"]
CMD ["gunicorn"]
