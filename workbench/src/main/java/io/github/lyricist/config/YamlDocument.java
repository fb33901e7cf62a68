package io.github.lyricist.config;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML text as nodes that know where they stand; plain data only, and bounded. */
final class YamlDocument {
  private static final String PLAIN_YAML = "write plain YAML: keys, values and lists";

  private YamlDocument() {}

  /**
   * The one mapping of a document.
   *
   * @param origin the file, for error messages
   */
  static MappingNode mapping(String origin, String text) {
    Node root = node(origin, text);
    if (root instanceof MappingNode mapping) {
      return mapping;
    }
    throw InvalidInputException.at(
        place(root), "the document is no mapping", "write keys and values: corpus: {source: …}");
  }

  /** The node of a whole document; an empty one is null, as YAML has it. */
  static Node node(String origin, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(origin).setSchema(new CoreSchema()).build();
    try {
      checkLimits(new Parse(settings).parseString(text));
      Optional<Node> node = new Compose(settings).composeString(text);
      return node.orElseGet(() -> empty(origin));
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(YamlDocument::place).orElse(origin);
      String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
      throw InvalidInputException.at(where, "not YAML: " + problem, PLAIN_YAML);
    } catch (YamlEngineException e) {
      throw InvalidInputException.at(origin, "not YAML: " + firstLine(e), PLAIN_YAML);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Node empty(String origin) {
    Mark mark = new Mark(origin, 0, 0, 0, new int[0], 0);
    return new ScalarNode(
        Tag.NULL, true, "", ScalarStyle.PLAIN, Optional.of(mark), Optional.of(mark));
  }

  private static void checkLimits(Iterable<Event> events) {
    int depth = 0;
    int aliases = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent start) {
        requirePlain(start.getTag().isPresent(), event);
        requireBelow(++depth, Limits.CONFIG_DEPTH, "nested deeper than", event);
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      } else if (event instanceof AliasEvent) {
        requireBelow(++aliases, Limits.CONFIG_ALIASES, "more aliases than", event);
      } else if (event instanceof ScalarEvent scalar) {
        requirePlain(scalar.getTag().isPresent(), event);
      }
    }
  }

  private static void requirePlain(boolean hasTag, Event event) {
    if (hasTag) {
      throw InvalidInputException.at(
          event.getStartMark().map(YamlDocument::place).orElse("config"),
          "a YAML tag, such as !!str, is not allowed here",
          PLAIN_YAML);
    }
  }

  private static void requireBelow(int count, int limit, String what, Event event) {
    if (count > limit) {
      throw InvalidInputException.at(
          event.getStartMark().map(YamlDocument::place).orElse("config"),
          what + " the limit of " + limit,
          PLAIN_YAML);
    }
  }

  /** {@code file:line:column}, or the option that gave the value. */
  static String place(Node node) {
    return node.getStartMark().map(YamlDocument::place).orElse("config");
  }

  private static String place(Mark mark) {
    return mark.getName().startsWith("--")
        ? mark.getName()
        : mark.getName() + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  /** Whether the value comes from the command line rather than from the file. */
  static boolean isFromCommandLine(Node node) {
    return node.getStartMark().map(mark -> mark.getName().startsWith("--")).orElse(false);
  }

  /** Puts a setting of the command line into a document, in place of what stands there. */
  static void apply(MappingNode root, Setting setting) {
    MappingNode mapping = root;
    String[] path = setting.path().split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      Node child = child(mapping, path[i]);
      if (!(child instanceof MappingNode)) {
        Node key = node(setting.origin(), '"' + path[i].replace("\"", "") + '"');
        child =
            new MappingNode(
                Tag.MAP,
                true,
                new ArrayList<>(),
                FlowStyle.BLOCK,
                key.getStartMark(),
                Optional.empty());
        put(mapping, path[i], new NodeTuple(key, child));
      }
      mapping = (MappingNode) child;
    }
    String last = path[path.length - 1];
    Node key = node(setting.origin(), '"' + last.replace("\"", "") + '"');
    put(mapping, last, new NodeTuple(key, node(setting.origin(), setting.yaml())));
  }

  private static @Nullable Node child(MappingNode mapping, String name) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (isKey(tuple, name)) {
        return tuple.getValueNode();
      }
    }
    return null;
  }

  private static void put(MappingNode mapping, String name, NodeTuple entry) {
    List<NodeTuple> entries = new ArrayList<>(mapping.getValue());
    entries.removeIf(tuple -> isKey(tuple, name));
    entries.add(entry);
    mapping.setValue(entries);
  }

  private static boolean isKey(NodeTuple tuple, String name) {
    return tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name);
  }
}
