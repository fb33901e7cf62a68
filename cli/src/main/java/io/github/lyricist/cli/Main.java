package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.EngineSource;
import io.github.lyricist.install.Installation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Locale;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    StandardOutput standardOutput = new StandardOutput();
    PrintStream out = new PrintStream(standardOutput, true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(standardError()), true, UTF_8);
    System.setErr(err);
    int exitCode =
        LyricistCommand.execute(
            args,
            out,
            err,
            () ->
                BackendRegistry.installed(
                    Launcher.home().isEmpty() ? EngineSource.NONE : installation(err)),
            () -> installation(err));
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

  private static Installation installation(PrintStream err) {
    return new Installation(
        Launcher.requireHome(),
        Installation.dataFolder(),
        engine -> Launcher.command("install", engine),
        new VisibleStream(err)::println);
  }

  /**
   * Standard error as the launcher was given it. What Java itself writes to its own goes through a
   * filter, which would hold back a progress bar and mix up its order with standard output.
   */
  private static FileDescriptor standardError() {
    Integer descriptor = Integer.getInteger("lyricist.errors");
    if (descriptor != null) {
      try {
        Constructor<FileDescriptor> ofNumber =
            FileDescriptor.class.getDeclaredConstructor(int.class);
        ofNumber.setAccessible(true);
        return ofNumber.newInstance(descriptor);
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        return FileDescriptor.err; // of a Java that has no such thing
      }
    }
    return FileDescriptor.err;
  }
}
