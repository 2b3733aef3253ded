# shellcheck shell=bash
# What ./dev needs from Debian, and how it gets it. Sourced by ./dev, which defines `say` and `die`.

# Debian packages by what needs them; a|b means that either will do.
tool_packages=(g++ cmake ninja-build libeigen3-dev libboost1.81-dev libgmp-dev libmpfr-dev libflint-arb-dev
  librandom123-dev libfmt-dev libcli11-dev nlohmann-json3-dev libtomlplusplus-dev libnlopt-dev librapidcheck-dev)
demo_packages=("${tool_packages[@]}" "gnuplot-nox|gnuplot-qt|gnuplot-x11")
bench_packages=("${demo_packages[@]}" libbenchmark-dev python3-mpmath python3-numpy python3-hypothesis)
suite_packages=("${bench_packages[@]}" catch2 libmpfi-dev)
test_packages=("${suite_packages[@]}" python3 clang-format-14 chromium libopenmpi-dev openmpi-bin)
proofs_packages=(coq libcoq-interval libcoq-coquelicot ocaml-findlib libzarith-ocaml-dev make python3)

installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

apt_lists_present() { compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; }

# The first alternative of each given entry of which none is installed.
missing_packages() {
  local entry package found
  for entry in "$@"; do
    found=
    for package in ${entry//|/ }; do
      if installed "$package"; then found=1; break; fi
    done
    [[ -n $found ]] || printf '%s\n' "${entry%%|*}"
  done
}

need() {
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: taking it that the counterparts of these are installed: $*"
    return
  fi
  local -a missing=() as_root=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  local install="apt-get install -y --no-install-recommends ${missing[*]}"
  if ((EUID != 0)); then
    if command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      printf 'dev: packages are missing; as root, run\n  apt-get update && %s\n' "$install" >&2
      exit 2
    fi
  fi
  say "installing ${missing[*]} (may take a few minutes)"
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  # --no-remove: never at the price of something that is installed.
  local -a apt=("${as_root[@]}" apt-get -qq -y --no-install-recommends --no-remove
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install "${missing[@]}")
  local -a update=("${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300 update)
  local log
  log=$(mktemp)
  if apt_lists_present || "${update[@]}"; then
    # Old lists name versions that are gone: fetch new ones and try once more.
    if "${apt[@]}" >"$log" 2>&1 || { "${update[@]}" && "${apt[@]}" >"$log" 2>&1; }; then
      rm -f "$log"
      return
    fi
  fi
  tail -n 20 "$log" >&2
  rm -f "$log"
  status=2 die "could not install the packages; as root, try: apt-get update && $install"
}
