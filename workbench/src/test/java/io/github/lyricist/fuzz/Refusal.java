package io.github.lyricist.fuzz;

import io.github.lyricist.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every refusal must be: one line for the person who gave the input. */
final class Refusal {
  private static final int MOST_CHARACTERS = 700;
  private static final Pattern JAVA_NAME =
      Pattern.compile("\\b(java|javax|sun|jdk|com|org|io)\\.[a-z]+\\.|Exception|\\bJava[A-Z]");

  /** What moves the cursor, ends a line, turns the direction of writing, or is half a character. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028-\\u202E\\u2066-\\u2069]");

  /** Named whole, however long; the command line escapes what is in them. */
  private static final Pattern PATH = Pattern.compile("/.*?(?=: |; |\\z)", Pattern.DOTALL);

  private Refusal() {}

  /** What is wrong with how an input was refused, if anything is. */
  static Optional<String> fault(InvalidInputException refusal) {
    return fault(String.valueOf(refusal.getMessage()));
  }

  /** What is wrong with a message that is shown to people, if anything is. */
  static Optional<String> fault(String message) {
    String withoutPaths = PATH.matcher(message).replaceAll("…");
    if (CONTROL.matcher(withoutPaths).find()) {
      return Optional.of("a control character in a message");
    }
    if (withoutPaths.length() > MOST_CHARACTERS) {
      return Optional.of("a message of more than " + MOST_CHARACTERS + " characters");
    }
    return JAVA_NAME.matcher(withoutPaths).find()
        ? Optional.of("a name of Java's in a message")
        : Optional.empty();
  }
}
