package io.github.lyricist.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.NativePlatform;
import io.github.lyricist.bench.EngineService;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** DL4J's own layers as an engine of {@code bench}, in this process: {@code --threads N}. */
final class Dl4jEngine {
  private static final int USAGE = 2;
  private static final String PROPERTIES =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private Dl4jEngine() {}

  public static void main(String[] arguments) {
    try {
      if (arguments.length != 2 || !arguments[0].equals("--threads")) {
        throw InvalidInputException.at(
            "dl4j", "it is started by bench", "lyricist bench --other …/dl4j");
      }
      load(Integer.parseInt(arguments[1]));
      answer(System.in, new PrintStream(System.out, true, UTF_8));
    } catch (InvalidInputException e) {
      System.err.println("lyricist: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  /**
   * Loads ND4J's libraries, and sets how many threads its products take. All else is on one, as in
   * our own engine of ND4J: its two pools of threads keep each other from working.
   */
  static void load(int threads) {
    System.setProperty(
        "org.bytedeco.javacpp.cachedir", NativePlatform.cacheFolder("javacpp").toString());
    Nd4j.getMemoryManager().togglePeriodicGc(false); // DL4J's memory is in workspaces
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  static void answer(InputStream questions, PrintStream answers) {
    EngineService.answer(
        "DL4J %s, its own layers, on cpu".formatted(version()),
        Dl4jClock::new,
        Dl4jProduct::new,
        questions,
        answers);
  }

  /** From DL4J's own jar. */
  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = Dl4jEngine.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw RunFailedException.reading(PROPERTIES, e);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
