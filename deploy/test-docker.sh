#!/bin/bash
# Runs the whole-run tests against PostgreSQL in containers: deploy/test-docker.sh [arguments for Maven].
# container-ground.sh finds or starts a Docker engine and builds images from the embedded PostgreSQL binaries and busybox.
# PGSYNC_TEST_MAJORS: which majors get an image (default "15"). MAVEN: which Maven to call (default ./mvnw).
set -euo pipefail
cd "$(dirname "$0")/.."

majors=${PGSYNC_TEST_MAJORS:-15}
. deploy/container-ground.sh

"$maven" -q -B -pl testground process-resources
for major in $majors; do build_image "$major"; done

export PGSYNC_TEST_POSTGRES=docker
export PGSYNC_TEST_IMAGE=${PGSYNC_TEST_IMAGE:-pgsync-test-postgres:15}
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
"$maven" -B verify -pl testground,deploy -am -Dtest.groups=whole-run -Dtest.groups.excluded=majors "$@"
