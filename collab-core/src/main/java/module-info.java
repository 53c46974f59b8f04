/** Operation algebra, documents and sync engines. */
@org.jspecify.annotations.NullMarked
module dev.collab.core {
  requires static org.jspecify;

  exports dev.collab.chat;
  exports dev.collab.conflict;
  exports dev.collab.document;
  exports dev.collab.operation;
  exports dev.collab.presence;
  exports dev.collab.sync;
  exports dev.collab.text;
  exports dev.collab.undo;
  exports dev.collab.value;
}
