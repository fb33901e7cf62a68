package io.github.lyricist.spark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * A task of Spark's that runs a worker, as a process beside Spark's own, of the program that came
 * with it. The process has this Java, as many cores as the task, and as much memory as the task's
 * share of its executor's. Nothing of the program is needed to load this class.
 */
final class WorkerTask extends AbstractFunction1<Iterator<Integer>, Iterator<Integer>>
    implements Serializable {
  /** The folder that the program is unpacked to, among Spark's files. */
  static final String PROGRAM = "lyricist";

  private static final long serialVersionUID = 1L;
  private static final int PATIENCE_SECONDS = 5;
  private static final long MEGABYTE = 1 << 20;

  private final String host;
  private final int port;
  private final String secret;
  private final int sharing;
  private final String folder;

  /**
   * @param host where the leader is
   * @param port where it waits
   * @param sharing how many workers an executor may have
   * @param folder where the leader was started, which relative paths are relative to; a worker is
   *     started there, too, if its machine has such a folder
   */
  WorkerTask(String host, int port, String secret, int sharing, String folder) {
    this.host = host;
    this.port = port;
    this.secret = secret;
    this.sharing = sharing;
    this.folder = folder;
  }

  @Override
  public Iterator<Integer> apply(Iterator<Integer> numbers) {
    try {
      Process process = start();
      try {
        int exitCode = process.waitFor();
        if (exitCode != 0) {
          throw new IllegalStateException(
              "a worker's process ended with %d; the executor's stderr says more"
                  .formatted(exitCode));
        }
        return numbers;
      } finally {
        end(process);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a worker did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }

  private Process start() throws IOException {
    Path program = Path.of(SparkFiles.get(PROGRAM));
    long megabytes = Runtime.getRuntime().maxMemory() / sharing / MEGABYTE;
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh", program.resolve("bin/lyricist").toString(), "worker", host, "" + port)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (Files.isDirectory(Path.of(folder))) {
      builder.directory(Path.of(folder).toFile());
    }
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put(
        "JAVA_OPTS",
        "-XX:ActiveProcessorCount=%d -Xmx%dm".formatted(TaskContext.get().cpus(), megabytes));
    environment.put("LYRICIST_ONCE", "true");
    environment.put("XDG_CACHE_HOME", program.resolveSibling("cache").toString());
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((secret + "\n").getBytes(US_ASCII));
    }
    return process;
  }

  /** It ends by itself when its leader does, unless it hangs; nothing is lost with it. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process.destroy();
      try {
        if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
  }
}
