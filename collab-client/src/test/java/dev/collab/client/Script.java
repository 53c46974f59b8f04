package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A client in virtual time and a scripted server for it. */
final class Script {

  static final String SECRET = "ssssssssssssssssssssss";
  static final DocumentId ID = new DocumentId("c", "d");

  final VirtualTime time = new VirtualTime();
  final ScriptedServer server = new ScriptedServer(time);
  final Network network = new Network(InMemoryTransport.builder(server).executor(time).build());
  final List<String> clientEvents = new ArrayList<>();
  final CollabClient client;

  Script() {
    this(builder -> builder);
  }

  Script(UnaryOperator<CollabClient.Builder> configuration) {
    client =
        configuration
            .apply(
                CollabClient.builder(network)
                    .executor(time)
                    .scheduler(time)
                    .random(new SplittableRandom(1))
                    .keepAlive(Duration.ZERO)
                    .listener(
                        new ClientListener() {
                          @Override
                          public void onStatus(ClientStatus status) {
                            clientEvents.add(status.toString());
                          }

                          @Override
                          public void onError(CollabException error) {
                            clientEvents.add(error.code());
                          }
                        }))
            .build();
  }

  List<String> takeClientEvents() {
    List<String> taken = List.copyOf(clientEvents);
    clientEvents.clear();
    return taken;
  }

  /** Lets time pass until the client sends something, so many seconds at most. */
  List<String> takeWithin(Peer peer, int seconds) {
    List<String> taken = List.of();
    for (int i = 0; i < seconds && taken.isEmpty(); i++) {
      time.pass(Duration.ofSeconds(1));
      taken = peer.take();
    }
    return taken;
  }

  /** Connects and agrees on the extension. */
  Peer connect() {
    client.connect();
    return shakeHands(SECRET);
  }

  /** Lets the connection break and the client connect again. */
  Peer reconnect() {
    server.peer().close();
    time.pass(Duration.ofSeconds(1));
    return shakeHands(SECRET);
  }

  Peer shakeHands(String id) {
    time.runDue();
    Peer peer = server.peer();
    assertThat(peer.take()).singleElement().asString().startsWith("{\"a\":\"hs\"");
    return peer.say(handshake(id));
  }

  static String handshake(String id) {
    return "{'a':'hs','protocol':1,'protocolMinor':2,'id':'"
        + id
        + "','type':'http://sharejs.org/types/JSONv0','collab':1,"
        + "'limits':{'operation':1000,'document':100000,'frame':4000}}";
  }

  SharedDocument<Text, TextOperation> open() {
    SharedDocument<Text, TextOperation> document = client.open(ID, TextType.TEXT);
    time.runDue();
    return document;
  }

  /** Opens the document over a new connection, at revision 1. */
  SharedDocument<Text, TextOperation> openAt1(String content) {
    Peer peer = connect();
    SharedDocument<Text, TextOperation> document = open();
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':null}"));
    peer.say(state("s", 1, content));
    assertThat(document.state()).hasToString(content);
    return document;
  }

  static void insert(SharedDocument<Text, TextOperation> document, int position, String text) {
    document.edit(TextOperation.insert(position, text));
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  static String state(String action, long version, String content) {
    return "{'data':" + data(version, content) + ",'a':'" + action + "','c':'c','d':'d'}";
  }

  static String data(long version, String content) {
    return "{'v':"
        + version
        + ",'data':'"
        + content
        + "','type':'http://sharejs.org/types/textv1'}";
  }

  static String absent(long version) {
    return "{'data':{'v':" + version + ",'type':null},'a':'s','c':'c','d':'d'}";
  }

  static String done(String action) {
    return "{'a':'" + action + "','c':'c','d':'d'}";
  }

  /** The submission of an edit, as the client writes it. */
  static String submission(long version, long sequence, long seen, String operation) {
    return json(
        "{'a':'op','c':'c','d':'d','v':"
            + version
            + ",'src':'"
            + SECRET
            + "','seq':"
            + sequence
            + ",'seen':"
            + seen
            + ",'op':"
            + operation
            + "}");
  }

  static String ack(long version, long sequence) {
    return "{'v':"
        + version
        + ",'src':'"
        + SECRET
        + "','seq':"
        + sequence
        + ",'a':'op','c':'c','d':'d'}";
  }

  static String entry(long version, String change) {
    return "{'a':'op','c':'c','d':'d','v':" + version + ",'src':'other','seq':1," + change + "}";
  }

  static String refusal(long sequence, String code, String more) {
    return "{'a':'op','c':'c','d':'d','seq':"
        + sequence
        + ",'error':{'code':'"
        + code
        + "','message':'no'}"
        + more
        + "}";
  }

  static String readError(String action, String code, String more) {
    return "{'a':'"
        + action
        + "','c':'c','d':'d','error':{'code':'"
        + code
        + "','message':'no'}"
        + more
        + "}";
  }

  /** Returns how a stage ended: its value, the code of its error, or "pending". */
  String result(CompletionStage<?> stage) {
    time.runDue();
    AtomicReference<String> result = new AtomicReference<>("pending");
    var unused =
        stage.whenComplete(
            (value, failure) ->
                result.set(
                    failure == null
                        ? String.valueOf(value)
                        : failure instanceof CollabException known
                            ? known.code()
                            : failure.getClass().getSimpleName()));
    return result.get();
  }
}
