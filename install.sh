#!/bin/sh
# Installs Stowage as a service, or brings an installation up to this release.
#
#   sudo ./install.sh [--from FILE] [--litestream FILE] [--public-url URL] [--host ADDRESS] [--port PORT]
#   sudo ./install.sh --uninstall
#
#   --from FILE        the executable; without it, the one in dist/, or one built from this checkout
#   --litestream FILE  the program for continuous copies; without it, the one on the PATH
#   --root DIR         installs below DIR and touches neither users nor services
#   --dry-run          says what would be done, and does nothing
#   --uninstall        removes everything but the data and the settings
#
# Running it again changes only what differs. Data and settings are never overwritten.
set -eu

root='' from='' litestream='' public_url='' host='127.0.0.1' port='3210'
dry_run=no uninstall=no
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    --from | --litestream | --root | --public-url | --host | --port)
      [ $# -ge 2 ] || fail "$1 needs a value"
      case $1 in
        --from) from=$2 ;;
        --litestream) litestream=$2 ;;
        --root) root=${2%/} ;;
        --public-url) public_url=$2 ;;
        --host) host=$2 ;;
        --port) port=$2 ;;
      esac
      shift 2
      ;;
    --dry-run) dry_run=yes; shift ;;
    --uninstall) uninstall=yes; shift ;;
    --help | -h) sed -n '2,/^set -eu/{/^#/s/^# \{0,1\}//p;}' "$0"; exit 0 ;;
    *) fail "$1 is not known; --help says what is" ;;
  esac
done

case $port in '' | *[!0-9]*) fail "--port $port is not a number" ;; esac
case "$host$public_url" in *[!A-Za-z0-9.:/_-]*) fail 'a host or URL has strange characters' ;; esac
[ "$(uname -s)" = Linux ] || fail 'services are made for Linux only'
if [ -z "$root" ] && [ "$dry_run" = no ] && [ "$(id -u)" != 0 ]; then fail 'run this as root'; fi

programs=/usr/local/lib/stowage
link=/usr/local/bin/stowage
data=/var/lib/stowage
settings=/etc/stowage
units=/etc/systemd/system
socket=/run/stowage-litestream/litestream.sock
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
changed=no

# Services and users exist only on the machine itself.
on_machine() { [ -z "$root" ] && [ "$dry_run" = no ]; }
has_systemd() { [ -d /run/systemd/system ]; }

act() {
  if [ "$dry_run" = yes ]; then say "would run: $*"; else "$@"; fi
}

# put MODE FILE PLACE: makes PLACE equal to FILE in one step, when it is not already.
put() {
  if [ -f "$root$3" ] && cmp -s "$2" "$root$3"; then
    say "unchanged: $3"
    return
  fi
  changed=yes
  if [ "$dry_run" = yes ]; then say "would write: $3"; return; fi
  mkdir -p "$(dirname "$root$3")"
  install -m "$1" "$2" "$root$3.new"
  mv -f "$root$3.new" "$root$3"
  say "wrote: $3"
}

target() {
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) fail "there is no build for $(uname -m)" ;;
  esac
  libc=''
  for loader in /lib/ld-musl-*; do [ -e "$loader" ] && libc=-musl; done
  say "linux-$arch$libc"
}

find_executable() {
  [ -n "$from" ] || from="$here/dist/stowage-$(target)"
  [ -f "$from" ] && return
  [ -f "$here/build.ts" ] || fail "$from is not there, and this is no checkout to build it from"
  if [ "$dry_run" = yes ]; then say "would build: $from"; return; fi
  say 'building the executable'
  if command -v node > /dev/null; then node "$here/.ci/with-bun.mjs" build.ts
  else (cd "$here" && bun install --frozen-lockfile && bun build.ts); fi
}

check_executable() {
  [ "$dry_run" = yes ] && return
  "$from" self-test > "$work/self-test" 2>&1 || { cat "$work/self-test" >&2; fail "$from does not work here"; }
}

create_user() {
  id stowage > /dev/null 2>&1 && return
  if on_machine; then
    useradd --system --home-dir "$data" --shell /usr/sbin/nologin --user-group stowage
    say 'created: the user stowage'
  else
    say 'would create: the user stowage'
  fi
}

make_folders() {
  for folder in "$data" "$settings"; do
    [ -d "$root$folder" ] && continue
    act mkdir -p "$root$folder"
    act chmod 0750 "$root$folder"
  done
  act chmod 0700 "$root$data"
  if on_machine; then
    chown stowage:stowage "$data"
    chown root:stowage "$settings"
  fi
}

# What both services have in common. MemoryDenyWriteExecute is absent on purpose: it switches
# the compiler inside the runtime off, and everything becomes several times slower.
hardening() {
  cat << 'UNIT'
User=stowage
Group=stowage
UMask=0077
Restart=always
RestartSec=2
LimitNOFILE=65536
UnsetEnvironment=BUN_OPTIONS BUN_BE_BUN
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
PrivateTmp=yes
PrivateDevices=yes
LockPersonality=yes
RemoveIPC=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
ReadWritePaths=/var/lib/stowage
UNIT
}

write_units() {
  if [ "$port" -lt 1024 ]; then capability=CAP_NET_BIND_SERVICE; else capability=''; fi
  {
    cat << UNIT
[Unit]
Description=Stowage: stock and shipping
After=network-online.target stowage-litestream.service
Wants=network-online.target

[Service]
Type=exec
ExecStart=$programs/stowage serve --data $data
EnvironmentFile=-$settings/stowage.env
TimeoutStopSec=45
UNIT
    hardening
    cat << UNIT
CapabilityBoundingSet=$capability
AmbientCapabilities=$capability

[Install]
WantedBy=multi-user.target
UNIT
  } > "$work/stowage.service"
  put 0644 "$work/stowage.service" "$units/stowage.service"
  if [ -z "$litestream" ]; then return; fi
  {
    cat << UNIT
[Unit]
Description=Continuous copies of Stowage's data
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
ExecStart=$programs/litestream replicate -config $settings/litestream.yml -no-expand-env
EnvironmentFile=-$settings/litestream.env
RuntimeDirectory=stowage-litestream
TimeoutStopSec=45
UNIT
    hardening
    cat << UNIT
CapabilityBoundingSet=

[Install]
WantedBy=multi-user.target
UNIT
  } > "$work/stowage-litestream.service"
  put 0644 "$work/stowage-litestream.service" "$units/stowage-litestream.service"
}

# Written once: from then on they belong to the operator.
write_settings() {
  if [ -f "$root$settings/stowage.env" ]; then say "kept: $settings/stowage.env"; return; fi
  {
    say '# Settings of Stowage; `stowage config show` lists them all.'
    say "STOWAGE_HOST=$host"
    say "STOWAGE_PORT=$port"
    [ -z "$public_url" ] || say "STOWAGE_PUBLIC_URL=$public_url"
    [ -z "$litestream" ] || say "STOWAGE_LITESTREAM_SOCKET=$socket"
  } > "$work/stowage.env"
  put 0640 "$work/stowage.env" "$settings/stowage.env"
  on_machine && chown root:stowage "$settings/stowage.env"
  return 0
}

write_litestream_configuration() {
  if [ "$dry_run" = yes ]; then say "would write: $settings/litestream.yml"; return; fi
  "$from" config litestream --litestream-socket "$socket" > "$work/litestream.yml"
  put 0640 "$work/litestream.yml" "$settings/litestream.yml"
  on_machine && chown root:stowage "$settings/litestream.yml"
  return 0
}

start_services() {
  on_machine && has_systemd || return 0
  services='stowage'
  [ -z "$litestream" ] || services='stowage-litestream stowage'
  systemctl daemon-reload
  for service in $services; do systemctl enable --quiet "$service"; done
  for service in $services; do
    if [ "$changed" = yes ]; then systemctl restart "$service"; else systemctl start "$service"; fi
  done
  say 'The services run. The link to set Stowage up:'
  say "  sudo -u stowage $link setup-link --data $data"
}

remove() {
  if on_machine && has_systemd; then
    for service in stowage stowage-litestream; do
      [ ! -f "$units/$service.service" ] || systemctl disable --quiet --now "$service"
    done
  fi
  for file in "$units/stowage.service" "$units/stowage-litestream.service" "$link" \
    "$programs/stowage" "$programs/litestream"; do
    [ -e "$root$file" ] || [ -L "$root$file" ] || continue
    act rm -f "$root$file"
    say "removed: $file"
  done
  if on_machine && has_systemd; then systemctl daemon-reload; fi
  say "kept: $data and $settings"
}

if [ "$uninstall" = yes ]; then
  remove
  exit 0
fi

find_executable
check_executable
[ -n "$litestream" ] || litestream=$(command -v litestream || true)
[ -z "$litestream" ] || [ -f "$litestream" ] || fail "$litestream is not there"
create_user
make_folders
if [ -f "$from" ]; then put 0755 "$from" "$programs/stowage"; fi
if [ -n "$litestream" ]; then put 0755 "$litestream" "$programs/litestream"
else say 'Litestream was not found: nothing will be copied continuously.'; fi
if [ "$(readlink "$root$link" || true)" != "$programs/stowage" ]; then
  act mkdir -p "$root$(dirname "$link")"
  act ln -sfn "$programs/stowage" "$root$link"
fi
write_settings
[ -z "$litestream" ] || write_litestream_configuration
write_units
start_services
