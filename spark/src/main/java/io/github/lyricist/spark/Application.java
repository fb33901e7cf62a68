package io.github.lyricist.spark;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The program as an application that a cluster's own {@code spark-submit} starts, from the one jar
 * that {@code lyricist pack} makes. It unpacks the program, and carries out a command of it.
 */
public final class Application {
  private static final Set<String> ON_THE_CLUSTER = Set.of("run", "resume", "sweep");

  private Application() {}

  /**
   * Starts the program.
   *
   * @param args a command line of it, without {@code --master}, which Spark has been told
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    try {
      Path home = Files.createTempDirectory("lyricist");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
      unpack(home);
      System.setProperty("lyricist.home", home.toString());
      ClassLoader program = loader(home);
      Thread.currentThread().setContextClassLoader(program);
      program
          .loadClass("io.github.lyricist.cli.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) commandLine(args));
    } catch (IOException e) {
      System.err.println("lyricist: the program can't be unpacked: " + e.getMessage());
      System.exit(1);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String[] commandLine(String... args) {
    List<String> words = new ArrayList<>(List.of(args));
    if (args.length > 0 && ON_THE_CLUSTER.contains(args[0])) {
      words.addAll(1, List.of("--master", System.getProperty("spark.master", "local[*]")));
    }
    return words.toArray(new String[0]);
  }

  private static void unpack(Path home) throws IOException {
    try (ZipFile zip = new ZipFile(Jars.of(Application.class).toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path file = home.resolve(entry.getName()).normalize();
        if (file.startsWith(home.resolve("bin")) || file.startsWith(home.resolve("lib"))) {
          Files.createDirectories(file.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
  }

  private static void delete(Path home) {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is a temporary folder, which the system clears.
    }
  }

  /** Loads the program from its own jars, whatever versions of others Spark has. */
  private static ClassLoader loader(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      List<URL> jars = new ArrayList<>();
      for (Path file : files.filter(name -> name.toString().endsWith(".jar")).toList()) {
        jars.add(url(file));
      }
      return new URLClassLoader("lyricist", jars.toArray(new URL[0]), new SparkOnly());
    }
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /** Of the class path, Spark with what its own signatures speak of. */
  private static final class SparkOnly extends ClassLoader {
    private static final List<String> PACKAGES =
        List.of("org.apache.spark.", "org.apache.hadoop.", "scala.");

    SparkOnly() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (PACKAGES.stream().anyMatch(name::startsWith)) {
        return Application.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
