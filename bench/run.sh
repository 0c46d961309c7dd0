#!/usr/bin/env bash
# Measures the packaged product on two embedded servers: copy (against psql | psql), noop, keys, many (10,000 tables), scaling (a cluster). Needs psql on the PATH.
# Usage: bench/run.sh [copy] [noop] [keys] [many] [scaling]        default: all of them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
type -P psql >/dev/null || { echo "bench: psql is missing; install the PostgreSQL client" >&2; exit 2; }
./mvnw -q -B -DskipTests package
./pgsync version >/dev/null
java="$(./pgsync java-home)/bin/java"
(($# > 0)) || set -- copy noop keys many scaling
exec "$java" -Xmx512m -cp "bench/target/classes:deploy/target/pgsync/demo-lib/*:deploy/target/pgsync/lib/*" pgsync.bench.Bench "$PWD" "$@"
