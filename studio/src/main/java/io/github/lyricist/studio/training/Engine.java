package io.github.lyricist.studio.training;

import io.github.lyricist.config.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the studio computes with: one engine for all, since two native ones don't live in one
 * process.
 *
 * @param name of it
 * @param count of its threads; null for the machine's cores
 */
public record Engine(String name, @Nullable Integer count) {

  /** Threads, in place of what a run's config says of them. */
  List<Setting> threads() {
    return count == null
        ? List.of()
        : List.of(new Setting("--threads " + count, "threads", String.valueOf(count)));
  }

  /** The engine and its threads. */
  List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(threads());
    settings.add(Setting.ofText("--backend " + name, "backend", name));
    return settings;
  }
}
