package io.github.lyricist.config.yaml;

import java.util.regex.Pattern;

/**
 * What a scalar without quotes is by the core schema of YAML 1.2 (section 10.3.2). It is text in
 * all cases that are not listed here: {@code no}, {@code off} and {@code 1_000} are.
 */
public enum ScalarKind {
  NULL("|~|null|Null|NULL"),
  FLAG("true|True|TRUE|false|False|FALSE"),
  /** Decimal, octal or hexadecimal. */
  INTEGER("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
  NUMBER(
      "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
          + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"),
  TEXT("(?s).*");

  private final Pattern form;

  ScalarKind(String form) {
    this.form = Pattern.compile(form);
  }

  /** The kind of a scalar that stands without quotes. */
  static ScalarKind ofPlain(String text) {
    for (ScalarKind kind : values()) {
      if (kind.form.matcher(text).matches()) {
        return kind;
      }
    }
    return TEXT;
  }
}
