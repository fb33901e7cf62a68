package io.github.lyricist.report;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** What the runs of a page are called, each by another name. */
final class RunNames {
  private RunNames() {}

  /** Their names, or those of their folders, or their paths: the first that tells them apart. */
  static List<String> of(List<StoredRun> runs) {
    List<Function<StoredRun, String>> ways =
        List.of(StoredRun::name, StoredRun::folderName, run -> run.folder().toString());
    return ways.stream()
        .map(way -> runs.stream().map(way).toList())
        .filter(names -> new HashSet<>(names).size() == names.size())
        .findFirst()
        .orElseGet(
            () -> runs.stream().map(run -> run.folder().toAbsolutePath().toString()).toList());
  }
}
