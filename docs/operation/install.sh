#!/bin/sh
# Install Peyvand from this bundle, without a network: sh install.sh [FOLDER], by default /opt/peyvand.
# Nothing is changed if a file of the bundle is not what it was. A newer bundle goes beside the older one, and FOLDER/now points
# to it once it is whole; to go back, point it to the older one and restore the backup from before (docs/operation.md).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-/opt/peyvand}
version=$(cat "$here/python-version")
(cd "$here" && sha256sum --quiet --check SHA256SUMS) || { echo "The bundle is damaged: carry it over again." >&2; exit 1; }
python=$(command -v "python$version") || { echo "This bundle is for Python $version, which is not here." >&2; exit 1; }
release=$folder/$(sha256sum "$here/SHA256SUMS" | cut -c 1-12)
rm -rf "$release"
mkdir -p "$release"
"$python" -m venv "$release/venv"
"$release/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
  --constraint "$here/constraints.txt" 'peyvand[postgresql]'
cp -R "$here/engine" "$here/docs" "$here/peyvand.service" "$here/nginx.conf" "$release/"
ln -sfn "$release" "$folder/now"
echo "Peyvand is in $folder/now. Set PEYVAND_ENGINE_JARS=$folder/now/engine, then start $folder/now/venv/bin/peyvand serve"
