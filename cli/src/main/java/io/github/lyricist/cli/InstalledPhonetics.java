package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.install.Installation;
import io.github.lyricist.verse.Phonetics;
import java.util.ServiceLoader;

/** What knows how words sound, which is installed first where it is not yet. */
final class InstalledPhonetics {
  private static final String NAME = "phonetics";

  private InstalledPhonetics() {}

  /**
   * That of an installation.
   *
   * @throws InvalidInputException if it is without, and can't be completed
   */
  static Phonetics of(Installation installation) {
    ClassLoader loader =
        installation
            .find(NAME)
            .orElseThrow(
                () ->
                    InvalidInputException.at(
                        NAME, "this installation is without it", "unpack it again"));
    return ServiceLoader.load(Phonetics.class, loader).findFirst().orElseThrow();
  }
}
