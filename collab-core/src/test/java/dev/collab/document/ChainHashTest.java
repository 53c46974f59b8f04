package dev.collab.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChainHashTest {

  /** Computed with Python: sha256(previous + pack(">qq", epoch, revision) + encoded)[:16]. */
  @Test
  void next_chainOfEntries_agreesWithAnIndependentComputation() {
    byte[] allBytes = new byte[256];
    for (int i = 0; i < allBytes.length; i++) {
      allBytes[i] = (byte) i;
    }

    ChainHash first = ChainHash.START.next(0, 1, new byte[0]);
    ChainHash second = first.next(0, 2, "abc".getBytes(UTF_8));
    ChainHash third = second.next(1L << 32, (1L << 32) + 1, allBytes);
    ChainHash fourth = third.next(-1, Long.MAX_VALUE, "ü\ud83d\ude00".getBytes(UTF_8));

    assertThat(ChainHash.START).hasToString("00000000000000000000000000000000");
    assertThat(first).hasToString("ec4916dd28fc4c10d78e287ca5d9cc51");
    assertThat(second).hasToString("b3cb20cdc0f9d465c3195916e0a1e358");
    assertThat(third).hasToString("3d095d963e89fd9031c2514a87c99eee");
    assertThat(fourth).hasToString("d97f5aefddd57903e976e4d5c460eac2");
  }

  @Test
  void next_anyPartChanged_differs() {
    byte[] entry = {1, 2, 3};
    ChainHash hash = ChainHash.START.next(1, 1, entry);

    assertThat(ChainHash.START.next(1, 1, entry)).isEqualTo(hash);
    assertThat(ChainHash.START.next(2, 1, entry)).isNotEqualTo(hash);
    assertThat(ChainHash.START.next(1, 2, entry)).isNotEqualTo(hash);
    assertThat(ChainHash.START.next(1, 1, new byte[] {1, 2, 4})).isNotEqualTo(hash);
    assertThat(new ChainHash(0, 1).next(1, 1, entry)).isNotEqualTo(hash);
    assertThat(new ChainHash(1, 0).next(1, 1, entry)).isNotEqualTo(hash);
    assertThat(entry).containsExactly(1, 2, 3);
  }

  @Test
  void of_itsBytes_isTheSameHash() {
    ChainHash hash = new ChainHash(0x0102030405060708L, -2);

    assertThat(hash.toByteArray())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, -1, -1, -1, -1, -2);
    assertThat(ChainHash.of(hash.toByteArray())).isEqualTo(hash);
    assertThat(hash).hasToString("0102030405060708fffffffffffffffe");
    assertThatThrownBy(() -> ChainHash.of(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChainHash.of(new byte[17]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
