package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EditingTest {

  private static final String ALICE = "aaaaaaaaaaaaaaaaaaaaaa";
  private static final String BOB = "bbbbbbbbbbbbbbbbbbbbbb";

  private final VirtualTime time = new VirtualTime();
  private final CollabServer server =
      CollabServer.builder(
              InMemoryCoordinator.builder().executor(time).clock(time).build(), time, time)
          .type(TextType.TEXT)
          .clock(time)
          .random(new Random(1))
          .build();
  private final InMemoryTransport transport =
      InMemoryTransport.builder(server).executor(time).build();

  @Test
  void submit_ofTwoClientsAtOnePlace_laterOneStandsFirst() {
    WireClient alice = WireClient.connect(transport, time, ALICE);
    WireClient bob = WireClient.connect(transport, time, BOB);
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    assertThat(alice.received())
        .containsExactly("{'data':{'v':0,'type':null},'a':'s','c':'c','d':'d'}");
    alice.send(
        "{'a':'op','c':'c','d':'d','v':0,'seq':1,'x':{},'create':{'type':'text','data':''}}");
    alice.clear();
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'x':{},'op':['Hello']}");
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'x':{},'op':['World']}");
    assertThat(alice.received())
        .satisfiesExactly(
            ack ->
                assertThat(ack)
                    .isEqualTo("{'v':1,'src':'" + ALICE + "','seq':2,'a':'op','c':'c','d':'d'}"),
            broadcast -> assertThat(broadcast).contains("'v':2").contains("'op':['World']"));
    assertThat(bob.received())
        .satisfiesExactly(
            broadcast -> assertThat(broadcast).contains("'v':1").contains("'op':['Hello']"),
            ack -> assertThat(ack).contains("'v':2", "'src':'" + BOB + "'"));
    alice.clear();
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(alice.received()).singleElement().asString().contains("'data':'WorldHello'");
  }
}
