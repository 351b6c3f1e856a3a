# syntax=docker/dockerfile:1
# One image for every role: the API with the web app, the worker, the emulator and the recomamp commands.

FROM node:24.21.0-bookworm-slim AS web
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund && npm run build

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages packages
COPY apps/cli apps/cli
COPY apps/server apps/server
COPY apps/web/package.json apps/web/package.json
RUN npm ci --workspace @recomamp/cli --omit=dev --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=web /build/apps/web/dist apps/web/dist
# The root can be read-only: what is written goes to /data, and what may be lost to /tmp.
# Memory that stays where it is (docs/decisions/0031-memory-that-stays.md): new objects have 8 MB and not up to 64, and malloc two arenas.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=8 \
    MALLOC_ARENA_MAX=2 \
    NODE_COMPILE_CACHE=/tmp/compile-cache \
    ENVIRONMENT=production \
    HOST=0.0.0.0 \
    PORT=8001 \
    DATA_DIR=/data
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 8001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself and not npm: the signal to stop reaches it.
CMD ["node", "apps/server/src/main.ts"]
