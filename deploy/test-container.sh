#!/bin/bash
# Builds the image of the distribution on a base made here, runs it as people would, and plays the compose file:
# deploy/test-container.sh. PGSYNC_TEST_PACKAGED=1 takes the archive that is there. Ends with 0 only when everything was as it should be; 3 when there is no engine.
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/container-ground.sh

image=pgsync-test:distribution
base=pgsync-test:base
postgres=pgsync-test-postgres:15
token=token-of-the-test
project=pgsync-test-$$

say() { printf 'test-container: %s\n' "$*"; }
fail() { printf '\n=== test-container: FAILED: %s ===\n' "$*" >&2; exit 1; }

java_home=$(./pgsync java-home)

# A Java and a bash with the libraries that they are linked with: what any base has to bring.
build_base() {
    local root=$work/base/root
    mkdir -p "$root"/{bin,tmp,etc,usr/lib/jvm}
    "$java_home/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec --strip-debug --no-header-files --no-man-pages \
        --output "$root/usr/lib/jvm/java" 2>"$work/jlink.log" || cp -RL "$java_home" "$root/usr/lib/jvm/java"
    cp -L /bin/bash "$root/bin/bash"
    for tool in readlink find mkdir; do cp -L "$busybox" "$root/bin/$tool"; done
    { ldd /bin/bash; find "$root/usr/lib/jvm/java" \( -path '*/bin/*' -o -name '*.so' \) -type f -exec ldd {} + 2>/dev/null; } \
        | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$root" | sort -u \
        | while read -r library; do mkdir -p "$root$(dirname "$library")"; cp -L "$library" "$root$library"; done
    # The launcher asks env for bash, libc asks the resolver.
    mkdir -p "$root/usr/bin" && cp -L "$(command -v env)" "$root/usr/bin/env"
    chmod 1777 "$root/tmp"
    if [ -d /usr/lib/locale/C.utf8 ]; then mkdir -p "$root/usr/lib/locale" && cp -R /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"; fi
    printf 'FROM scratch\nCOPY root/ /\nENV JAVA_HOME=/usr/lib/jvm/java PATH=/usr/bin:/bin\n' >"$work/base/Dockerfile"
    DOCKER_BUILDKIT=0 docker build -q -t "$base" "$work/base" >/dev/null
}

build_product() {
    local archive
    [ -n "${PGSYNC_TEST_PACKAGED:-}" ] || "$maven" -q -B -DskipTests -pl deploy -am package
    archive=$(ls target/pgsync-*.tar.gz)
    mkdir -p "$work/product" && tar -xzf "$archive" -C "$work/product" --strip-components=1
    DOCKER_BUILDKIT=0 docker build -q --build-arg BASE="$base" -t "$image" -f "$work/product/deploy/container/Containerfile" "$work/product" >/dev/null
}

runs_alone() {
    local said
    said=$(docker run --rm --read-only --cap-drop ALL --security-opt no-new-privileges "$image" version) || fail "the image does not run"
    say "$said"
    [ "$(docker inspect -f '{{.Config.User}}' "$image")" = 10001:10001 ] || fail "the image runs as root"
}

compose() {
    if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

ask() {
    local answer
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n' "$1" "$token" >&3
    answer=$(cat <&3)
    exec 3<&- 3>&-
    printf '%s\n' "$answer"
}

# until_says SECONDS ADDRESS TEXT
until_says() {
    local end=$((SECONDS + $1)) answer=
    while ((SECONDS < end)); do
        answer=$(ask "$2" 2>/dev/null) && [[ $answer == *$3* ]] && return
        sleep 0.5
    done
    compose -p "$project" logs --tail=15 >&2 || true
    fail "$2 never says $3; last: ${answer:0:2000}"
}

plays_the_compose_file() {
    command -v docker-compose >/dev/null || docker compose version >/dev/null 2>&1 || packages docker-compose \
        || { say "NOT RUN: the compose file, since no compose can be had here"; return; }
    local folder=$work/product/deploy/compose
    port=$((20000 + RANDOM % 20000))
    printf 'POSTGRES_PASSWORD=pw-of-the-test\nPGSYNC_CLUSTER_SECRET=secret-of-the-test\nPGSYNC_HTTP_TOKEN=%s\nPGSYNC_IMAGE=%s\nPOSTGRES_IMAGE=%s\nPGSYNC_PORT=%s\n' \
        "$token" "$image" "$postgres" "$port" >"$folder/.env"
    cd "$folder"
    trap 'compose -p "$project" down -v -t 20 >/dev/null 2>&1 || true; cd /; clean_up' EXIT
    compose -p "$project" up -d >"$work/compose.log" 2>&1 || { cat "$work/compose.log" >&2; fail "compose up"; }
    until_says 120 /api/v1/cluster '"name":"worker-3'
    until_says 120 '/api/v1/runs?limit=5' '"state":"done"'
    say "five nodes are a cluster and have done a run"
    local waited=0
    until [ "$(docker inspect -f '{{.State.Health.Status}}' "$(compose -p "$project" ps -q worker-1)")" = healthy ]; do
        ((waited++ < 60)) || fail "worker-1 is never healthy"
        sleep 1
    done
    say "the probe finds worker-1 healthy"
    local began=$SECONDS
    compose -p "$project" stop -t 20 worker-1 >/dev/null 2>&1
    say "worker-1 left within $((SECONDS - began)) s with $(docker inspect -f '{{.State.ExitCode}}' "$(compose -p "$project" ps -q worker-1)")"
    ((SECONDS - began < 20)) || fail "worker-1 had to be killed"
}

"$maven" -q -B -pl testground process-resources
build_image 15
build_base
build_product
say "image $image on $base: $(($(docker image inspect -f '{{.Size}}' "$image") / 1000000)) MB"
runs_alone
plays_the_compose_file
say 'everything passed'
