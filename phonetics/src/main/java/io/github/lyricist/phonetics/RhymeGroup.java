package io.github.lyricist.phonetics;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fourteen groups of the 中华新韵 (Chinese Poetry Society, 2005): syllables of Mandarin that rhyme,
 * whatever their tone.
 */
enum RhymeGroup {
  MA("麻", "a ia ua"),
  BO("波", "o e uo"),
  JIE("皆", "ie üe"),
  KAI("开", "ai uai"),
  WEI("微", "ei ui"),
  HAO("豪", "ao iao"),
  YOU("尤", "ou iu"),
  HAN("寒", "an ian uan üan"),
  WEN("文", "en in un ün"),
  TANG("唐", "ang iang uang"),
  GENG("庚", "eng ing ong iong"),
  QI("齐", "i er ü"),
  ZHI("支", "-i"),
  GU("姑", "u");

  private static final Pattern INITIAL = Pattern.compile("^(zh|ch|sh|[bpmfdtnlgkhjqxrzcs])");
  private static final Pattern APICAL = Pattern.compile("(zh|ch|sh|r|z|c|s)i");
  private static final Pattern PALATAL = Pattern.compile("([jqx])u(.*)");

  private final String chineseName;
  private final String finals;

  RhymeGroup(String chineseName, String finals) {
    this.chineseName = chineseName;
    this.finals = " " + finals + " ";
  }

  /** As rhyme books call it. */
  String chineseName() {
    return chineseName;
  }

  /**
   * That of a syllable.
   *
   * @param syllable in pinyin without its tone, {@code v} for {@code ü}
   * @return empty for what has no final, as {@code hm}
   */
  static Optional<RhymeGroup> of(String syllable) {
    String rest = APICAL.matcher(syllable).matches() ? "-i" : rest(syllable.replace('v', 'ü'));
    for (RhymeGroup group : values()) {
      if (group.finals.contains(" " + rest + " ")) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  /** Its final, written out where pinyin writes it short. */
  private static String rest(String syllable) {
    if (syllable.startsWith("y")) {
      String rest = syllable.substring(1);
      if (rest.startsWith("u")) {
        return "ü" + rest.substring(1);
      }
      return switch (rest) {
        case "ou" -> "iu";
        case "i", "in", "ing", "o", "ai" -> rest;
        default -> "i" + rest;
      };
    }
    if (syllable.startsWith("w")) {
      String rest = syllable.substring(1);
      return switch (rest) {
        case "u" -> "u";
        case "ei" -> "ui";
        case "en" -> "un";
        case "eng" -> "ong";
        default -> "u" + rest;
      };
    }
    Matcher palatal = PALATAL.matcher(syllable);
    if (palatal.matches()) {
      return "ü" + palatal.group(2);
    }
    return INITIAL.matcher(syllable).replaceFirst("");
  }
}
