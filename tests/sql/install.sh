#!/bin/sh
# PostgreSQL from Debian, where it is missing: the tests of printed queries start a server of their own. Says why when it cannot.
set -eu
found() { command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
found && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "tests/sql: PostgreSQL is missing, and there is no apt-get here to install it with." >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
        echo "tests/sql: PostgreSQL is missing; only root may install it. Run: sudo apt-get install --no-install-recommends postgresql" >&2
        exit 1
    fi
    root="sudo -n"
fi
echo "tests/sql: installing postgresql"
$root apt-get update -qq
$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null
found || { echo "tests/sql: postgresql was installed, but has no initdb." >&2; exit 1; }
