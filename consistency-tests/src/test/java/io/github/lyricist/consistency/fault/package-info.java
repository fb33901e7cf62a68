/** Engines with a fault, which {@code compare} must find. */
package io.github.lyricist.consistency.fault;
