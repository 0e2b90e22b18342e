#!/usr/bin/env bash
# The system programs that the tests in this folder run; what is missing is installed where that is possible.
#   chromium       a real browser                       Debian package chromium
#   rsvg-convert   an SVG renderer that is no browser   Debian package librsvg2-bin
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v rsvg-convert >/dev/null || missing+=(librsvg2-bin)
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "These tests need programs that are not here: ${missing[*]}" >&2
    echo "On Debian: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
