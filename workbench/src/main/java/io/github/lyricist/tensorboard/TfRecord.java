package io.github.lyricist.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A record of the TFRecord format: the data's length (8 bytes, little-endian), the length's
 * checksum (4), the data, the data's checksum (4).
 */
final class TfRecord {
  private static final int MASK_DELTA = 0xa282ead8;

  private TfRecord() {}

  /** Frames data for a file. */
  static ByteBuffer of(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(data.length);
    int checksumOfLength = maskedChecksum(record.array(), Long.BYTES);
    return record
        .putInt(checksumOfLength)
        .put(data)
        .putInt(maskedChecksum(data, data.length))
        .flip();
  }

  /**
   * A CRC-32C, rotated and shifted, so that data that hold their own checksums have no weak ones.
   */
  static int maskedChecksum(byte[] data, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(data, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }
}
