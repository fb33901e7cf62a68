package io.github.lyricist.config;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.config.yaml.FullWidthColon;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Node;
import io.github.lyricist.config.yaml.Place;
import io.github.lyricist.config.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;

/** Reads an experiment from YAML. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * Reads a file, with the settings of the command line in place of its own.
   *
   * @param file a YAML file; relative paths in it are relative to its folder
   * @param settings later ones win; relative paths in them are relative to {@code currentFolder}
   * @param architectures opens the model that the experiment starts from, if it does
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Config read(
      Path file, List<Setting> settings, Path currentFolder, SavedArchitecture architectures) {
    Context context = new Context(folderOf(file), currentFolder, architectures);
    return read(file.toString(), text(file), settings, context);
  }

  /**
   * Reads the config that a run left behind. It is complete: the model that the run may have
   * started from need not be there any more.
   *
   * @param settings in place of its values; relative paths in them are relative to the current
   *     folder
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Config readOfRun(Path file, List<Setting> settings) {
    return read(file, settings, Path.of(""), model -> null);
  }

  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  static String text(Path file) {
    return BoundedFile.text(
        file, Limits.CONFIG_BYTES, "give a configuration, as in configs/, in UTF-8");
  }

  /** The mapping that a file is. */
  static Mapping mapping(Path file) {
    return mapping(file.toString(), text(file));
  }

  static Mapping mapping(String file, String yaml) {
    Node root = YamlReader.readFile(file, yaml);
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    throw InvalidInputException.at(
        root.place().toString(),
        "the document has no keys and values",
        "write some, as in corpus: {source: my-songs.txt}");
  }

  static Config read(String file, String yaml, List<Setting> settings, Context context) {
    try {
      return parsed(file, yaml, settings, context);
    } catch (InvalidInputException e) {
      FullWidthColon.refuse(new Place(file, 1, 1), yaml);
      settings.forEach(
          setting -> FullWidthColon.refuse(Place.ofOption(setting.origin()), setting.yaml()));
      throw e;
    }
  }

  private static Config parsed(String file, String yaml, List<Setting> settings, Context context) {
    Mapping root = mapping(file, yaml);
    for (Setting setting : settings) {
      root = setting.in(root);
    }
    try {
      ExperimentSpec spec = new ExperimentKeys().read(new Value("", root, context));
      return new Config(file, spec, root);
    } catch (InvalidInputException e) {
      throw e.locatedBy(new Config(file, ExperimentSpec.DEFAULT, root)::place);
    }
  }
}
