package io.github.lyricist.verse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How the lines that are done end, by the letter of their group. Never changes.
 *
 * @param groups of each letter that has been used, its rhyme and its words
 */
record Rhymes(Map<String, Group> groups) {
  static final Rhymes NONE = new Rhymes(Map.of());

  /**
   * Lines that rhyme.
   *
   * @param rhyme what they have in common
   * @param endings the words, or characters, that they end in
   */
  record Group(String rhyme, Set<String> endings) {}

  /** Whether a line of this group may end so. */
  boolean allow(String letter, String rhyme, String ending) {
    Group group = groups.get(letter);
    return !rhyme.isEmpty()
        && (group == null || (group.rhyme().equals(rhyme) && !group.endings().contains(ending)));
  }

  /** Whether a line of this group may have this rhyme. */
  boolean allow(String letter, String rhyme) {
    Group group = groups.get(letter);
    return !rhyme.isEmpty() && (group == null || group.rhyme().equals(rhyme));
  }

  /** The endings of this group, which no other line may have. */
  Set<String> endings(String letter) {
    Group group = groups.get(letter);
    return group == null ? Set.of() : group.endings();
  }

  /** With another line. */
  Rhymes and(String letter, String rhyme, String ending) {
    Set<String> endings = new HashSet<>(endings(letter));
    endings.add(ending);
    Map<String, Group> all = new HashMap<>(groups);
    all.put(letter, new Group(rhyme, Set.copyOf(endings)));
    return new Rhymes(Map.copyOf(all));
  }
}
