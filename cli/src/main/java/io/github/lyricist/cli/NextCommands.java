package io.github.lyricist.cli;

import io.github.lyricist.report.StoredRun;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be done with a run, as commands to paste into a shell. */
final class NextCommands {
  private NextCommands() {}

  /** By what they are good for, the likeliest first. */
  static Map<String, String> of(StoredRun run) {
    Map<String, String> commands = new LinkedHashMap<>();
    boolean stopped = !run.isImported() && !"finished".equals(run.provenance().get("status"));
    if (stopped) {
      commands.put("to continue", Launcher.command("resume", run.folder()));
    }
    commands.put("to write", Launcher.command("generate", run.folder()));
    if (!run.isImported() && !stopped) {
      int twice = Math.max(1, 2 * run.epochsDone());
      commands.put("to train on", Launcher.command("resume", run.folder(), "--epochs", twice));
    }
    if (!run.isImported()) {
      commands.put("to see its curves", Launcher.command("report", run.folder()));
    }
    return commands;
  }
}
