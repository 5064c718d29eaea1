#!/bin/sh
# Make sure a PostgreSQL is there for the tests: an installed one, else Debian's package where the user is root. Without one its tests are skipped.
set -eu

command -v initdb >/dev/null && exit 0
for initdb in /usr/lib/postgresql/*/bin/initdb; do
    if [ -x "$initdb" ]; then
        exit 0
    fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's postgresql" >&2
    export DEBIAN_FRONTEND=noninteractive
    # The package would start a server of its own, which nobody asked for.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    if apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends postgresql >&2; then
        exit 0
    fi
fi

echo "No PostgreSQL could be installed; what needs one is skipped (Debian: 'apt-get install postgresql' as root)" >&2
