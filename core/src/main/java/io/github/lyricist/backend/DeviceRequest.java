package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device that a config asks for.
 *
 * @param kind auto, CPU or CUDA
 * @param index which CUDA device, from 0
 */
public record DeviceRequest(Kind kind, int index) {
  private static final Pattern FORM = Pattern.compile("(auto|cpu|cuda)|cuda:([0-9]{1,3})");

  public static final DeviceRequest AUTO = new DeviceRequest(Kind.AUTO, 0);
  public static final DeviceRequest CPU = new DeviceRequest(Kind.CPU, 0);

  /** What is asked for; {@code AUTO} alone may fall back. */
  public enum Kind {
    AUTO,
    CPU,
    CUDA
  }

  /** Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
  public static DeviceRequest parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw InvalidInputException.ofKey(
          "device", "found '" + Excerpt.of(text) + "'", "expected auto, cpu, cuda or cuda:N");
    }
    if (matcher.group(2) != null) {
      return new DeviceRequest(Kind.CUDA, Integer.parseInt(matcher.group(2)));
    }
    return switch (matcher.group(1)) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      default -> new DeviceRequest(Kind.CUDA, 0);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
    };
  }
}
