package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Threads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Stream;

/** Tells programs that nobody watches, by their log, what keeps an engine from its speed. */
final class EngineLog {
  private static final Logger LOGGER = System.getLogger("io.github.lyricist");

  private EngineLog() {}

  /** Warns of each notice. */
  static void warn(Backend backend, int threads) {
    notices(backend, threads).forEach(notice -> LOGGER.log(Level.WARNING, notice));
  }

  /** What keeps an engine from being as fast as it could be, and what mends that, by line. */
  static List<String> notices(Backend backend, int threads) {
    return Stream.concat(backend.notices().stream(), Threads.notice(threads).stream()).toList();
  }
}
