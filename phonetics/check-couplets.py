#!/usr/bin/env python3
"""Checks couplets by other ears than those that wrote them: espeak-ng's phonemes (Debian: apt install espeak-ng).

Each line of standard input is what `lyricist generate RUN --lines 2 --syllables 10 --rhyme AA --json` prints.
Prints the pairs that do not rhyme, and how many do: alike from the last stressed vowel on.

    python3 phonetics/check-couplets.py < couplets.jsonl
"""

import json
import re
import subprocess
import sys

VOWEL = re.compile("[aeiouyæɐɑɒɔəɚɛɜɝɪɨɵøʉʊʌᵻ]")


# Those of force and north, which espeak-ng writes apart and few speakers of English say so: "horse" is "hoarse".
MERGED = {"oːɹ": "ɔːɹ"}


def phonemes(word):
    command = ["espeak-ng", "-q", "-v", "en-us", "--ipa", word]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def rhyme(word):
    sounds = phonemes(word)
    stressed = max(sounds.rfind("ˈ"), sounds.rfind("ˌ"))
    for apart, alike in MERGED.items():
        sounds = sounds.replace(apart, alike)
    vowel = VOWEL.search(sounds, stressed + 1)
    return sounds[vowel.start():] if vowel else sounds


def last_word(line):
    return re.findall("[a-z]+(?:'[a-z]+)*", line.lower())[-1]


held = 0
couplets = [json.loads(line) for line in sys.stdin]
for couplet in couplets:
    words = [last_word(line) for line in (couplet["prefix"] + couplet["text"]).strip().splitlines()]
    if len(words) == 2 and words[0] != words[1] and rhyme(words[0]) == rhyme(words[1]):
        held += 1
    else:
        print(f"seed {couplet['seed']}:", ", ".join(f"{word} {phonemes(word)}" for word in words))
print(f"{held} of {len(couplets)} rhyme")
