package io.github.lyricist.config.yaml;

import java.util.List;

/** A list: {@code [春, 雨]}, or one item a line. */
public record Sequence(Place place, List<Node> items) implements Node {
  public Sequence {
    items = List.copyOf(items);
  }
}
