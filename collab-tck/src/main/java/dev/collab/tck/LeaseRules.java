package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Leases;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class LeaseRules extends CoordinatorRules {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Bytes VALUE = Bytes.ofUtf8("value");
  private static final Bytes OTHER = Bytes.ofUtf8("other");

  private final Leases leases;
  private final String first = name("first");
  private final String second = name("second");
  private final String key = name("key");

  LeaseRules(CoordinatorContract contract) {
    super(contract);
    leases = node.leases();
  }

  @Test
  void required_C11_1_value_ofALivingLease_isRead() {
    take(first, LONG);
    assertThat(await(leases.put(first, key, "field", VALUE))).isTrue();
    assertThat(await(contract.node().leases().get(key))).isEqualTo(Map.of("field", VALUE));
  }

  @Test
  void required_C11_1_value_putAgain_isReplaced() {
    take(first, LONG);
    await(leases.put(first, key, "field", VALUE));
    await(leases.put(first, key, "field", OTHER));
    assertThat(await(leases.get(key))).isEqualTo(Map.of("field", OTHER));
  }

  @Test
  void required_C11_1_values_ofSeveralOwners_areReadTogether() {
    take(first, LONG);
    take(second, LONG);
    await(leases.put(first, key, "a", VALUE));
    await(leases.put(second, key, "b", OTHER));
    await(leases.put(second, name("elsewhere"), "c", OTHER));
    assertThat(await(leases.get(key))).isEqualTo(Map.of("a", VALUE, "b", OTHER));
  }

  @Test
  void required_C11_2_get_ofNothing_isEmpty() {
    assertThat(await(leases.get(key))).isEmpty();
  }

  @Test
  void required_C11_3_put_withoutLease_setsNothing() {
    assertThat(await(leases.put(first, key, "field", VALUE))).isFalse();
    assertThat(await(leases.get(key))).isEmpty();
  }

  @Test
  void required_C11_4_expiredLease_takesItsValuesAlong() {
    take(first, SHORT);
    take(second, LONG);
    await(leases.put(first, key, "gone", VALUE));
    await(leases.put(second, key, "stays", VALUE));
    contract.passTime(SHORT);
    assertThat(await(leases.get(key))).isEqualTo(Map.of("stays", VALUE));
    assertThat(await(leases.put(first, key, "late", VALUE))).isFalse();
  }

  @Test
  void required_C11_5_renew_afterExpiry_isRefused() {
    take(first, SHORT);
    contract.passTime(SHORT);
    assertThat(await(leases.renew(first, LONG))).isFalse();
    assertThat(await(leases.put(first, key, "field", VALUE))).isFalse();
  }

  @Test
  void required_C11_6_renewedLease_livesOn() {
    take(first, SHORT);
    await(leases.put(first, key, "field", VALUE));
    assertThat(await(leases.renew(first, LONG))).isTrue();
    contract.passTime(SHORT);
    assertThat(await(leases.get(key))).isEqualTo(Map.of("field", VALUE));
  }

  @Test
  void required_C11_7_remove_ofAnOwnValue_removesIt() {
    take(first, LONG);
    await(leases.put(first, key, "field", VALUE));
    assertThat(await(leases.remove(first, key, "field"))).isTrue();
    assertThat(await(leases.remove(first, key, "field"))).isFalse();
    assertThat(await(leases.get(key))).isEmpty();
  }

  @Test
  void required_C11_7_remove_ofAForeignValue_leavesIt() {
    take(first, LONG);
    take(second, LONG);
    await(leases.put(first, key, "field", VALUE));
    assertThat(await(leases.remove(second, key, "field"))).isFalse();
    assertThat(await(leases.get(key))).isEqualTo(Map.of("field", VALUE));
  }

  @Test
  void required_C11_8_put_overAForeignValue_takesItOver() {
    take(first, SHORT);
    take(second, LONG);
    await(leases.put(first, key, "field", VALUE));
    assertThat(await(leases.put(second, key, "field", OTHER))).isTrue();
    assertThat(await(leases.remove(first, key, "field"))).isFalse();
    contract.passTime(SHORT);
    assertThat(await(leases.get(key))).isEqualTo(Map.of("field", OTHER));
  }

  @Test
  void required_C11_9_release_takesTheValuesAlong() {
    take(first, LONG);
    take(second, LONG);
    await(leases.put(first, key, "gone", VALUE));
    await(leases.put(second, key, "stays", VALUE));
    await(leases.release(first));
    assertThat(await(leases.get(key))).isEqualTo(Map.of("stays", VALUE));
    assertThat(await(leases.renew(first, LONG))).isFalse();
  }

  @Test
  void required_C11_9_release_again_doesNothing() {
    take(first, LONG);
    await(leases.release(first));
    await(leases.release(first));
    await(leases.release(name("nobody")));
  }

  @Test
  void required_C11_10_renew_forNoTime_isRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> leases.renew(first, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> leases.renew(first, Duration.ofSeconds(-1)));
  }

  private void take(String owner, Duration duration) {
    assertThat(await(leases.renew(owner, duration))).isTrue();
  }
}
