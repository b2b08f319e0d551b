#!/bin/sh
# check-quotations.sh TRANSCRIPT [ARTICLE...]: hold the quotations of articles against one transcript or a folder of them.
# Without articles, all of articles/ are checked. Writes quotations.json and quotations.html beside the terminal's view.
set -u

here=$(dirname "$0")
transcript=${1:?"name a transcript, or a folder of transcripts"}
shift
[ "$#" -gt 0 ] || set -- articles/*
style=${ONRECORD_STYLE:-"$here/desk.toml"}

against=""
if [ -d "$transcript" ]; then
    for file in "$transcript"/*; do against="$against --against $file"; done
else
    against="--against $transcript"
fi

# Word splitting of $against is meant: it holds one option a transcript.
# shellcheck disable=SC2086
onrecord check $against --style "$style" --quiet --json quotations.json --page quotations.html "$@"
status=$?
# shellcheck disable=SC2086
[ "$status" -eq 2 ] || onrecord check $against --style "$style" --quiet "$@"
exit "$status"
