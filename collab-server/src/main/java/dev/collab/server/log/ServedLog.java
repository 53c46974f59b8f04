package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.DocumentRules;
import java.util.function.Predicate;

/**
 * What a host serves, and to whom.
 *
 * @param <A> who hears of its entries
 * @param key the key of the log
 * @param rules what its documents may hold
 * @param audience who hears of its entries, nobody at first
 * @param listener is told of the life of the host
 * @param forgets tells of an entry that nothing may remain in the log of what stands before it
 */
public record ServedLog<A extends Audience>(
    String key,
    DocumentRules rules,
    A audience,
    HostListener listener,
    Predicate<CommittedOperation> forgets) {}
