package dev.collab.websocket;

import dev.collab.transport.PeerInfo;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the request that opens a connection, and leaves what is worth knowing with the session.
 *
 * <p>Every method that would ask the container's own configurator is answered here, so that it does
 * not matter how many containers are on the class path.
 *
 * <p>Thread-safe.
 */
final class Handshake extends ServerEndpointConfig.Configurator {

  /** Under which name a session keeps a {@link PeerInfo}; without one it was refused. */
  static final String PEER = "dev.collab.websocket.peer";

  /** Under which name some containers tell the remote address. */
  private static final String REMOTE_ADDRESS = "jakarta.websocket.endpoint.remoteAddress";

  /** In the name of {@code permessage-deflate} and of its older forms. */
  private static final String COMPRESSION = "deflate";

  private final CollabEndpoints.Builder settings;

  Handshake(CollabEndpoints.Builder settings) {
    this.settings = settings;
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    List<String> origins = header(request, "Origin");
    String host = header(request, "Host").stream().findFirst().orElse("");
    boolean accepted =
        origins.isEmpty() || (origins.size() == 1 && settings.origins.allows(origins.get(0), host));
    Map<String, Object> properties = config.getUserProperties();
    if (accepted) {
      PeerInfo known = known(origins, request, properties.get(REMOTE_ADDRESS));
      properties.put(PEER, settings.peers.resolve(request, known));
    } else {
      properties.remove(PEER);
    }
  }

  @Override
  public boolean checkOrigin(String originHeaderValue) {
    // Decided above, where the host is known too.
    return true;
  }

  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    return requested.stream().filter(supported::contains).findFirst().orElse("");
  }

  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return requested.stream()
        .filter(each -> settings.compression || !each.getName().contains(COMPRESSION))
        .filter(each -> installed.stream().anyMatch(own -> own.getName().equals(each.getName())))
        .toList();
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    return endpointClass.cast(new CollabEndpoint(settings));
  }

  private static PeerInfo known(
      List<String> origins, HandshakeRequest request, @Nullable Object remote) {
    var attributes = new HashMap<String, String>();
    origins.forEach(origin -> attributes.put("origin", origin));
    Optional.ofNullable(request.getQueryString())
        .ifPresent(query -> attributes.put("query", query));
    attributes.put("path", request.getRequestURI().getPath());
    if (remote != null) {
      attributes.put("remote", remote.toString());
    }
    Principal principal = request.getUserPrincipal();
    return PeerInfo.of(principal == null ? "" : principal.getName(), attributes);
  }

  private static List<String> header(HandshakeRequest request, String name) {
    // Containers differ in whether the map minds the case.
    return request.getHeaders().entrySet().stream()
        .filter(each -> name.equalsIgnoreCase(each.getKey()))
        .flatMap(each -> Stream.ofNullable(each.getValue()).flatMap(List::stream))
        .toList();
  }
}
