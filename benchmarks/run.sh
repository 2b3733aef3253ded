#!/usr/bin/env bash
# The entry of `./dev bench`: run.py does the work and documents its arguments.
set -eu
export PYTHONDONTWRITEBYTECODE=1
exec "${PYTHON:-python3}" "$(dirname "$0")/run.py" "$@"
