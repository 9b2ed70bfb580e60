# Shared by the scripts; to be sourced. `$root` is the repository.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '== %s\n' "$*" >&2; }

fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# need_program NAME HINT: ends with one clear line where a program is missing.
need_program() { command -v "$1" >/dev/null || fail "'$1' was not found on PATH. $2"; }

need_toolchain() {
  need_program dotnet "Install the .NET 10 SDK: https://dotnet.microsoft.com/download"
  need_program npm "Install Node.js 20 or later with npm: https://nodejs.org"
}

# build TARGET CONFIGURATION: restores in locked mode, then builds; a warning is an error.
build() {
  say "Building $1 ($2)"
  # Build servers would outlive this script.
  dotnet build "$root/$1" --configuration "$2" --nologo --verbosity quiet --disable-build-servers \
    -p:RestoreLockedMode=true -clp:ErrorsOnly >&2 || fail "the build failed"
}

# as_root COMMAND...: runs it as root, directly or through sudo.
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

# may_install ADVICE: ends with the advice where Debian packages cannot be installed.
may_install() {
  command -v apt-get >/dev/null || fail "$1"
  [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; } || fail "$1 (this needs root, which this user is not)"
}

# apt_install PACKAGE ADVICE: installs a Debian package without starting its service; ends with the advice where that fails.
apt_install() {
  say "Installing Debian's package $1"
  as_root apt-get update -qq >&2 || fail "apt-get update failed. $2"
  as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Options::=--force-confold "$1" >&2 || fail "apt-get could not install it. $2"
}
