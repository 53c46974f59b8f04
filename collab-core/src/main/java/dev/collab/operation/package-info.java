/**
 * What an operation type is: the algebra every type implements and the errors it reports. Entry
 * type: {@link dev.collab.operation.OperationType}. Everything here is immutable and pure.
 */
package dev.collab.operation;
