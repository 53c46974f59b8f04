package dev.collab.operation;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operation types that a server or client knows, found by name or URI.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class OperationTypes {

  private final Map<String, OperationType<?, ?>> byName;

  private OperationTypes(Map<String, OperationType<?, ?>> byName) {
    this.byName = byName;
  }

  /**
   * Returns the set of these types.
   *
   * @param types the types; names and URIs must differ
   * @return the set
   * @throws IllegalArgumentException if two types share a name or URI
   */
  public static OperationTypes of(OperationType<?, ?>... types) {
    Map<String, OperationType<?, ?>> byName = new HashMap<>();
    for (OperationType<?, ?> type : List.of(types)) {
      for (String name : List.of(type.name(), type.uri())) {
        OperationType<?, ?> other = byName.put(name, type);
        if (other != null && other != type) {
          throw new IllegalArgumentException("two types are called " + name);
        }
      }
    }
    return new OperationTypes(Map.copyOf(byName));
  }

  /**
   * Finds a type.
   *
   * @param nameOrUri its name or its URI
   * @return the type, or empty if it is not known
   */
  public Optional<OperationType<?, ?>> find(String nameOrUri) {
    return Optional.ofNullable(byName.get(requireNonNull(nameOrUri, "nameOrUri")));
  }
}
