# Sourced by test-docker.sh and test-container.sh, in the folder of the checkout: a Docker engine and images that need nothing from anywhere.
# Uses the engine that answers; as root, where none does, one of its own, which it stops at the end.
# shellcheck shell=bash

work=$(mktemp -d "${TMPDIR:-/tmp}/pgsync-docker.XXXXXX")
engine=
maven=${MAVEN:-./mvnw}

cannot() {
    printf '\n=== %s: NOT RUN: %s ===\n\n' "${0##*/}" "$1" >&2
    exit 3
}

clean_up() {
    if [ -n "$engine" ]; then
        kill "$engine" 2>/dev/null || true
        wait "$engine" 2>/dev/null || true
        # Layers and namespaces of an engine that had to be killed stay mounted.
        { grep -o " $work[^ ]*" /proc/self/mounts || true; } | sort -r | while read -r mounted; do umount "$mounted" || true; done
    fi
    rm -rf "$work"
}
trap clean_up EXIT

packages() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "${0##*/}: installing $*"
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } >"$work/apt.log" 2>&1 \
        || { tail -n 5 "$work/apt.log" >&2; return 1; }
}

answers() {
    docker info >/dev/null 2>&1
}

# Nothing of the host's network is touched: no rules, no forwarding. Published ports go through Docker's own small proxy.
start_engine() {
    dockerd --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false --storage-driver="$1" \
        --data-root="$work/data" --exec-root="$work/exec" --pidfile="$work/pid" --host="unix://$work/docker.sock" >>"$work/dockerd.log" 2>&1 &
    engine=$!
    for _ in $(seq 100); do
        answers && return
        kill -0 "$engine" 2>/dev/null || break
        sleep 0.2
    done
    kill "$engine" 2>/dev/null || true
    wait "$engine" || true
    engine=
    return 1
}

command -v docker >/dev/null && answers || {
    [ "$(id -u)" = 0 ] || cannot "no Docker engine answers, and only root can start one"
    command -v dockerd >/dev/null && command -v docker >/dev/null || packages docker.io iptables \
        || cannot "no Docker engine answers, and docker.io could not be installed"
    export DOCKER_HOST="unix://$work/docker.sock"
    start_engine overlay2 || start_engine vfs || { tail -n 5 "$work/dockerd.log" >&2; cannot "the Docker engine does not start here"; }
}

static_busybox() {
    command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1
}
static_busybox || packages busybox-static || cannot "the images need a statically linked busybox"
busybox=$(command -v busybox)

# Everything a program or library of the binaries is linked with outside of them, at the place where it looks for it.
copy_linked() {
    find "$1/usr/local/pgsql" -type f \( -path '*/bin/*' -o -name '*.so*' \) -exec ldd {} + 2>/dev/null \
        | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$1" | sort -u \
        | while read -r library; do mkdir -p "$1$(dirname "$library")"; cp -L "$library" "$1$library"; done
}

build_image() {
    local major=$1 root=$work/image-$1/root jar=testground/target/postgres/postgres-$1.jar
    [ -f "$jar" ] || cannot "$jar is missing"
    mkdir -p "$root"/{bin,etc,tmp,data,usr/local/pgsql}
    "$busybox" unzip -p "$jar" 'postgres-*.txz' | "$busybox" tar -xJ -C "$root/usr/local/pgsql" -f -
    copy_linked "$root"
    cp -L "$busybox" "$root/bin/busybox"
    for tool in sh cat rm; do ln -s busybox "$root/bin/$tool"; done
    echo 'postgres:x:999:999::/data:/bin/sh' >"$root/etc/passwd"
    chmod 1777 "$root/tmp"
    if [ -d /usr/lib/locale/C.utf8 ]; then mkdir -p "$root/usr/lib/locale" && cp -R /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"; fi
    cat >"$root/bin/entrypoint" <<'ENTRYPOINT'
#!/bin/sh
set -e
bin=/usr/local/pgsql/bin
user=${POSTGRES_USER:-postgres}
if [ ! -s /data/PG_VERSION ]; then
    printf '%s' "${POSTGRES_PASSWORD:?}" >/tmp/password
    make() { $bin/initdb -D /data -U "$user" -A md5 --pwfile=/tmp/password -E UTF8 -N --locale="$1"; }
    make C.UTF-8 || { rm -rf /data/*; make C; }
    rm /tmp/password
    database=${POSTGRES_DB:-$user}
    if [ "$database" != postgres ]; then
        echo "create database \"$database\"" | $bin/postgres --single -D /data postgres
    fi
    for script in /docker-entrypoint-initdb.d/*.sql; do
        [ -e "$script" ] && $bin/postgres --single -j -D /data "$database" <"$script" >/dev/null
    done
    echo 'host all all all md5' >>/data/pg_hba.conf
    printf "listen_addresses = '*'\nunix_socket_directories = '/tmp'\n" >>/data/postgresql.conf
fi
[ "$1" = postgres ] && shift
exec $bin/postgres -D /data "$@"
ENTRYPOINT
    chmod +x "$root/bin/entrypoint"
    cat >"$work/image-$major/Dockerfile" <<'DOCKERFILE'
FROM scratch
COPY --chown=999:999 root/ /
ENV PATH=/usr/local/pgsql/bin:/bin TZ=UTC
USER 999:999
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["/bin/entrypoint"]
CMD ["postgres"]
DOCKERFILE
    DOCKER_BUILDKIT=0 docker build -q -t "pgsync-test-postgres:$major" "$work/image-$major" >"$work/build.log" 2>&1 \
        || { cat "$work/build.log" >&2; cannot "the image for PostgreSQL $major could not be built"; }
    echo "${0##*/}: image pgsync-test-postgres:$major"
}
