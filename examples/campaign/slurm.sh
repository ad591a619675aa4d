#!/usr/bin/env bash
# A search on a cluster of Slurm, one task of a job array for each part:
#
#     sbatch --array=1-64 slurm.sh --cases 1000000 --time 18000 -- ./judged
#     npx buddy-oracle merge campaign/*.json          # when all of them have ended
#
# Submitted again, with the same array, it carries out the parts that are missing, and no other.
#SBATCH --job-name=buddy-oracle
#SBATCH --array=1-4
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=buddy-oracle-%a.log
set -uo pipefail
file=campaign/$SLURM_ARRAY_TASK_ID.json
[ -e "$file" ] && exit 0
mkdir -p campaign
${BUDDY_ORACLE:-npx buddy-oracle} check --json --jobs 1 \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_MAX" "$@" >"$file.part"
status=$?
# 0, 1 and 5 are verdicts. Of anything else, and of a task that is killed, nothing is kept.
case $status in 0 | 1 | 5) mv "$file.part" "$file" ;; *) exit "$status" ;; esac
