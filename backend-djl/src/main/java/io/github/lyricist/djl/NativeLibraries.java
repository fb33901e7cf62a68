package io.github.lyricist.djl;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.NativePlatform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * PyTorch's native libraries as they lie on the class path: told apart without being loaded.
 *
 * @param version of DJL and PyTorch, in words
 * @param build PyTorch's version, to the build
 * @param flavor what they compute on: {@code cpu}, or a CUDA version such as {@code cu124}
 * @param platform what they were built for: {@code linux-x86_64}
 * @param files their names
 */
record NativeLibraries(
    String version, String build, String flavor, String platform, List<String> files) {
  private static final String ENGINE = "PyTorch";
  private static final String CACHE = "DJL_CACHE_DIR";

  static NativeLibraries onClassPath() {
    Properties engine = read("/pytorch-engine.properties");
    Properties libraries = read("/native/lib/pytorch.properties");
    return new NativeLibraries(
        "PyTorch %s (DJL %s)".formatted(engine.get("pytorch_version"), engine.get("djl_version")),
        libraries.getProperty("version"),
        libraries.getProperty("flavor"),
        libraries.getProperty("classifier"),
        List.of(libraries.getProperty("libraries").split(",", -1)));
  }

  private static Properties read(String resource) {
    Properties properties = new Properties();
    try (InputStream in = NativeLibraries.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new RunFailedException(
            "the class path has no " + resource + ", a part of DJL; build backend-djl again");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new RunFailedException("DJL's own " + resource + " is unreadable", e);
    }
    return properties;
  }

  boolean areForCuda() {
    return !flavor.equals("cpu");
  }

  /** What they compute on, in words, where that is more than the processor. */
  String note() {
    return areForCuda() ? "libraries for CUDA, " + flavor : "";
  }

  /** The devices that these libraries can compute on here, by what the system shows of them. */
  List<String> devices() {
    List<String> devices = new ArrayList<>(List.of("cpu"));
    if (areForCuda()) {
      for (int i = 0; new File("/dev/nvidia" + i).exists(); i++) {
        devices.add("cuda:" + i);
      }
    }
    return devices;
  }

  /**
   * Loads them, unless that is done, and sets how many threads they compute with: a setting of the
   * whole process.
   *
   * @throws RunFailedException if they can't be loaded
   */
  Engine load(int threads) {
    setUnlessSet(CACHE, NativePlatform.cacheFolder("djl").toString());
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    requireWhole(Path.of(System.getProperty(CACHE)));
    try {
      Engine engine = Engine.getEngine(ENGINE);
      JniUtils.setNumThreads(threads);
      return engine;
    } catch (LinkageError | RuntimeException e) {
      throw new RunFailedException(
          "PyTorch's libraries for %s can't be loaded on %s from %s (%s); %s"
              .formatted(
                  platform,
                  NativePlatform.name(),
                  System.getProperty(CACHE),
                  root(e),
                  "delete that folder if it is damaged, make sure that it can be written and that"
                      + " libraries may be run from it, or use another backend"),
          e);
    }
  }

  /** A library that was cut off, by a full disk perhaps, would end the virtual machine. */
  private void requireWhole(Path cache) {
    String folder = "%s-%s-%s".formatted(build, flavor, platform);
    for (String name : files) {
      Path file = cache.resolve(Path.of("pytorch", folder, name));
      URL original =
          NativeLibraries.class.getResource("/pytorch/%s/%s/%s".formatted(flavor, platform, name));
      try {
        if (original != null
            && Files.exists(file)
            && Files.size(file) != original.openConnection().getContentLengthLong()) {
          throw new RunFailedException(
              file + ": this library is damaged; delete its folder, and it is unpacked again");
        }
      } catch (IOException e) {
        throw new RunFailedException(file + ": reading failed: " + e.getMessage(), e);
      }
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
