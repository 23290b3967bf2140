# The image of `ecograph serve`. docs/docker.md tells how to build and run it.
FROM python:3.13-slim AS build
WORKDIR /src
COPY constraints.txt constraints-uv.txt pyproject.toml README.md LICENSE MANIFEST.in build_explorer.py ./
COPY ecograph ecograph
COPY graph graph
COPY queries queries
COPY schema schema
COPY seeds seeds
COPY api api
RUN python -m venv /opt/ecograph \
 && /opt/ecograph/bin/pip install --no-cache-dir --require-hashes -r constraints-uv.txt \
 && VIRTUAL_ENV=/opt/ecograph /opt/ecograph/bin/uv pip install --no-cache \
    --constraints constraints.txt --build-constraints constraints.txt '.[otel]'

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 ecograph && install -d -o ecograph /var/lib/ecograph
COPY --from=build /opt/ecograph /opt/ecograph
ENV PATH=/opt/ecograph/bin:$PATH \
    ECOGRAPH_HOME=/var/lib/ecograph \
    ECOGRAPH_CACHE=/var/lib/ecograph/cache \
    ECOGRAPH_HOST=0.0.0.0 \
    ECOGRAPH_PORT=8484
USER ecograph
VOLUME /var/lib/ecograph
EXPOSE 8484
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8484/healthz', timeout=4)"]
ENTRYPOINT ["ecograph"]
CMD ["serve"]
