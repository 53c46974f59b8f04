package dev.collab.server.session;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.PeerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection whose network takes frames when told to. */
class SlowConnection implements Connection {

  final List<String> sent = new ArrayList<>();
  Optional<CloseReason> closed = Optional.empty();

  /** What the network has not taken; at first it takes nothing. */
  long queued = Long.MAX_VALUE;

  @Override
  public void send(String frame) {
    sent.add(frame);
  }

  @Override
  public long queued() {
    return queued;
  }

  @Override
  public void close(CloseReason reason) {
    closed = closed.or(() -> Optional.of(reason));
  }

  @Override
  public boolean isOpen() {
    return closed.isEmpty();
  }

  @Override
  public PeerInfo peer() {
    return PeerInfo.anonymous();
  }
}
