# Stowage as a container. Follows the contract of 37signals' ONCE: HTTP on port 80, `/up`, all data
# in /storage, and hooks around backups. Needs nothing but the checkout and package registries.

FROM node:20-bookworm-slim AS executable
WORKDIR /build
# The commit and its date are part of the executable, so that two builds of one commit are equal.
RUN apt-get update -q && apt-get install -q -y --no-install-recommends git ca-certificates
COPY . .
RUN node .ci/with-bun.mjs build.ts && mv dist/stowage-linux-* /stowage

FROM golang:1.26-bookworm AS litestream
RUN CGO_ENABLED=0 GOBIN=/out go install github.com/benbjohnson/litestream/cmd/litestream@v0.5.17

FROM debian:bookworm-slim
RUN apt-get update -q \
  && apt-get install -q -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /storage --shell /usr/sbin/nologin stowage \
  && install -d -o stowage -g stowage -m 0700 /storage
COPY --from=executable /stowage /usr/local/bin/stowage
# Beside our executable, where it looks first.
COPY --from=litestream /out/litestream /usr/local/bin/litestream
COPY .ci/hooks/ /hooks/

# Inside a container every port may be bound without privileges.
USER stowage
ENV STOWAGE_DATA=/storage STOWAGE_HOST=0.0.0.0 STOWAGE_PORT=80
VOLUME /storage
EXPOSE 80
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/stowage"]
CMD ["serve"]
