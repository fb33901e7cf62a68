package io.github.lyricist.interchange;

import java.io.Serial;

/** Why a state dict is not a model of ours, in words that fit after the name of its file. */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
