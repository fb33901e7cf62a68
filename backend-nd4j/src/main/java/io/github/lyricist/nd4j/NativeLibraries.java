package io.github.lyricist.nd4j;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.NativePlatform;
import io.github.lyricist.backend.UnpackedLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J's native libraries: which they are, where they are unpacked, how they are loaded. */
final class NativeLibraries {
  /**
   * Held by whoever computes. OpenBLAS, here 0.3.19, has one pool of threads for the whole process,
   * and guards it by a lock for each pair of orientations (until 0.3.34: its issue 5836), so that
   * products of several callers can disturb each other; besides, callers that wait spin, and
   * together are slower than one after the other.
   */
  static final Object LOCK = new Object();

  private static final String CACHE = "org.bytedeco.javacpp.cachedir";
  private static final String CACHE_AS_ALSO_SPELT = "org.bytedeco.javacpp.cacheDir";

  private NativeLibraries() {}

  /** Whether they are on the class path, those for this platform: loads nothing. */
  static boolean areThere() {
    // JavaCPP's own name for it would have its loader choose a cache folder before we do.
    String platform = NativePlatform.name().replace("macos", "macosx");
    String name =
        "/org/nd4j/linalg/cpu/nativecpu/bindings/%s/%s"
            .formatted(platform, System.mapLibraryName("nd4jcpu"));
    return NativeLibraries.class.getResource(name) != null;
  }

  /** ND4J's version, from its jar: loads nothing. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        NativeLibraries.class.getResourceAsStream(
            "/META-INF/maven/org.nd4j/nd4j-native/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new RunFailedException("ND4J's own pom.properties is unreadable", e);
    }
    return "ND4J " + properties.getProperty("version", "of unknown version");
  }

  /**
   * Loads the libraries, unless that is done, and sets how many threads matrix products take: a
   * setting of the whole process. All else is computed on one.
   *
   * @param notice told in one line of each that was damaged and is mended
   * @throws RunFailedException if they can't be unpacked or loaded
   */
  static void load(int threads, Consumer<String> notice) {
    String configured = System.getProperty(CACHE, System.getProperty(CACHE_AS_ALSO_SPELT));
    Path cache = configured == null ? NativePlatform.cacheFolder("javacpp") : Path.of(configured);
    System.setProperty(CACHE, cache.toString());
    restore(cache, notice);
    try {
      // Its parts look for each other; their loader need not be the program's.
      ND4JClassLoading.setNd4jClassloaderFromClass(NativeLibraries.class);
      Nd4j.getMemoryManager().togglePeriodicGc(false); // every array here is closed by its owner
      // OpenBLAS and ND4J's own operations have a pool of threads each, and each spins a while
      // after its work: on the same processors they keep each other from working.
      Nd4j.getEnvironment().setMaxThreads(1);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      Nd4j.factory().blas().setMaxThreads(threads);
    } catch (LinkageError | RuntimeException e) {
      throw new RunFailedException(
          "ND4J's library nd4jcpu can't be loaded on %s from %s (%s); %s"
              .formatted(
                  NativePlatform.name(),
                  cache,
                  root(e),
                  "make sure that that folder can be written and has room, and that libraries may be run"
                      + " from it, or use another backend"),
          e);
    }
  }

  /**
   * Restores those that are unpacked already: JavaCPP, which unpacks what is missing, looks at
   * their sizes and times alone.
   */
  private static void restore(Path cache, Consumer<String> notice) {
    try (Stream<Path> files = Files.walk(cache)) {
      files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .flatMap(file -> library(cache, file))
          .forEach(library -> library.restore().ifPresent(notice));
    } catch (IOException | UncheckedIOException e) {
      throw new RunFailedException(
          cache + ": ND4J's unpacked libraries are unreadable: " + e.getMessage(), e);
    }
  }

  /**
   * JavaCPP unpacks an entry of a jar into a folder of the jar's name, and OpenBLAS a second time
   * by another name. Folders of other jars may lie beside it.
   */
  private static Stream<UnpackedLibrary> library(Path cache, Path file) {
    Path inside = cache.relativize(file);
    if (inside.getNameCount() < 2) {
      return Stream.empty();
    }
    String jar = "/" + inside.getName(0) + "!";
    String entry = "/" + inside.subpath(1, inside.getNameCount());
    return Stream.of(entry, entry.replace("_nolapack", ""))
        .map(NativeLibraries.class::getResource)
        .filter(original -> original != null && original.getPath().contains(jar))
        .limit(1)
        .map(original -> new UnpackedLibrary(original, file));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
