package io.github.lyricist.config;

import io.github.lyricist.model.ModelSpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the models that {@code model.from} names. */
@FunctionalInterface
public interface SavedArchitecture {

  /**
   * The architecture of a saved model.
   *
   * @param runDirectoryOrFile an absolute path
   * @return null where the configuration itself says all of it
   * @throws io.github.lyricist.InvalidInputException if there is no model, or a broken one
   */
  @Nullable ModelSpec of(Path runDirectoryOrFile);
}
