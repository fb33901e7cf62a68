package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.yaml.Mapping;
import io.github.lyricist.config.yaml.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sweep as its file has it. */
public final class SweepConfig {
  private final Path file;
  private final String text;
  private final Mapping root;
  private final SweepSpec spec;

  private SweepConfig(Path file, String text, Mapping root, SweepSpec spec) {
    this.file = file;
    this.text = text;
    this.root = root;
    this.spec = spec;
  }

  /**
   * Reads a file. The configuration that it builds upon is not opened yet.
   *
   * @param file a YAML file; relative paths in it are relative to its folder
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static SweepConfig read(Path file) {
    String text = ConfigReader.text(file);
    Mapping root = ConfigReader.mapping(file.toString(), text);
    if (root.get("base") == null && root.get("space") == null) {
      throw InvalidInputException.at(
          file.toString(),
          "no sweep: it has neither 'base' nor 'space'",
          "give one as configs/sweeps/which-size.yaml; an experiment is for the command run");
    }
    Path folder = ConfigReader.folderOf(file);
    Context context = new Context(folder, folder, model -> null);
    try {
      return new SweepConfig(file, text, root, new SweepKeys().read(new Value("", root, context)));
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> place(file, root, key));
    }
  }

  /** The file as it was read. */
  public String text() {
    return text;
  }

  public SweepSpec spec() {
    return spec;
  }

  /** {@code file:line:column} of a key's value, or of what stands nearest above it. */
  public String place(String key) {
    return place(file, root, key);
  }

  private static String place(Path file, Mapping root, String key) {
    Place place = root.nearestPlace(key);
    return place == null ? file.toString() : place.toString();
  }

  /**
   * The configuration of a trial: the base with some values in place of its own.
   *
   * @param values by dotted path, as JSON
   * @param architectures opens the model that it starts from, if it does
   * @throws InvalidInputException at the first thing that is wrong
   */
  public Config trial(Map<String, String> values, SavedArchitecture architectures) {
    List<Setting> settings = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          Dimension dimension = spec.space().dimensions().get(key);
          String origin = dimension == null ? file.toString() : dimension.place().toString();
          settings.add(new Setting(origin, key, value));
        });
    return ConfigReader.read(spec.base(), settings, ConfigReader.folderOf(file), architectures);
  }
}
