#!/usr/bin/env bash
# Kills a run with SIGKILL at random moments and resumes it, many times over; then compares it, byte
# by byte, with one that nobody stopped.
#
#   consistency-tests/kill-and-resume.sh [KILLS [CONFIG [--set path=value …]]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kills=${1:-50}
config=${2:-configs/adam-lstm.yaml}
settings=("${@:3}")

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
whole=$folder/whole
killed=$folder/killed
common=(--quiet --set checkpoint.every=2 "${settings[@]}")

started=$(date +%s%N)
./lyricist run "$config" "${common[@]}" --out "$whole" >/dev/null
milliseconds=$((($(date +%s%N) - started) / 1000000))
echo "an uninterrupted run takes $milliseconds ms"

# Each time it is killed somewhere in the first part of what an undisturbed run takes, so that it
# dies while starting, while training, while writing.
for ((i = 1; i <= kills; i++)); do
  delay=$((RANDOM * RANDOM % (milliseconds / 3 + 1)))
  if [ -f "$killed/checkpoint.safetensors" ]; then
    command=(resume "$killed" --quiet)
  else
    rm -rf "$killed" # killed before there was a run
    command=(run "$config" "${common[@]}" --out "$killed")
  fi
  ./lyricist "${command[@]}" >/dev/null &
  sleep "$((delay / 1000)).$(printf %03d $((delay % 1000)))"
  kill -KILL $! 2>/dev/null || true
  wait $! 2>/dev/null || true
  epochs=0
  [ ! -f "$killed/metrics.jsonl" ] || epochs=$(wc -l <"$killed/metrics.jsonl")
  printf 'kill %2d after %5d ms: %d epochs\n' "$i" "$delay" "$epochs"
done
./lyricist resume "$killed" --quiet >/dev/null

for file in model.safetensors checkpoint.safetensors previews.jsonl config.yaml; do
  cmp "$whole/$file" "$killed/$file"
done
timeless() { sed 's/"seconds":[^,]*,"charactersPerSecond":[^,]*,//' "$1/metrics.jsonl"; }
cmp <(timeless "$whole") <(timeless "$killed")
[ -z "$(find "$killed" -name '*.tmp')" ]
echo "killed $kills times: the same bytes, $(wc -l <"$killed/metrics.jsonl") epochs, each once"
