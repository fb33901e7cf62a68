package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.backend.BackendRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Where the program starts. */
public final class Main {
  private static final long PATIENCE_SECONDS = 5;

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    StandardOutput standardOutput = new StandardOutput();
    PrintStream out = new PrintStream(standardOutput, true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    int exitCode = LyricistCommand.execute(args, out, err, BackendRegistry::installed);
    out.flush();
    if (exitCode == LyricistCommand.DONE && standardOutput.failed()) {
      exitCode = LyricistCommand.FAILED;
      String complaint = standardOutput.complaint();
      if (complaint != null) {
        err.println("lyricist: " + complaint);
      }
    }
    if (Boolean.getBoolean("lyricist.filtered")) {
      err.close();
      awaitFilter();
    }
    System.exit(exitCode);
  }

  /**
   * Waits until the launcher's filter of standard error, a child of this process, has passed on
   * what came last: otherwise that could appear after the exit code, behind the shell's prompt.
   */
  private static void awaitFilter() {
    ProcessHandle.current()
        .children()
        .forEach(
            child ->
                child.onExit().completeOnTimeout(child, PATIENCE_SECONDS, TimeUnit.SECONDS).join());
  }
}
