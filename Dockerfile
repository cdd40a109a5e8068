# The room server, without the client's mpv.
#
#   docker build -t watchtogether .
#   docker run -d --name watchtogether --restart unless-stopped -p 127.0.0.1:8000:8000 \
#       -v watchtogether:/data watchtogether --public-url https://watch.example.org \
#       --trust-proxy 172.17.0.1
#
# What follows the image's name are options of `watchtogether serve`. A proxy on the same machine ends
# TLS; DEPLOY.md says how. 172.17.0.1 is where it comes from in Docker's usual network.

FROM docker.io/library/rust:1.95-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock i18n.toml LICENSE README.md README.ru.md ./
COPY LICENSES LICENSES
COPY benches benches
COPY i18n i18n
COPY src src
RUN cargo build --release --locked --bin watchtogether && mkdir /data

# glibc and the system's certificates, and no shell.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/release/watchtogether /usr/bin/watchtogether
# A binary is under the GPL-3.0 as a whole, and what is in it wants its own notice with copies.
COPY --from=build /src/LICENSE /src/LICENSES/GPL-3.0.txt /src/src/player/emoji_shapes.LICENSE \
    /src/src/app/screen/completion/emoji_ru.LICENSE /usr/share/doc/watchtogether/
# A volume takes over the owner of this folder.
COPY --from=build --chown=nonroot:nonroot /data /data
USER nonroot
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/watchtogether", "serve", "--listen", "0.0.0.0:8000", "--data-dir", "/data"]
