package io.github.lyricist.distributed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the members of a group know, and nobody else. Each proves to the other that it knows it, by
 * HMAC-SHA-256 (RFC 2104) of numbers that both have just thought of; it is never sent.
 */
public final class Secret {
  private static final int BYTES = 32;
  private static final String HMAC = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  private Secret(byte[] key) {
    this.key = key;
  }

  /** One that nobody knows yet. */
  public static Secret fresh() {
    return new Secret(random());
  }

  /** The one that {@link #text} wrote. */
  public static Secret parse(String text) {
    return new Secret(HexFormat.of().parseHex(text.strip()));
  }

  /** As one line of letters and digits. */
  public String text() {
    return HexFormat.of().formatHex(key);
  }

  private static byte[] random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /**
   * Proves that this end knows it, and has the other end prove it.
   *
   * @param calling whether this end has called the other
   * @throws IOException if the other end does not know it
   */
  void prove(Connection connection, boolean calling) throws IOException {
    byte[] own = random();
    connection.out().write(own);
    connection.flush();
    byte[] others = new byte[BYTES];
    connection.in().readFully(others);
    connection.out().write(proof(calling, own, others));
    connection.flush();
    byte[] proof = new byte[BYTES];
    connection.in().readFully(proof);
    if (!MessageDigest.isEqual(proof, proof(!calling, others, own))) {
      throw new IOException("the other end does not know the secret");
    }
  }

  private byte[] proof(boolean calling, byte[] own, byte[] others) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update((calling ? "calling" : "called").getBytes(US_ASCII));
      mac.update(own);
      return mac.doFinal(others);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
