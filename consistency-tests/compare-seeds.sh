#!/usr/bin/env bash
# Compares the engines on seeds 1 to 10, on each corpus and with each cell; one line a comparison: its
# exit code and its verdict. Healthy engines must never be apart. Takes some ten minutes for each corpus.
#
#   consistency-tests/compare-seeds.sh [--backends a,b,c] [--seeds N] [CORPUS …]
#
# The corpora: bundled:songs where none is given.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
backends=scratch,nd4j,djl
seeds=10
while [ $# -gt 0 ]; do
  case $1 in
    --backends) backends=$2 && shift 2 ;;
    --seeds) seeds=$2 && shift 2 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || set -- bundled:songs

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apart=0
for corpus; do
  for cell in rnn gru lstm; do
    for ((seed = 1; seed <= seeds; seed++)); do
      code=0
      ./lyricist compare configs/consecutive-scratch.yaml --backends "$backends" --out "$folder/run" \
        --set corpus.source="$corpus" --set model.cell=$cell --set seed=$seed \
        >"$folder/out" 2>"$folder/err" || code=$?
      case $code in
        0 | 3) last=$(tail -n 1 "$folder/out") ;;
        130) exit 130 ;;
        *) last=$(tail -n 1 "$folder/err") ;;
      esac
      [ $code -eq 0 ] || apart=$((apart + 1))
      printf '%s, %s, seed %d: exit code %d, %s\n' "${corpus##*/}" "$cell" "$seed" "$code" "$last"
      rm -rf "$folder/run"
    done
  done
done
echo "comparisons that did not end with exit code 0: $apart"
[ $apart -eq 0 ]
