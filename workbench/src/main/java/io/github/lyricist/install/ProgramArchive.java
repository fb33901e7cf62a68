package io.github.lyricist.install;

import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The program with some of its engines in one file, to be unpacked and started elsewhere. The file
 * is a jar, too, which a cluster's own script can start: at its root are the classes that reach the
 * cluster.
 */
final class ProgramArchive {
  private static final List<String> FOLDERS = List.of("bin", "lib");
  private static final String APPLICATION = "io.github.lyricist.spark.Application";

  private final JarOutputStream jar;

  private ProgramArchive(JarOutputStream jar) {
    this.jar = jar;
  }

  /**
   * Writes it.
   *
   * @param home where the program is installed
   * @param clusters the kinds of clusters that it reaches
   * @throws RunFailedException if a part can't be read
   */
  static void write(
      Path home,
      Collection<EngineFolder> engines,
      Collection<EngineFolder> clusters,
      OutputStream out)
      throws IOException {
    try (JarOutputStream jar = new JarOutputStream(out, manifest())) {
      jar.setLevel(Deflater.NO_COMPRESSION); // jars are compressed already
      ProgramArchive archive = new ProgramArchive(jar);
      for (String folder : FOLDERS) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(home.resolve(folder), Files::isRegularFile)) {
          for (Path file : files) {
            archive.put(folder, file);
          }
        }
      }
      for (EngineFolder engine : engines) {
        for (Path file : engine.files()) {
          archive.put("lib/engines/" + engine.name(), file);
        }
      }
      for (EngineFolder cluster : clusters) {
        for (Path own : cluster.ownJars()) { // the rest of it is there
          archive.put("lib/engines/" + cluster.name(), own);
          archive.putClasses(own);
        }
      }
    }
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, APPLICATION);
    return manifest;
  }

  private void put(String folder, Path file) throws IOException {
    jar.putNextEntry(new ZipEntry(folder + "/" + file.getFileName()));
    Files.copy(file, jar);
    jar.closeEntry();
  }

  private void putClasses(Path file) throws IOException {
    try (ZipFile classes = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(classes.entries())) {
        if (entry.getName().endsWith(".class")) {
          jar.putNextEntry(new ZipEntry(entry.getName()));
          try (InputStream in = classes.getInputStream(entry)) {
            in.transferTo(jar);
          }
          jar.closeEntry();
        }
      }
    }
  }
}
