#!/usr/bin/env bash
# A search in so many parts on one machine, as many at a time as it has cores; with more of GNU parallel's options, on many:
#
#     bash parallel.sh 64 --cases 1000000 --time 18000 -- ./judged
#
# Started again, it carries out the parts that are missing, and no other. It ends with the merged verdict.
set -uo pipefail
oracle=${BUDDY_ORACLE:-npx buddy-oracle}
parts=$1
shift
mkdir -p campaign
part() {
  file=campaign/$1.json
  [ -e "$file" ] && return
  $oracle check --json --jobs 1 --shard "$1/$parts" "${@:2}" >"$file.part"
  status=$?
  # 0, 1 and 5 are verdicts. Of anything else, and of a part that is killed, nothing is kept.
  case $status in 0 | 1 | 5) mv "$file.part" "$file" ;; *) return "$status" ;; esac
}
export -f part
export oracle parts
SHELL=$BASH parallel --quote part {} "$@" ::: $(seq "$parts")
$oracle merge campaign/*.json
