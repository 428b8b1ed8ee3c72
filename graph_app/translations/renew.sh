#!/bin/sh
# Take all sentences of the code and the templates into the Persian catalogue; what is new stands there empty.
set -eu
bin=$1
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
"$bin/pybabel" -q extract -F graph_app/translations/babel.cfg -k N_ -k lazy_gettext --no-location --sort-output \
  --omit-header -o "$pot" .
"$bin/pybabel" -q update -i "$pot" -d graph_app/translations -l fa --no-fuzzy-matching --ignore-obsolete --width 120
"$bin/pybabel" -q compile -d graph_app/translations -l fa
