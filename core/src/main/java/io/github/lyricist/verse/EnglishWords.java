package io.github.lyricist.verse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an English word that has begun can become. May be used by several threads. */
public final class EnglishWords {
  private final Phonetics phonetics;
  private final String[] words; // ascending
  private final int[] syllables; // of each word
  private final String[] rhymes; // of each word; empty where it has none for certain
  private final Map<String, Integer> rhyming = new HashMap<>(); // how many words, by rhyme
  private final Map<String, Set<Integer>> counts =
      new ConcurrentHashMap<>(); // of syllables, by beginning

  /**
   * The words of the dictionary.
   *
   * @param canWrite whether one of them can be written
   */
  public EnglishWords(Phonetics phonetics, Predicate<String> canWrite) {
    this.phonetics = phonetics;
    this.words = phonetics.words().stream().filter(canWrite).sorted().toArray(String[]::new);
    this.syllables = Arrays.stream(words).mapToInt(phonetics::syllables).toArray();
    this.rhymes = Arrays.stream(words).map(this::rhyme).toArray(String[]::new);
    for (String rhyme : rhymes) {
      rhyming.merge(rhyme, 1, Integer::sum);
    }
  }

  /** Whether words that begin so may have less than so many syllables. */
  boolean hasShorter(String beginning, int count) {
    return counts(beginning).stream().anyMatch(each -> each < count);
  }

  /** Whether words that begin so may have so many syllables. */
  boolean hasAsLong(String beginning, int count) {
    return counts(beginning).contains(count);
  }

  boolean isWord(String word) {
    return Arrays.binarySearch(words, word) >= 0;
  }

  private Set<Integer> counts(String beginning) {
    Set<Integer> known = counts.get(beginning);
    if (known != null) {
      return known;
    }
    Set<Integer> found =
        startingWith(beginning).mapToObj(word -> syllables[word]).collect(Collectors.toSet());
    if (!found.isEmpty()) { // of others there is no end
      counts.put(beginning, found);
    }
    return found;
  }

  private IntStream startingWith(String beginning) {
    int from = Arrays.binarySearch(words, beginning);
    return IntStream.range(from < 0 ? -from - 1 : from, words.length)
        .takeWhile(word -> words[word].startsWith(beginning));
  }

  /** The one rhyme of all pronunciations of a word; empty where they differ, or none is known. */
  String rhyme(String word) {
    Set<String> different = new HashSet<>();
    phonetics.pronunciations(word).forEach(sound -> different.add(sound.rhyme()));
    return different.size() == 1 ? different.iterator().next() : "";
  }

  /** Whether a word that begins so, of so many syllables, has a rhyme that is wished for. */
  boolean hasRhyming(String beginning, int count, Predicate<String> rhyme, Set<String> used) {
    return startingWith(beginning)
        .anyMatch(
            word ->
                syllables[word] == count
                    && rhyme.test(rhymes[word])
                    && !used.contains(words[word]));
  }

  /** The most words that have a rhyme in common. */
  int mostRhyming() {
    return rhyming.keySet().stream().mapToInt(this::rhyming).max().orElse(0);
  }

  /** How many words have a rhyme. */
  int rhyming(String rhyme) {
    return rhyme.isEmpty() ? 0 : rhyming.getOrDefault(rhyme, 0);
  }
}
