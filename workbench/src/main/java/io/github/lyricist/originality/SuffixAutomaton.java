package io.github.lyricist.originality;

import java.util.Arrays;

/**
 * The least automaton that accepts all substrings of a text (Blumer et al., 1985). It has less than
 * twice as many states as the text has characters, and less than three times as many transitions.
 */
final class SuffixAutomaton {
  static final int ROOT = 0;
  private static final int NONE = -1;
  private static final long EMPTY = -1;

  private int[] length; // of the longest string that leads to a state
  private int[] link; // to the state of the longest suffix that leads elsewhere
  private int states = 1;
  private int last = ROOT;
  private long[] keys; // (state, character), open addressing
  private int[] targets;
  private int[][] own = {}; // the characters of each state's transitions, for clones
  private final int[] ends; // the state of each prefix, by its length

  /**
   * @param text its characters, a million or so at most
   */
  SuffixAutomaton(int... text) {
    int most = Math.max(2, 2 * text.length);
    this.length = new int[most];
    this.link = new int[most];
    this.own = new int[most][];
    int slots = Integer.highestOneBit(Math.max(16, 6 * text.length)) * 2;
    this.keys = new long[slots];
    Arrays.fill(keys, EMPTY);
    this.targets = new int[slots];
    this.ends = new int[text.length + 1];
    link[ROOT] = NONE;
    for (int i = 0; i < text.length; i++) {
      append(text[i]);
      ends[i + 1] = last;
    }
  }

  private void append(int character) {
    int added = states++;
    length[added] = length[last] + 1;
    int state = last;
    while (state != NONE && next(state, character) == NONE) {
      put(state, character, added);
      state = link[state];
    }
    if (state == NONE) {
      link[added] = ROOT;
    } else {
      int target = next(state, character);
      link[added] = length[state] + 1 == length[target] ? target : split(state, character, target);
    }
    last = added;
  }

  /** Makes a state of its own of the shorter strings that lead to a state. */
  private int split(int from, int character, int target) {
    int clone = states++;
    length[clone] = length[from] + 1;
    link[clone] = link[target];
    link[target] = clone;
    for (int each : characters(target)) {
      put(clone, each, next(target, each));
    }
    for (int state = from; state != NONE && next(state, character) == target; state = link[state]) {
      put(state, character, clone);
    }
    return clone;
  }

  private int[] characters(int state) {
    int[] characters = own[state];
    return characters == null ? new int[0] : characters;
  }

  /** Where a character leads; negative if nowhere. */
  int next(int state, int character) {
    int slot = slot(state, character);
    return keys[slot] == EMPTY ? NONE : targets[slot];
  }

  private void put(int state, int character, int target) {
    int slot = slot(state, character);
    if (keys[slot] == EMPTY) {
      keys[slot] = key(state, character);
      int[] characters = characters(state);
      characters = Arrays.copyOf(characters, characters.length + 1);
      characters[characters.length - 1] = character;
      own[state] = characters;
    }
    targets[slot] = target;
  }

  private int slot(int state, int character) {
    long key = key(state, character);
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & (keys.length - 1);
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private static long key(int state, int character) {
    return (long) state << 32 | character;
  }

  int states() {
    return states;
  }

  int length(int state) {
    return length[state];
  }

  /** The state of the longest suffix that leads elsewhere; negative for the root. */
  int link(int state) {
    return link[state];
  }

  /** The state of the text's first so many characters. */
  int ofPrefix(int characters) {
    return ends[characters];
  }
}
