package io.github.lyricist.studio.http;

import io.github.lyricist.Limits;
import org.jspecify.annotations.Nullable;

/** A request that is not answered as it wished: its status, and what the client is told. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final @Nullable String parameter;
  private final @Nullable String code;

  /**
   * Of a request.
   *
   * @param status of HTTP
   * @param parameter that is wrong, or null
   * @param code for programs, or null
   */
  public Refusal(int status, String message, @Nullable String parameter, @Nullable String code) {
    super(message);
    this.status = status;
    this.parameter = parameter;
    this.code = code;
  }

  /** A parameter that is not as expected. */
  public static Refusal of(String parameter, String found, String expected) {
    return new Refusal(400, parameter + ": " + found + "; expected " + expected, parameter, null);
  }

  /**
   * Checks that a text is not too long to be read before others are written, or looked up.
   *
   * @param parameter that has it
   */
  public static void requireReadable(String parameter, int characters) {
    if (characters > Limits.PROMPT_CHARACTERS) {
      throw of(
          parameter,
          "found %,d characters".formatted(characters),
          "%,d at most".formatted(Limits.PROMPT_CHARACTERS));
    }
  }

  /** There is no such thing. */
  static Refusal notFound(String what) {
    return new Refusal(404, "there is no " + what, null, "not_found");
  }

  /** Of HTTP. */
  int status() {
    return status;
  }

  /** The parameter that is wrong, or null. */
  @Nullable String parameter() {
    return parameter;
  }

  /** For programs, or null. */
  @Nullable String code() {
    return code;
  }
}
