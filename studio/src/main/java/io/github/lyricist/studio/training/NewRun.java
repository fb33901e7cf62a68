package io.github.lyricist.studio.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Sha256;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.OwnText;
import io.github.lyricist.config.Setting;
import io.github.lyricist.report.RunFolder;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.studio.http.Body;
import io.github.lyricist.studio.http.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A run as a request asks for it. */
public final class NewRun {
  /** What a page may say of an experiment: nothing that names files. */
  private static final Pattern KEYS =
      Pattern.compile(
          "seed|corpus\\.(tokens|lowerCase|minCount|vocabulary)|model\\.(?!from).+|sampler\\..+"
              + "|training\\..+|preview\\..+");

  private static final String BUNDLED = "bundled:";
  private static final int DIGITS = 8;

  private NewRun() {}

  /**
   * Its experiment. A text that came with it is kept in the folder.
   *
   * @param folder of all runs
   * @param engine that is to train it
   */
  public static Config of(Body body, Path folder, String engine) throws IOException {
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, String> each : body.object("settings").entrySet()) {
      if (!KEYS.matcher(each.getKey()).matches()) {
        throw Refusal.of(
            each.getKey(), "it can't be set here", "a key of the model or its training");
      }
      settings.add(new Setting(each.getKey(), each.getKey(), each.getValue()));
    }
    settings.add(Setting.ofText("engine", "backend", engine));
    String name = body.has("name") ? body.required("name") : "";
    if (!name.isBlank()) {
      settings.add(Setting.ofText("name", "name", OwnText.name(name)));
    }
    try {
      return OwnText.read(
          source(body, folder, name),
          settings,
          Path.of(""),
          model -> SavedModel.open(model).spec());
    } catch (InvalidInputException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()), meant(e, settings), null);
    }
  }

  /** The key that a fault is about, which its place begins with; null where it is another one. */
  private static @Nullable String meant(InvalidInputException fault, List<Setting> settings) {
    String message = String.valueOf(fault.getMessage());
    return settings.stream()
        .map(Setting::path)
        .filter(message::contains)
        .findFirst()
        .orElse(fault.key());
  }

  private static String source(Body body, Path folder, String name) throws IOException {
    if (body.has("source")) {
      String source = body.required("source");
      if (!source.startsWith(BUNDLED)) {
        throw Refusal.of("source", "found '" + source + "'", "bundled:songs, or a text");
      }
      return source;
    }
    byte[] text = body.required("text").getBytes(UTF_8);
    String title = OwnText.name(name.isBlank() ? "text" : name);
    Path texts = Files.createDirectories(folder.resolve(RunFolder.TEXTS));
    Path file = texts.resolve("%s-%s.txt".formatted(title, Sha256.of(text).substring(0, DIGITS)));
    if (!Files.exists(file)) {
      AtomicFile.write(file, out -> out.write(text));
    }
    return file.toString();
  }
}
