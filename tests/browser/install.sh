#!/bin/sh
# Chromium, its driver, a Chinese font and the PDF tools from Debian, where they are missing. Says why when it cannot.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$(fc-list :lang=zh family 2>/dev/null)" ] || missing="$missing fontconfig fonts-wqy-zenhei"
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "test-browser: missing$missing, and there is no apt-get here to install them with." >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
        echo "test-browser: missing$missing; only root may install them. Run: sudo apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    root="sudo -n"
fi
echo "test-browser: installing$missing"
$root apt-get update -qq
# shellcheck disable=SC2086 # several package names
$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
