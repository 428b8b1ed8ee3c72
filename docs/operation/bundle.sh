#!/bin/sh
# Make the bundle for a machine without a network: bundle.sh PYTHON TARGET.tar
# It holds the wheels of Peyvand and of all that it needs, for this kind of machine and this version of Python; the engine's
# jars; a checksum of every file; and install.sh, which needs nothing but Python.
set -eu
python=$1
target=$2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
name=peyvand-bundle
mkdir -p "$place/$name/wheels" "$place/$name/docs"
"$python" -m build --quiet --sdist --outdir "$place/dist" .
mkdir "$place/source"
tar -xzf "$place"/dist/peyvand-*.tar.gz -C "$place/source" --strip-components 1
"$python" -m build --quiet --wheel --outdir "$place/$name/wheels" "$place/source"
for wheel in "$place/$name"/wheels/peyvand-*.whl; do
  "$python" -m pip wheel --quiet --disable-pip-version-check --constraint constraints.txt \
    --wheel-dir "$place/$name/wheels" "$wheel[postgresql]"
done
PEYVAND_HOME="$place/home" "$python" -m graph_app engine install --to "$place/$name/engine"
"$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' > "$place/$name/python-version"
cp docs/operation/install.sh docs/operation/peyvand.service docs/operation/nginx.conf "$place/$name/"
cp LICENSE NOTICE constraints.txt "$place/$name/"
cp docs/*.md "$place/$name/docs/"
(cd "$place/$name" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
mkdir -p "$(dirname "$target")"
tar -cf "$place/bundle.tar" -C "$place" "$name" # not packed: jars and wheels are already
mv "$place/bundle.tar" "$target"
sha256sum "$target"
