package io.github.lyricist.interchange;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.run.SafetensorsFile;
import io.github.lyricist.tokens.Excerpt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A PyTorch state dict in a safetensors file. Of a tensor that a model uses twice safetensors may
 * write one, and the other's name into the metadata: here it has both.
 */
final class StateDict {
  private static final String WHAT_TO_DO =
      "write model.state_dict() with safetensors.torch.save_file and give that file";

  private final Path path;
  private final SafetensorsFile file;
  private final Map<String, Shape> shapes;
  private final Map<String, String> stored; // the name in the file, by name

  private StateDict(
      Path path, SafetensorsFile file, Map<String, Shape> shapes, Map<String, String> stored) {
    this.path = path;
    this.file = file;
    this.shapes = shapes;
    this.stored = stored;
  }

  /**
   * Opens a file, and reads all but the numbers.
   *
   * @throws InvalidInputException if it is no safetensors file, or a broken one
   */
  static StateDict open(Path path) {
    BoundedFile.requireRegular(path, WHAT_TO_DO);
    SafetensorsFile file = SafetensorsFile.open(path);
    Map<String, Shape> shapes = new LinkedHashMap<>(file.shapes());
    Map<String, String> stored = new LinkedHashMap<>();
    file.shapes().keySet().forEach(name -> stored.put(name, name));
    file.metadata()
        .forEach(
            (name, kept) -> {
              Shape shape = file.shapes().get(kept);
              if (shape != null && shapes.putIfAbsent(name, shape) == null) {
                stored.put(name, kept);
              }
            });
    return new StateDict(path, file, shapes, stored);
  }

  /** The tensors' shapes, by name. */
  Map<String, Shape> shapes() {
    return shapes;
  }

  /**
   * Reads one tensor as floats.
   *
   * @throws InvalidInputException if one of its numbers is not finite, or beyond a float's range
   */
  float[] read(String name) {
    String inFile = stored.getOrDefault(name, name);
    Parameters read = file.read(List.of(inFile));
    if (!read.areFinite()) {
      throw InvalidInputException.at(
          path.toString(),
          "the tensor '%s' has numbers that are not finite, or beyond a float"
              .formatted(Excerpt.of(name)),
          "give the weights from before training went wrong");
    }
    return read.get(inFile);
  }
}
