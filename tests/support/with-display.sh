#!/usr/bin/env bash
# with-display.sh PROGRAM [ARGUMENT…]: runs a test with a display, a session bus and settings of its own.
# Where there is no Xvfb it says so in TAP and is content.
set -euo pipefail

for needed in Xvfb xvfb-run dbus-run-session; do
  if ! command -v "$needed" >/dev/null; then
    echo "1..0 # SKIP $needed is not installed"
    exit 0
  fi
done

# Sockets have short names: D-Bus takes at most 107 bytes, and the build folder may be deep.
folder=$(mktemp -d /tmp/kvar-display-XXXXXX)
# A portal that the bus has started may hold its mount a moment longer than the test runs.
trap 'rm -rf --one-file-system "$folder" 2>/dev/null || true' EXIT
chmod 700 "$folder"

# Folders of its own, but the system's data: without its MIME types no icon loads, which is
# why these tests do not isolate themselves.
export HOME=$folder
export XDG_RUNTIME_DIR=$folder
export XDG_CACHE_HOME=$folder/cache
export XDG_CONFIG_HOME=$folder/config
export XDG_DATA_HOME=$folder/data
export XDG_STATE_HOME=$folder/state
export TMPDIR=$folder
export GDK_BACKEND=x11
export GSK_RENDERER=cairo
export GSETTINGS_BACKEND=memory
export GDK_DEBUG=gl-disable
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

dbus-run-session -- xvfb-run -a --error-file="$folder/xvfb.log" \
  --server-args="-screen 0 1280x900x24 -nolisten tcp" "$@"
