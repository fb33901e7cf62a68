package io.github.lyricist.cli;

import io.github.lyricist.report.RunFolder;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** Reads a RUN_DIR: a path, or {@code latest} for the newest run of {@code runs/}. */
final class RunPath implements ITypeConverter<Path> {
  /** In place of a path; a folder of that name is {@code ./latest}. */
  static final String LATEST = "latest";

  @Override
  public Path convert(String value) {
    return value.equals(LATEST)
        ? new RunFolder(RunFolder.DEFAULT).latest()
        : Converters.path(value);
  }
}
