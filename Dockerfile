# One image for web, workers and beat. Runs without root; everything that changes is in /data.
FROM python:3.13-slim-bookworm AS build
COPY requirements/ /requirements/
RUN python /requirements/install.py /venv core

FROM python:3.13-slim-bookworm
# WeasyPrint renders the inserts with Pango; the fonts are in the repository.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home shop
COPY --from=build /venv /venv
COPY --chown=root:root manage.py pyproject.toml /app/
COPY --chown=root:root store/ /app/store/
COPY --chown=root:root guides/ /app/guides/
COPY --chown=root:root catalog_seed/ /app/catalog_seed/
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=store.settings \
    DATA_DIR=/data \
    HOST=0.0.0.0
USER shop
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "web"]
