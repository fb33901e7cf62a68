package io.github.lyricist.config.yaml;

/**
 * A single value.
 *
 * @param text as it was written, without quotes
 * @param plain whether it stood without quotes, so that it may be more than text
 */
public record Scalar(Place place, String text, boolean plain) implements Node {

  public ScalarKind kind() {
    return plain ? ScalarKind.ofPlain(text) : ScalarKind.TEXT;
  }

  public boolean isNull() {
    return kind() == ScalarKind.NULL;
  }

  /**
   * The value of an {@link ScalarKind#INTEGER}.
   *
   * @throws NumberFormatException if it takes more than 64 bits
   */
  public long wholeNumber() {
    if (text.startsWith("0o")) {
      return Long.parseLong(text.substring(2), 8);
    }
    return isHexadecimal() ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
  }

  /**
   * The value of an {@link ScalarKind#INTEGER} or a {@link ScalarKind#NUMBER}.
   *
   * @throws NumberFormatException if it is infinite or not a number
   */
  public double number() {
    return isHexadecimal() || text.startsWith("0o")
        ? (double) wholeNumber()
        : Double.parseDouble(text);
  }

  private boolean isHexadecimal() {
    return text.startsWith("0x");
  }
}
