package io.github.lyricist.consistency;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown document.
 *
 * @param line where its fence stands in the document, from 1 on
 * @param kind what the fence says that it is, such as {@code sh}; empty where it says nothing
 * @param text what is in it
 * @param notRun why its commands are not run, where a comment on the line above exempts them
 */
record Block(int line, String kind, String text, Optional<String> notRun) {
  private static final Pattern FENCED =
      Pattern.compile("(?ms)^(?:<!-- not run:? ?([^\n]*?) ?-->\n)?^(```)([^\n]*)\n(.*?)^```$");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(\\$|\\./lyricist|bin/lyricist|mvn|git) ");

  /** The blocks of a document, in order. */
  static List<Block> of(String document) {
    return FENCED.matcher(document).results().map(match -> of(match, document)).toList();
  }

  private static Block of(MatchResult match, String document) {
    int line = 1 + (int) document.substring(0, match.start(2)).lines().count();
    return new Block(line, match.group(3), match.group(4), Optional.ofNullable(match.group(1)));
  }

  boolean isScript() {
    return kind.equals("sh");
  }

  boolean looksLikeCommands() {
    return COMMAND.matcher(text).find();
  }
}
