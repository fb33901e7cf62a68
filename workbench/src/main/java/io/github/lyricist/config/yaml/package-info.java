/**
 * YAML in the part that a configuration needs: keys, values and lists, read as nodes that know
 * their places, and written so that they are read back as the same.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.config.yaml;

import org.jspecify.annotations.NullMarked;
