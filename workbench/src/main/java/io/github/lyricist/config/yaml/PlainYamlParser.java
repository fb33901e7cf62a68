package io.github.lyricist.config.yaml;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.StringReader;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Jackson's YAML parser for plain data. It refuses anchors, aliases, tags, keys that are not text
 * and second documents; and it leaves the text of scalars as it is, where Jackson decodes them by
 * YAML 1.1: {@code 1_000} would become a number, {@code 0_} an error.
 */
final class PlainYamlParser extends YAMLParser {
  private static final String REFUSED = ", is not allowed here";

  private final Function<Mark, Place> places;
  private boolean started;
  private boolean plain;

  /**
   * @param places the place of a mark, which counts from 0
   */
  PlainYamlParser(String text, Function<Mark, Place> places) {
    super(
        new IOContext(
            StreamReadConstraints.defaults(),
            StreamWriteConstraints.defaults(),
            ErrorReportConfiguration.defaults(),
            new BufferRecycler(),
            ContentReference.unknown(),
            true),
        JsonParser.Feature.collectDefaults(),
        YAMLParser.Feature.collectDefaults(),
        new LoaderOptions(),
        null,
        new StringReader(text));
    this.places = places;
  }

  /** Where the current token begins. */
  Place place() {
    return places.apply(_lastEvent.getStartMark());
  }

  /** Whether the current token is a scalar without quotes. */
  boolean isPlain() {
    return plain;
  }

  @Override
  protected JsonToken _decodeScalar(ScalarEvent scalar) {
    _textValue = scalar.getValue();
    plain = scalar.isPlain();
    return JsonToken.VALUE_STRING;
  }

  @Override
  protected Event getEvent() throws IOException {
    try {
      Event event = super.getEvent();
      requirePlainData(event);
      return event;
    } catch (MarkedYAMLException e) {
      throw fault(e.getProblemMark(), "not YAML: " + Excerpt.of(e.getProblem()));
    }
  }

  private void requirePlainData(Event event) {
    if (event instanceof DocumentStartEvent) {
      if (started) {
        throw InvalidInputException.at(
            places.apply(event.getStartMark()).toString(),
            "a second document begins here",
            "give one document, without a line '---' or '...' in it");
      }
      started = true;
    } else if (event instanceof AliasEvent alias) {
      throw fault(event.getStartMark(), "an alias, *" + Excerpt.of(alias.getAnchor()) + REFUSED);
    } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw fault(event.getStartMark(), "an anchor, &" + Excerpt.of(node.getAnchor()) + REFUSED);
    } else if (hasTag(event)) {
      throw fault(event.getStartMark(), "a YAML tag, such as !!str" + REFUSED);
    } else if (isKey() && !(event instanceof ScalarEvent || event instanceof MappingEndEvent)) {
      throw fault(event.getStartMark(), "a key is a mapping or a list, not text");
    }
  }

  private static boolean hasTag(Event event) {
    return (event instanceof ScalarEvent scalar && scalar.getTag() != null)
        || (event instanceof CollectionStartEvent start && start.getTag() != null);
  }

  /** Whether the next event is a key, or the end of the keys. */
  private boolean isKey() {
    return getParsingContext().inObject() && currentToken() != JsonToken.FIELD_NAME;
  }

  private InvalidInputException fault(Mark mark, String what) {
    return InvalidInputException.at(places.apply(mark).toString(), what, YamlReader.PLAIN_YAML);
  }
}
