#!/bin/sh
# Prints how to call a working uv for this checkout, after finding a Python and, where uv is
# missing, fetching uv into .uv/. Everything but that one line goes to stderr.
#
#   tools/setup.sh python   the interpreter the environment is (to be) built on
#   tools/setup.sh uv       the uv program
#   tools/setup.sh chromium  the browser of the tests, with a Chinese font; installed if the machine has none and lets us
#   tools/setup.sh libreoffice  the soffice program, installed if the machine has none and lets us (a test opens slides)
#   tools/setup.sh java     the java program, installed if the machine has none and lets us (the tests' cluster needs it)
set -eu
cd "$(dirname "$0")/.."

say() { echo "$*" >&2; }

# An interpreter counts only if it runs: a version manager's placeholder of that name may not.
usable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11) or sys.implementation.name != "cpython")' \
        >/dev/null 2>&1
}

find_python() {
    # The environment's own Python first, so that a second run never rebuilds what is there.
    for candidate in "${PYTHON:-}" .venv/bin/python python3.13 python3.12 python3.11 python3.14 python3 python; do
        if [ -n "$candidate" ] && usable "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    say "Lvtu needs Python 3.11 or newer, and none was found on PATH."
    say "Looked for: python3.13 python3.12 python3.11 python3.14 python3 python."
    say "Try: install one (Debian, Ubuntu: apt install python3), or name one: make PYTHON=/path/to/python3 …"
    exit 1
}

# Debian's Python comes without ensurepip, some without pip: three ways, each needing less than the one before.
fetch_uv() {
    python="$1"
    say "uv is not installed; fetching it into .uv/"
    rm -rf .uv && mkdir .uv
    if "$python" -m venv .uv/venv >/dev/null 2>&1 && .uv/venv/bin/python -m pip install -q uv >&2; then
        from=.uv/venv/bin/uv
    elif "$python" -m pip install -q --target .uv/lib uv >&2; then
        from=.uv/lib/bin/uv
    else
        "$python" tools/fetch_uv.py .uv/lib >&2
        from=.uv/lib/uv
    fi
    mkdir -p .uv/bin && ln -sf "../${from#.uv/}" .uv/bin/uv
}

find_uv() {
    # dependency groups and this lock's format need a uv of 0.5 or newer
    for candidate in uv .uv/bin/uv; do
        if version=$("$candidate" --version 2>/dev/null); then
            case "$version" in
                "uv 0."[0-4].*) say "found $version, too old: not used" ;;
                *) command -v "$candidate"; return ;;
            esac
        fi
    done
    python=$(find_python)
    fetch_uv "$python"
    if ! .uv/bin/uv --version >/dev/null 2>&1; then
        say "uv could not be fetched. Try: install uv yourself, then run make again."
        exit 1
    fi
    echo .uv/bin/uv
}

find_java() {
    if ! java -version >/dev/null 2>&1; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            say "Java is not installed. Try: apt install openjdk-17-jre-headless, or a newer headless JRE."
            exit 1
        fi
        say "Java is not installed; installing it"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >&2
        apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >&2 ||
            apt-get install -y -qq --no-install-recommends default-jre-headless >&2
    fi
    command -v java
}

find_chromium() {
    if ! command -v chromium-headless-shell >/dev/null && ! command -v chromium >/dev/null; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            say "Chromium is not installed. Try: apt install chromium-headless-shell fonts-noto-cjk."
            exit 1
        fi
        say "Chromium is not installed; installing it"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >&2
        apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-noto-cjk >&2 ||
            apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >&2
    fi
    command -v chromium-headless-shell || command -v chromium
}

find_libreoffice() {
    if ! command -v soffice >/dev/null; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            say "LibreOffice is not installed. Try: apt install --no-install-recommends libreoffice-impress fonts-noto-cjk."
            exit 1
        fi
        say "LibreOffice is not installed; installing it"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >&2
        apt-get install -y -qq --no-install-recommends libreoffice-impress fonts-noto-cjk >&2
    fi
    command -v soffice
}

case "${1:-}" in
    chromium) find_chromium ;;
    java) find_java ;;
    libreoffice) find_libreoffice ;;
    python) find_python ;;
    uv) find_uv ;;
    *) say "usage: tools/setup.sh python|uv|java|chromium|libreoffice"; exit 2 ;;
esac
