package io.github.lyricist.distributed;

import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.CheckpointFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A run directory of which there is a copy on another machine: what goes there is what has changed
 * since it was last the same. The checkpoint goes last, so that a copy that is broken off is one of
 * a run that was killed.
 */
final class RunFiles {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final int MOST = 1000;
  private static final Comparator<Path> CHECKPOINT_LAST =
      Comparator.comparing((Path file) -> file.endsWith(CheckpointFile.FILE))
          .thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final Map<Path, String> copied = new HashMap<>(); // what was seen of each file then

  RunFiles(Path folder) {
    this.folder = folder;
  }

  /** Sends what the other end has not. */
  void send(Connection to) throws IOException {
    List<Path> changed = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (isOfRun(file) && !look(file).equals(copied.get(file))) {
            changed.add(file);
          }
        }
      }
    }
    changed.sort(CHECKPOINT_LAST);
    to.out().writeInt(changed.size());
    for (Path file : changed) {
      to.out().writeUTF(String.valueOf(file.getFileName()));
      to.writeFile(file);
      copied.put(file, look(file));
    }
  }

  /** Not the lock, nor what is half written. */
  private static boolean isOfRun(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches() && Files.isRegularFile(file);
  }

  /** Replaces what the other end sends, each file as a whole. */
  void receive(Connection from) throws IOException {
    int count = from.in().readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("%d files were announced".formatted(count));
    }
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      String name = from.in().readUTF();
      if (!NAME.matcher(name).matches()) {
        throw new IOException("no file of a run is called " + name);
      }
      Path file = folder.resolve(name);
      AtomicFile.write(file, from::readFile);
      copied.put(file, look(file));
    }
  }

  private static String look(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.size() + " " + attributes.lastModifiedTime();
  }
}
