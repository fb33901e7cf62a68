package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    StandardOutput standardOutput = new StandardOutput();
    PrintStream out = new PrintStream(standardOutput, true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    int exitCode = LyricistCommand.execute(args, out, err);
    out.flush();
    if (exitCode == LyricistCommand.DONE && standardOutput.failed()) {
      exitCode = LyricistCommand.FAILED;
      String complaint = standardOutput.complaint();
      if (complaint != null) {
        err.println("lyricist: " + complaint);
      }
    }
    System.exit(exitCode);
  }
}
