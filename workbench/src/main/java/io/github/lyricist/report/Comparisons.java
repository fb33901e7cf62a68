package io.github.lyricist.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays the values of several runs side by side: a row a key, a column a run. */
final class Comparisons {
  private Comparisons() {}

  /** Every key of any of them, in the order of their first appearance. */
  static List<List<String>> all(List<? extends Map<String, ? extends @Nullable String>> runs) {
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(run.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      runs.forEach(run -> row.add(Objects.requireNonNullElse(run.get(key), Cells.NONE)));
      rows.add(row);
    }
    return rows;
  }

  /** Those whose values are not all the same. */
  static List<List<String>> differing(
      List<? extends Map<String, ? extends @Nullable String>> runs) {
    return all(runs).stream()
        .filter(row -> new LinkedHashSet<>(row.subList(1, row.size())).size() > 1)
        .toList();
  }
}
