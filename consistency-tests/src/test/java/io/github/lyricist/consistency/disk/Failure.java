package io.github.lyricist.consistency.disk;

/** How a disk fails, at an operation that changes something; of a write, half is done by then. */
enum Failure {
  /** It says no, once. */
  ONCE,
  /** It says no from then on, as a disk that is full. */
  FOR_GOOD,
  /** The process is killed: from then on nothing is done any more, nor said. */
  KILLED
}
