package io.github.lyricist.phonetics;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.lyricist.verse.Sound;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * English words by Carnegie Mellon University's pronouncing dictionary (ARPAbet, stress by digits
 * at the vowels). Words rhyme whose sounds are equal from the last stressed vowel on.
 */
final class PronouncingDictionary {
  private static final String FILE = "cmudict.txt.gz";
  private static final String STRESSED = "12";

  private final Map<String, Set<Sound>> words = new TreeMap<>();

  private PronouncingDictionary() {}

  /** Reads it, from lines of a word, a tab and its sounds. */
  static PronouncingDictionary read() {
    PronouncingDictionary dictionary = new PronouncingDictionary();
    try (InputStream file =
            Objects.requireNonNull(PronouncingDictionary.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(new GZIPInputStream(file), US_ASCII))) {
      lines.lines().forEach(dictionary::add);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
    return dictionary;
  }

  private void add(String line) {
    int tab = line.indexOf('\t');
    words
        .computeIfAbsent(line.substring(0, tab), word -> new LinkedHashSet<>())
        .add(sound(line.substring(tab + 1).split(" ", -1)));
  }

  private static Sound sound(String... phones) {
    int syllables = 0;
    int from = phones.length;
    boolean isStressed = false;
    for (int i = 0; i < phones.length; i++) {
      char stress = phones[i].charAt(phones[i].length() - 1);
      if (Character.isDigit(stress)) {
        syllables++;
        if (STRESSED.indexOf(stress) >= 0 || !isStressed) {
          from = i;
          isStressed |= STRESSED.indexOf(stress) >= 0;
        }
      }
    }
    StringBuilder rhyme = new StringBuilder();
    for (int i = from; i < phones.length; i++) {
      int stress = phones[i].length() - 1;
      boolean isVowel = Character.isDigit(phones[i].charAt(stress));
      rhyme.append(phones[i], 0, isVowel ? stress : stress + 1).append(' ');
    }
    return new Sound(Math.max(1, syllables), rhyme.toString().strip());
  }

  Set<Sound> of(String word) {
    return words.getOrDefault(word, Set.of());
  }

  Collection<String> words() {
    return words.keySet();
  }
}
