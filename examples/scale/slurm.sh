#!/bin/sh
# SPDX-License-Identifier: ISC
#
# slurm.sh articles.tsv folder [parts] - copies among articles, sketched by a Slurm array.
#
#   slurm.sh articles.tsv /shared/sketches 100 > copies.tsv
#
# The folder is one that all nodes see. A part is done when its sketches have their name:
# they get it by a rename, so a job that died half way is simply run again, by Slurm
# (--requeue) or by this script started anew, which asks for what is missing alone.
set -eu

folder=${2:?usage: slurm.sh articles.tsv folder [parts]}
mkdir -p "$folder"
[ -e "$folder/cut" ] || {
	split -n "l/${3:-10}" -a 4 -d "$1" "$folder/part."
	: > "$folder/cut"
}
missing=''
for part in "$folder"/part.*; do
	n=$((1${part##*.} - 10000))
	[ -e "$folder/sketch.${part##*.}" ] || missing=$missing,$n
done
# shellcheck disable=SC2016
[ -z "$missing" ] || sbatch --quiet --wait --requeue --array="${missing#,}" --chdir="$folder" --output=/dev/null --wrap '
	n=$(printf %04d "$SLURM_ARRAY_TASK_ID")
	fingerprint < "part.$n" > "tmp.$n.$SLURM_RESTART_COUNT" && mv "tmp.$n.$SLURM_RESTART_COUNT" "sketch.$n"'
for part in "$folder"/part.*; do
	[ -e "$folder/sketch.${part##*.}" ] || { echo "slurm.sh: ${part##*.} is missing: run again" >&2; exit 1; }
done
cat "$folder"/sketch.* | find-copies
