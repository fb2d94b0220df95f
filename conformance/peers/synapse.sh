#!/usr/bin/env bash
# A Synapse beside which answers and speed are compared. It stays in the foreground.
#
#   conformance/peers/synapse.sh DIR PORT [sqlite|postgres]
#
# DIR keeps its data: a second start on the same DIR goes on where the first left off. SIGTERM or
# SIGINT stops Synapse, then its PostgreSQL. Ready is 200 on /_matrix/client/versions.
#
#   DIR/registration-shared-secret   for POST /_synapse/admin/v1/register (makes administrators)
#   DIR/homeserver.yaml              written anew at each start
#   DIR/homeserver.log, postgres.log what they said
#
# From the environment:
#   SERVER_NAME=localhost        the name in user IDs
#   OPEN_REGISTRATION=no         yes: POST /register asks for no registration token
#   PEERS_HOME=build/peers       where the virtual environment is made, once, for every DIR
#   BCRYPT_ROUNDS=12             fewer where passwords are no part of what is measured
#   POSTGRES_BIN                 the folder of initdb and postgres, when not Debian's
#
# As root, PostgreSQL runs as POSTGRES_USER (postgres). Needs python3 with venv, and flock.
set -euo pipefail

usage() {
    sed -n '2,21s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] && [ $# -le 3 ] || usage
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=$2
store=${3:-sqlite}
case $port in '' | *[!0-9]*) usage ;; esac
case $store in sqlite | postgres) ;; *) usage ;; esac
mkdir -p "$1"
dir=$(cd "$1" && pwd)
peers=${PEERS_HOME:-$(cd "$here/../.." && pwd)/build/peers}
venv=$peers/synapse/venv
server_name=${SERVER_NAME:-localhost}
postgres_user=${POSTGRES_USER:-postgres}
sockets=${TMPDIR:-/tmp}/chancery-peer-$port # a Unix socket's path must be short

say() { printf 'synapse.sh: %s\n' "$*" >&2; }

# The virtual environment is complete when it carries a copy of the list it was made from.
install() {
    local list=$here/synapse-requirements.txt made=$venv/made-from.txt
    mkdir -p "$peers/synapse"
    exec 7>"$peers/synapse/lock"
    flock 7
    if ! cmp -s "$list" "$made"; then
        say "installing into $venv (once)"
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps \
            --only-binary :all: --requirement "$list" >&2
        cp "$list" "$made"
    fi
    exec 7>&-
}

# A secret is made once, for its owner only.
secret() {
    local file=$dir/$1
    [ -s "$file" ] || (umask 077 && python3 -c 'import secrets; print(secrets.token_hex(32))' >"$file")
    cat "$file"
}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u "$postgres_user" -- "$@")
    else
        "$@"
    fi
}

find_postgres() {
    local newest
    newest=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
    postgres_bin=${POSTGRES_BIN:-$newest}
    [ -x "${postgres_bin:-none}/postgres" ] || {
        say "no PostgreSQL: apt-get install -y postgresql, or set POSTGRES_BIN"
        exit 1
    }
}

# Its own cluster in DIR, reached by a Unix socket only. Durable as installed: no fsync is turned off.
start_postgres() {
    local cluster=$dir/postgres
    find_postgres
    mkdir -p "$cluster" "$sockets"
    touch "$dir/postgres.log"
    if [ "$(id -u)" = 0 ]; then
        chown -R "$postgres_user" "$cluster" "$sockets" "$dir/postgres.log"
    fi
    chmod 700 "$cluster" "$sockets"
    as_postgres test -r "$cluster" || {
        say "$(id -un "$postgres_user") may not reach $cluster: open the folders above it (chmod +x)"
        exit 1
    }
    [ -f "$cluster/PG_VERSION" ] ||
        as_postgres "$postgres_bin/initdb" --pgdata "$cluster" --username synapse --auth trust \
            --encoding UTF8 --locale C >/dev/null
    if ! as_postgres "$postgres_bin/pg_ctl" --pgdata "$cluster" status >/dev/null; then
        as_postgres "$postgres_bin/pg_ctl" --pgdata "$cluster" --log "$dir/postgres.log" --wait \
            --timeout 60 --options "-c listen_addresses= -k $sockets \
            -c shared_buffers=256MB -c max_connections=60" start >/dev/null
    fi
    "$postgres_bin/psql" --host "$sockets" --username synapse --dbname postgres --tuples-only \
        --command "select 1 from pg_database where datname = 'synapse'" | grep -q 1 ||
        "$postgres_bin/createdb" --host "$sockets" --username synapse synapse
}

stop_postgres() {
    [ -f "$dir/postgres/postmaster.pid" ] || return 0
    as_postgres "$postgres_bin/pg_ctl" --pgdata "$dir/postgres" --mode fast --wait stop >/dev/null ||
        say "PostgreSQL did not stop; see $dir/postgres.log"
}

database() {
    if [ "$store" = sqlite ]; then
        printf 'database: { name: sqlite3, args: { database: "%s/homeserver.db" } }\n' "$dir"
    else
        printf 'database: { name: psycopg2, args: { host: "%s", user: synapse, ' "$sockets"
        printf 'dbname: synapse, cp_min: 5, cp_max: 20 } }\n'
    fi
}

# No limit may speak in a measurement.
limits() {
    local free='{ per_second: 100000, burst_count: 100000 }' name
    for name in rc_message rc_registration rc_registration_token_validity rc_admin_redaction \
        rc_joins_per_room rc_key_requests rc_3pid_validation rc_third_party_invite \
        rc_media_create rc_delayed_event_mgmt rc_room_creation rc_reports rc_user_directory \
        rc_profile; do
        printf '%s: %s\n' "$name" "$free"
    done
    printf 'rc_login: { address: %s, account: %s, failed_attempts: %s }\n' "$free" "$free" "$free"
    printf 'rc_joins: { local: %s, remote: %s }\n' "$free" "$free"
    printf 'rc_invites: { per_room: %s, per_user: %s, per_issuer: %s }\n' "$free" "$free" "$free"
    printf 'rc_presence: { per_user: %s }\n' "$free"
    printf 'rc_federation: { window_size: 1000, sleep_limit: 100000, sleep_delay: 1, '
    printf 'reject_limit: 100000, concurrent: 1000 }\n'
}

configure() {
    local token_needed=true
    [ "${OPEN_REGISTRATION:-no}" = yes ] && token_needed=false
    [ -s "$dir/signing.key" ] || "$venv/bin/generate_signing_key" --output_file "$dir/signing.key"
    cat >"$dir/log.yaml" <<LOG
version: 1
formatters: { plain: { format: "%(asctime)s %(levelname)s %(name)s %(message)s" } }
handlers:
  file: { class: logging.FileHandler, formatter: plain, filename: "$dir/homeserver.log" }
root: { level: WARNING, handlers: [file] }
LOG
    (umask 077 && cat >"$dir/homeserver.yaml") <<CONFIG
server_name: "$server_name"
public_baseurl: "http://127.0.0.1:$port/"
pid_file: "$dir/homeserver.pid"
log_config: "$dir/log.yaml"
signing_key_path: "$dir/signing.key"
media_store_path: "$dir/media"
listeners:
  - port: $port
    bind_addresses: ["127.0.0.1"]
    type: http
    tls: false
    resources: [{ names: [client, federation] }]
$(database)
registration_shared_secret: "$(secret registration-shared-secret)"
macaroon_secret_key: "$(secret macaroon-secret)"
form_secret: "$(secret form-secret)"
enable_registration: true
registration_requires_token: $token_needed
enable_registration_without_verification: true
bcrypt_rounds: ${BCRYPT_ROUNDS:-12}
allow_public_rooms_without_auth: true
room_list_publication_rules: [{ action: allow }]
report_stats: false
trusted_key_servers: []
suppress_key_server_warning: true
url_preview_enabled: false
$(limits)
CONFIG
}

# Waits for the child even when a signal interrupts the wait; says its exit code.
await() {
    local code=0
    wait "$1" || code=$?
    while kill -0 "$1" 2>/dev/null; do
        code=0
        wait "$1" || code=$?
    done
    return "$code"
}

synapse=
stopping=no
stop() {
    stopping=yes
    [ -z "$synapse" ] || kill -TERM "$synapse" 2>/dev/null || true
}
trap stop TERM INT

if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    say "port $port is taken"
    exit 1
fi
install
[ "$store" = sqlite ] || start_postgres
[ "$store" = sqlite ] || trap stop_postgres EXIT
configure
[ "$stopping" = no ] || exit 0
say "starting on http://127.0.0.1:$port with $store, server name $server_name"
"$venv/bin/python" -m synapse.app.homeserver --config-path "$dir/homeserver.yaml" &
synapse=$!
code=0
await "$synapse" || code=$?
[ "$stopping" = no ] || code=0
exit "$code"
