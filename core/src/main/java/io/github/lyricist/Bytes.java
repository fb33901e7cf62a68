package io.github.lyricist;

/** Amounts of memory and sizes of files, as people say them. */
public final class Bytes {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int STEP = 1000;

  private Bytes() {}

  /** Three digits and a decimal unit: {@code 736 MB}, {@code 1.50 GB}, {@code 12 bytes}. */
  public static String text(long bytes) {
    double number = bytes;
    int unit = 0;
    while (number >= STEP - 0.5 && unit < UNITS.length - 1) {
      number /= STEP;
      unit++;
    }
    int decimals = unit == 0 || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
    return ("%." + decimals + "f %s").formatted(number, UNITS[unit]);
  }
}
