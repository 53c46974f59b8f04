package dev.collab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The kits fail what is broken, by the test that is named after the rule. */
class BrokenImplementationTest {

  static Stream<Arguments> defects() {
    return Stream.of(
        Arguments.of(
            BrokenCoordinator.NotIdempotent.class,
            CoordinatorContract.Append.class,
            "required_C3_3_append_again_isCommittedOnce"),
        Arguments.of(
            BrokenCoordinator.Blind.class,
            CoordinatorContract.Append.class,
            "required_C3_1_append_atTheHead_commits"),
        Arguments.of(
            BrokenCoordinator.Blind.class,
            CoordinatorContract.Append.class,
            "required_C3_12_append_by32ThreadsOnTwoNodes_keepsOneChain"),
        Arguments.of(
            BrokenCoordinator.WithoutLimit.class,
            CoordinatorContract.Read.class,
            "required_C4_2_read_returnsNoMoreThanItsLimit"),
        Arguments.of(
            BrokenCoordinator.LeaseForEver.class,
            CoordinatorContract.Lease.class,
            "required_C11_4_expiredLease_takesItsValuesAlong"),
        Arguments.of(
            BrokenCoordinator.RemoveNothing.class,
            CoordinatorContract.Lease.class,
            "required_C11_7_remove_ofAForeignValue_leavesIt"),
        Arguments.of(
            BrokenTransport.Trimming.class,
            TransportContract.Frames.class,
            "required_T2_2_frame_ofAnyText_arrivesUnchanged"),
        Arguments.of(
            BrokenTransport.Strict.class,
            TransportContract.Bounds.class,
            "required_T3_2_frameToTheServer_oneTooLong_isReportedAndTheConnectionLives"),
        Arguments.of(
            BrokenTransport.Forgetful.class,
            TransportContract.Closing.class,
            "required_T5_1_closeByTheClient_isToldToTheServer"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void kit_overADefect_failsByTheNameOfItsRule(Class<?> broken, Class<?> part, String test) {
    long failed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectNestedMethod(List.of(broken), part, test))
            .execute()
            .testEvents()
            .failed()
            .count();
    assertThat(failed).isEqualTo(1);
  }
}
