#!/bin/sh
# Make the bundle, and install and use it where there is no network: bundle.sh PYTHON (as root: it takes the network away).
set -eu
python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
sh docs/operation/bundle.sh "$python" "$place/bundle.tar"
tar -xf "$place/bundle.tar" -C "$place"
cat > "$place/inside.sh" <<'INSIDE'
set -eu
ip link set lo up
place=$1
cd /
sh "$place/peyvand-bundle/install.sh" "$place/opt"
export PEYVAND_HOME="$place/home" PEYVAND_ENGINE_JARS="$place/opt/now/engine" XDG_CACHE_HOME="$place/cache" HOME="$place"
"$place/opt/now/venv/bin/peyvand" load apply "$place/founding" --yes
"$place/opt/now/venv/bin/peyvand" query run agreements/by_status --format csv > "$place/answer.csv"
grep -q plan-mashhad "$place/answer.csv"
echo damaged >> "$place/peyvand-bundle/NOTICE"
if sh "$place/peyvand-bundle/install.sh" "$place/opt" 2>/dev/null; then exit 1; fi
"$place/opt/now/venv/bin/peyvand" version
echo "the bundle is whole, and needs no network"
INSIDE
cp -R examples/founding "$place/founding"
unshare --net sh "$place/inside.sh" "$place"
