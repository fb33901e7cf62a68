package io.github.lyricist.config;

import io.github.lyricist.config.yaml.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A section whose key {@code type} decides which other keys it has.
 *
 * @param <P> what the specs of all its types are
 */
final class OneOf<P> implements ValueType<P> {
  private final P absent;
  private final List<Variant<? extends P>> variants;
  private final ValueType<Variant<? extends P>> type;

  /**
   * @param absent a spec of the type that is meant where none is given
   */
  OneOf(P absent, List<Variant<? extends P>> variants) {
    this.absent = absent;
    this.variants = variants;
    this.type = ValueTypes.choice(variants, Variant::name);
  }

  /** The keys that go with one of the types. */
  abstract static class Variant<S> extends Table<S> {
    private static final String TYPE = "type";

    private final String name;

    /**
     * @param name the value of {@code type}
     * @param meaning what that value says, in one sentence
     */
    Variant(String name, S absent, String meaning) {
      super(absent);
      this.name = name;
      key(TYPE, ValueTypes.choice(List.of(name), type -> type), spec -> name, meaning);
    }

    String name() {
      return name;
    }
  }

  @Override
  public String expected() {
    return "keys and values";
  }

  List<Variant<? extends P>> variants() {
    return variants;
  }

  @Override
  public P read(Value value) {
    for (Variant<? extends P> variant : variants) {
      if (value.is(variant.name())) { // optimizer: adam
        throw value.expected("keys and values, as in {type: " + variant.name() + "}");
      }
    }
    Node node = value.mapping().get(Variant.TYPE);
    Variant<? extends P> variant =
        node == null
            ? variantOf(absent)
            : type.read(new Value(value.path() + "." + Variant.TYPE, node, value));
    return variant.read(value);
  }

  @Override
  public Map<String, @Nullable Object> write(P spec) {
    return written(variantOf(spec), spec);
  }

  private Variant<? extends P> variantOf(P spec) {
    return variants.stream()
        .filter(variant -> variant.absent().getClass() == spec.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no keys for " + spec));
  }

  @SuppressWarnings("unchecked") // the variant was found by the spec's class
  private static <S> Map<String, @Nullable Object> written(Variant<S> variant, Object spec) {
    return variant.write((S) spec);
  }
}
