package io.github.lyricist.phonetics;

import io.github.lyricist.verse.Phonetics;
import io.github.lyricist.verse.Sound;
import java.util.Collection;
import java.util.Set;

/** Sounds by dictionaries, each of which is read when it is first asked. */
public final class Dictionaries implements Phonetics {
  /** Read once, by the first who asks. */
  private static final class English {
    static final PronouncingDictionary DICTIONARY = PronouncingDictionary.read();
  }

  @Override
  public Set<String> endOfLine(String line) {
    return Mandarin.endOfLine(line);
  }

  @Override
  public Set<Sound> pronunciations(String word) {
    return English.DICTIONARY.of(word);
  }

  @Override
  public int syllables(String word) {
    return pronunciations(word).stream()
        .mapToInt(Sound::syllables)
        .findFirst()
        .orElseGet(() -> Spelling.syllables(word));
  }

  @Override
  public Collection<String> words() {
    return English.DICTIONARY.words();
  }
}
