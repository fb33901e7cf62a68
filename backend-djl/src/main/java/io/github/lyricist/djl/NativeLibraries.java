package io.github.lyricist.djl;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.NativePlatform;
import io.github.lyricist.backend.UnpackedLibrary;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * PyTorch's native libraries as they lie on the class path: told apart without being loaded.
 *
 * @param djl DJL's version
 * @param pytorch PyTorch's version
 * @param build the same, to the build
 * @param flavor what they compute on: {@code cpu}, or a CUDA version such as {@code cu124}
 * @param platform what they were built for, in DJL's words: {@code linux-x86_64}
 * @param files their names
 */
record NativeLibraries(
    String djl, String pytorch, String build, String flavor, String platform, List<String> files) {
  private static final String ENGINE = "PyTorch";
  private static final String CACHE = "DJL_CACHE_DIR";

  /** Between Java and PyTorch. */
  private static final String BRIDGE = System.mapLibraryName("djl_torch");

  static NativeLibraries onClassPath() {
    Properties engine = read("/pytorch-engine.properties");
    Properties libraries = read("/native/lib/pytorch.properties");
    return new NativeLibraries(
        engine.getProperty("djl_version"),
        engine.getProperty("pytorch_version"),
        libraries.getProperty("version"),
        libraries.getProperty("flavor"),
        libraries.getProperty("classifier"),
        List.of(libraries.getProperty("libraries").split(",", -1)));
  }

  private static Properties read(String resource) {
    Properties properties = new Properties();
    try (InputStream in = NativeLibraries.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw isMissing(resource);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new RunFailedException("DJL's own " + resource + " is unreadable", e);
    }
    return properties;
  }

  /** Of DJL and PyTorch, in words. */
  String version() {
    return "PyTorch %s (DJL %s)".formatted(pytorch, djl);
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
   * Unpacks and loads them, unless that is done, and sets how many threads they compute with: a
   * setting of the whole process.
   *
   * @param notice told in one line of each that was damaged and is mended
   * @throws RunFailedException if they can't be unpacked or loaded
   */
  Engine load(int threads, Consumer<String> notice) {
    setUnlessSet(CACHE, NativePlatform.cacheFolder("djl").toString());
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    unpack(notice);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      // DJL looks for its engines with the thread's loader, which need not be that of this module.
      thread.setContextClassLoader(NativeLibraries.class.getClassLoader());
      Engine engine = Engine.getEngine(ENGINE);
      JniUtils.setNumThreads(threads);
      return engine;
    } catch (LinkageError | RuntimeException e) {
      throw new RunFailedException(
          "PyTorch's libraries for %s can't be loaded on %s from %s (%s); %s"
              .formatted(
                  platform,
                  NativePlatform.name(),
                  Utils.getEngineCacheDir("pytorch"),
                  root(e),
                  "make sure that libraries may be run from that folder, or use another backend"),
          e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Unpacks them to where DJL looks for them, as far as they are not there yet, whole and
   * unchanged: DJL itself takes what it finds.
   */
  private void unpack(Consumer<String> notice) {
    Path folder =
        Utils.getEngineCacheDir("pytorch").resolve("%s-%s-%s".formatted(build, flavor, platform));
    for (String name : files) {
      unpack("/pytorch/%s/%s/%s".formatted(flavor, platform, name), folder.resolve(name), notice);
    }
    String bridge = "/jnilib/%s/%s/%s".formatted(platform, flavor, BRIDGE);
    unpack(bridge, folder.resolve(djl + "-" + BRIDGE), notice);
  }

  private static void unpack(String resource, Path file, Consumer<String> notice) {
    URL original = NativeLibraries.class.getResource(resource);
    if (original == null) {
      throw isMissing(resource);
    }
    new UnpackedLibrary(original, file).restore().ifPresent(notice);
  }

  private static RunFailedException isMissing(String resource) {
    return new RunFailedException(
        "the class path has no " + resource + ", a part of DJL; build backend-djl again");
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
