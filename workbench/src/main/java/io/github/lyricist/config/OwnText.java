package io.github.lyricist.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The experiment that learns a text of which nothing but its place is given. */
public final class OwnText {
  private static final String CONFIG = "own-text.yaml";
  private static final List<String> CONFIG_ENDINGS = List.of(".yaml", ".yml", ".json", ".conf");
  private static final Pattern LONGEST_NAME = Pattern.compile(".{1,60}");

  private OwnText() {}

  /** Whether a name is that of a config; anything else is a text. */
  public static boolean isConfig(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return CONFIG_ENDINGS.stream().anyMatch(lowerCase::endsWith);
  }

  /**
   * The shipped {@code configs/own-text.yaml} for this text, and named after it.
   *
   * @param text a file, an archive of one, a folder, or what else {@code corpus.source} may be
   * @param settings later ones win; relative paths in them are relative to {@code currentFolder}
   * @param architectures opens the model that the experiment starts from, if it does
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Config read(
      String text, List<Setting> settings, Path currentFolder, SavedArchitecture architectures) {
    List<Setting> all = new ArrayList<>();
    all.add(Setting.ofText(text, "corpus.source", text));
    all.add(Setting.ofText(text, "name", name(text)));
    all.addAll(settings);
    Context context = new Context(currentFolder, currentFolder, architectures);
    return ConfigReader.read("configs/" + CONFIG, yaml(), all, context);
  }

  /** A run's name from where its text lies: {@code songs} from {@code texts/songs.txt.gz}. */
  public static String name(String text) {
    String path = text.replaceFirst("[/\\\\]+$", "");
    String file = path.substring(1 + Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')));
    String name =
        file.replaceFirst("^bundled:", "")
            .replaceFirst("(?i)(?<=.)(\\.(txt|text|md|gz|zip))+$", "")
            .replaceAll("[^\\p{L}\\p{N}._-]+", "-")
            .replaceFirst("^[.-]+", "")
            .replaceFirst("[.-]+$", "");
    Matcher longest = LONGEST_NAME.matcher(name);
    return longest.lookingAt() ? longest.group() : "text";
  }

  private static String yaml() {
    try (InputStream in = OwnText.class.getResourceAsStream(CONFIG)) {
      if (in == null) {
        throw new IllegalStateException(CONFIG + " is no part of this build");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw RunFailedException.reading(CONFIG, e);
    }
  }
}
