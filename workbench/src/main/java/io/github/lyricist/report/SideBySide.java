package io.github.lyricist.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays the values of several runs side by side: one row per key, one column per run. */
final class SideBySide {
  private SideBySide() {}

  /** The keys of all runs, in the order of their first appearance. */
  static List<List<String>> all(List<? extends Map<String, ? extends @Nullable String>> runs) {
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(run.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      runs.forEach(run -> row.add(Objects.requireNonNullElse(run.get(key), Numbers.NONE)));
      rows.add(row);
    }
    return rows;
  }

  /** The keys whose values differ between runs. */
  static List<List<String>> differing(
      List<? extends Map<String, ? extends @Nullable String>> runs) {
    return all(runs).stream()
        .filter(row -> new LinkedHashSet<>(row.subList(1, row.size())).size() > 1)
        .toList();
  }
}
