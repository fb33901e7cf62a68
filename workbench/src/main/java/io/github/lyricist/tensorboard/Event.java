package io.github.lyricist.tensorboard;

import io.github.lyricist.protobuf.Message;
import java.util.Map;

/**
 * TensorFlow's {@code Event} messages ({@code event.proto}, {@code summary.proto}, {@code
 * tensor.proto}), as far as a run needs them. The numbers are those of the fields there.
 */
final class Event {
  private static final String VERSION = "brain.Event:2";

  // Event
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  // SessionLog
  private static final int STATUS = 1;
  private static final int START = 1; // of STATUS
  // Summary, and Summary.Value
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  // SummaryMetadata, and SummaryMetadata.PluginData
  private static final int PLUGIN_DATA = 1;
  private static final int PLUGIN_NAME = 1;
  private static final int DATA_CLASS = 4;
  private static final int DATA_CLASS_TENSOR = 2; // of DATA_CLASS
  // TensorProto; a shape without dimensions is a single element
  private static final int DTYPE = 1;
  private static final int TENSOR_SHAPE = 2;
  private static final int STRING_VAL = 8;
  private static final int DT_STRING = 7; // of DTYPE

  private Event() {}

  private static Message at(double wallTime, long step) {
    return new Message().put(WALL_TIME, wallTime).put(STEP, step);
  }

  /** What a file of events starts with. */
  static byte[] version(double wallTime) {
    return new Message().put(WALL_TIME, wallTime).put(FILE_VERSION, VERSION).toBytes();
  }

  /** From here on, what earlier files say of this step and later ones doesn't count. */
  static byte[] restart(double wallTime, long step) {
    return at(wallTime, step).put(SESSION_LOG, new Message().put(STATUS, (long) START)).toBytes();
  }

  /** One value for each curve, by the curve's name. */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    Message summary = new Message();
    values.forEach(
        (tag, value) ->
            summary.put(VALUE, new Message().put(TAG, tag).put(SIMPLE_VALUE, value.floatValue())));
    return at(wallTime, step).put(SUMMARY, summary).toBytes();
  }

  /** A text, which TensorBoard shows as Markdown. */
  static byte[] text(double wallTime, long step, String tag, String markdown) {
    Message metadata =
        new Message()
            .put(PLUGIN_DATA, new Message().put(PLUGIN_NAME, "text"))
            .put(DATA_CLASS, (long) DATA_CLASS_TENSOR);
    Message tensor =
        new Message()
            .put(DTYPE, (long) DT_STRING)
            .put(TENSOR_SHAPE, new Message())
            .put(STRING_VAL, markdown);
    Message value = new Message().put(TAG, tag).put(METADATA, metadata).put(TENSOR, tensor);
    return at(wallTime, step).put(SUMMARY, new Message().put(VALUE, value)).toBytes();
  }
}
