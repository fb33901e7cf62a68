package io.github.lyricist.cli.start;

import java.util.Locale;

/** What a start is for, on which its flags depend; the start scripts choose by the command. */
enum StartKind {
  /** What only reads and prints. */
  PLAIN("plain.jsa"),
  /** What loads an engine. */
  COMPUTING("computing.jsa"),
  /** What computes for long. */
  TRAINING("computing.jsa");

  private final String archive;

  StartKind(String archive) {
    this.archive = archive;
  }

  /** What it is called in {@code java.args}; and its argument file. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The file name of the archive of the classes that such a start loads. */
  String archive() {
    return archive;
  }
}
