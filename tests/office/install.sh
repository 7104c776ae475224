#!/bin/sh
# LibreOffice, a Chinese font and the PDF tools from Debian, where they are missing. Says why when it cannot.
set -eu
missing=""
command -v localc >/dev/null 2>&1 || missing="$missing libreoffice-calc"
command -v lowriter >/dev/null 2>&1 || missing="$missing libreoffice-writer"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$(fc-list :lang=zh family 2>/dev/null)" ] || missing="$missing fonts-wqy-zenhei"
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "test-office: missing$missing, and there is no apt-get here to install them with." >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "test-office: missing$missing; only root may install them. Run: sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
echo "test-office: installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # several package names
apt-get install -qq -y --no-install-recommends $missing >/dev/null
