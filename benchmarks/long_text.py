"""Writes a long text, to see that memory does not depend on a text's length.

  python3 benchmarks/long_text.py BYTES > text.txt

Lines of words, drawn by Zipf's law from 200,000 made-up ones; the same each time.
"""

import itertools
import random
import sys

WORDS = 200_000
LINE = 12  # words
LINES = 800_000  # written again and again, each time from another one on

draw = random.Random(1)
syllables = [c + v for c in "bcdfghjklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er")]
words = ["".join(draw.choices(syllables, k=1 + i % 4)) + (str(i) if i > 5000 else "") for i in range(WORDS)]
weights = list(itertools.accumulate(1 / (i + 1) for i in range(WORDS)))
lines = [" ".join(draw.choices(words, cum_weights=weights, k=LINE)).capitalize() + ".\n" for _ in range(LINES)]

left = int(sys.argv[1])
while left > 0:
    first = draw.randrange(LINES)
    text = "".join(lines[first:] + lines[:first])[:left]
    sys.stdout.write(text)
    left -= len(text)
