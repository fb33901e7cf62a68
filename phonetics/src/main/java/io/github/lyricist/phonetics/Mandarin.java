package io.github.lyricist.phonetics;

import com.hankcs.hanlp.dictionary.CoreDictionary;
import com.hankcs.hanlp.dictionary.py.Pinyin;
import com.hankcs.hanlp.dictionary.py.PinyinDictionary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Han characters as Mandarin reads them, by HanLP's dictionaries. */
final class Mandarin {
  private static final int LONGEST_WORD = 8;

  private Mandarin() {}

  /**
   * The groups that the last character of a line may rhyme in.
   *
   * <p>Where the line ends in a word of several characters, its reading in that word is certain:
   * the dictionary of pinyin has all those words in which a character is read otherwise than by
   * itself. Elsewhere all its readings count.
   */
  static Set<String> endOfLine(String line) {
    Set<String> groups = new TreeSet<>();
    for (Pinyin reading : readings(line)) {
      RhymeGroup.of(reading.getPinyinWithoutTone())
          .ifPresent(group -> groups.add(group.chineseName()));
    }
    return groups;
  }

  private static List<Pinyin> readings(String line) {
    if (endsInWord(line)) {
      List<Pinyin> whole = PinyinDictionary.convertToPinyin(line);
      return List.of(whole.get(whole.size() - 1));
    }
    int last = line.offsetByCodePoints(line.length(), -1);
    Pinyin[] all = PinyinDictionary.get(line.substring(last));
    return all == null ? List.of() : List.of(all);
  }

  private static boolean endsInWord(String line) {
    int begin = line.length();
    for (int length = 1; length <= LONGEST_WORD && begin > 0; length++) {
      begin = line.offsetByCodePoints(begin, -1);
      String end = line.substring(begin);
      if (length > 1 && (CoreDictionary.contains(end) || PinyinDictionary.get(end) != null)) {
        return true;
      }
    }
    return false;
  }
}
