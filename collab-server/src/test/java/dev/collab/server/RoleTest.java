package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.ack;
import static dev.collab.server.ServerHarness.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Authentication;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permissions that go by what a token tells: it is the role of its owner here. */
class RoleTest {

  @ParameterizedTest
  @EnumSource(Ground.class)
  void renewal_withOtherAttributes_asksThePolicyAgain(Ground ground) {
    ServerHarness harness =
        new ServerHarness(ground)
            .withAuthenticator(
                credentials ->
                    CompletableFuture.completedStage(
                        Authentication.accepted("ada", User.of("ada", "Ada"))
                            .withAttributes(Map.of("role", credentials.token().orElse("WRITE")))))
            .with(
                builder ->
                    builder.access(
                        AccessPolicy.of(
                            (caller, resource) ->
                                Permission.valueOf(caller.attribute("role").orElseThrow()))));
    harness.author(ALICE, "abc");
    WireClient ada = harness.connect();
    ada.send("{'a':'hs','id':'" + secret("ada") + "','protocol':1,'collab':1,'token':'READ'}");
    ada.send("{'a':'s','c':'c','d':'d','v':null}");
    ada.clear();
    ada.send("{'a':'auth','token':'WRITE'}");
    assertThat(ada.everything())
        .containsExactlyInAnyOrder(
            "{'a':'auth'}", "{'a':'access','c':'c','d':'d','permission':'write'}");
    ada.clear();
    ada.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['x']}");
    assertThat(ada.received()).containsExactly(ack(1, secret("ada"), 1));
    ada.clear();
    ada.send("{'a':'auth','token':'READ'}");
    ada.send("{'a':'op','c':'c','d':'d','v':2,'seq':2,'op':['y']}");
    assertThat(ada.everything())
        .contains("{'a':'access','c':'c','d':'d','permission':'read'}")
        .anyMatch(frame -> frame.contains("ERR_FORBIDDEN"));
    assertThat(harness.text()).isEqualTo("xabc");
    assertThat(ada.closed()).isEmpty();
  }
}
