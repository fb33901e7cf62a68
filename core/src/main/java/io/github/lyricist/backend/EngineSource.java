package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Engines beside those on the class path: some are installed, and some could be. */
public interface EngineSource {
  /** There are no others. */
  EngineSource NONE =
      new EngineSource() {
        @Override
        public List<ClassLoader> installed() {
          return List.of();
        }

        @Override
        public Optional<ClassLoader> find(String engine) {
          return Optional.empty();
        }

        @Override
        public Map<String, String> installable() {
          return Map.of();
        }
      };

  /** What loads the engines that are installed, one each, and the same each time. */
  List<ClassLoader> installed();

  /**
   * What loads an engine, which is installed first where that is possible.
   *
   * @return empty if nothing is known of such an engine
   * @throws InvalidInputException if it is known, and can't be installed
   */
  Optional<ClassLoader> find(String engine);

  /** Of the engines that are not installed and could be, by name, what installs each, in words. */
  Map<String, String> installable();
}
