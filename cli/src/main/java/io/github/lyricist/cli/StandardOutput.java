package io.github.lyricist.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Standard output. It remembers why writing failed, which a {@link java.io.PrintStream} doesn't.
 */
final class StandardOutput extends FilterOutputStream {
  private static final String READER_GONE = "Broken pipe";

  private @Nullable IOException failure;

  StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  /** Whether something that was written is lost. */
  boolean failed() {
    return failure != null;
  }

  /** Why, to be told; null also where the reader had enough, as {@code head} has. */
  @Nullable String complaint() {
    return failure == null || READER_GONE.equals(failure.getMessage())
        ? null
        : "standard output: " + failure.getMessage() + "; what was written there is not whole";
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
