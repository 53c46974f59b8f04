package dev.collab.server.permission;

import dev.collab.protocol.Permission;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's permission for one resource, and what the client knows of it.
 *
 * <p>Confined: to the lock of its {@link Permissions}.
 */
final class Held {

  /** What the policy has said; null as long as it has not. It holds while it is asked again. */
  private @Nullable Permission granted;

  /** What interceptors leave of it. */
  private Permission most = Permission.MANAGE;

  /** What the holders were told last. */
  private Permission settled = Permission.NONE;

  private boolean settling;

  /** What waits for the policy's answer. */
  private @Nullable CompletableFuture<Permission> asking;

  /** Counts the questions: only the answer to the newest one counts. */
  private int questions;

  /** The policy's answer may be another one by now. */
  private boolean stale;

  /** How much goes on that was begun with what was permitted before. */
  private int uses;

  /** What holds as far as the client may be told: it is lowered only when nothing goes on. */
  private Permission official = Permission.NONE;

  private boolean watched;
  private boolean repeated;
  private boolean lost;
  private boolean telling;
  private @Nullable Permission told;

  /** Returns what the client may do, by all that is known. */
  Permission now() {
    Permission policy = granted == null ? Permission.NONE : granted;
    return policy.compareTo(most) < 0 ? policy : most;
  }

  boolean allows(Permission needed) {
    return now().compareTo(needed) >= 0;
  }

  /** Returns the policy's answer, unless another one is on its way or has to be asked for. */
  @Nullable Permission answer() {
    return asking == null && !stale ? granted : null;
  }

  @Nullable CompletableFuture<Permission> asking() {
    return asking;
  }

  boolean isStale() {
    return stale;
  }

  void expire() {
    stale = true;
  }

  /** Notes that the policy is asked; returns the number of the question. */
  int ask() {
    if (asking == null) {
      asking = new CompletableFuture<>();
    }
    stale = false;
    return ++questions;
  }

  boolean isAsked(int question) {
    return asking != null && question == questions;
  }

  /**
   * Notes an answer, or that there is none.
   *
   * @return who waits for it, or null if it is not the answer to the newest question
   */
  @Nullable CompletableFuture<Permission> answered(int question, @Nullable Permission permission) {
    if (!isAsked(question)) {
      return null;
    }
    CompletableFuture<Permission> waiting = asking;
    asking = null;
    granted = permission;
    return waiting;
  }

  void limit(Permission permission) {
    most = permission;
  }

  /** Returns whether the caller is the one who tells the holders of a change. */
  boolean beginSettling() {
    if (settling || settled == now()) {
      return false;
    }
    settling = true;
    return true;
  }

  /** Returns what the holders are to be told next, or null if they have been told. */
  @Nullable Permission nextToSettle() {
    if (settled == now()) {
      settling = false;
      return null;
    }
    settled = now();
    lost |= watched && settled == Permission.NONE;
    uses++;
    return settled;
  }

  void use() {
    uses++;
  }

  void unuse() {
    uses--;
  }

  /** Tells whether nothing would be lost if this was forgotten. */
  boolean isIdle() {
    return asking == null && uses == 0 && !watched && !telling && !settling;
  }

  /** The client wants to be told, now and whenever it is something else. */
  void watch() {
    watched = true;
    repeated = true;
    lost = false;
  }

  void unwatch() {
    watched = false;
  }

  /**
   * Returns what the client is to be told by the caller, who calls {@link #wasTold} afterwards;
   * null if there is nothing to tell yet, or somebody else is about to.
   */
  @Nullable Permission toTell() {
    if (uses == 0 || now().compareTo(official) > 0) {
      official = now();
    }
    if (telling || !watched || (lost && uses > 0)) {
      return null;
    }
    Permission news = lost ? Permission.NONE : official;
    if (!repeated && news == told) {
      return null;
    }
    repeated = false;
    lost = false;
    telling = true;
    told = news;
    watched = news != Permission.NONE; // it hears no more of what it cannot see
    return news;
  }

  void wasTold() {
    telling = false;
  }
}
