package dev.collab.tck;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** Breaks one method of something that works. */
final class Defect {

  /** What the broken method does instead. */
  @FunctionalInterface
  interface Instead {
    Object call(Object[] arguments, Callable<Object> original) throws Exception;
  }

  /** What a method returns that returns nothing. */
  @SuppressWarnings("NullAway") // the only result that a proxy of such a method may have
  static final Object NOTHING = null;

  private Defect() {}

  static <T> T in(Class<T> type, T working, String method, Instead instead) {
    InvocationHandler handler =
        (proxy, called, arguments) ->
            called.getName().equals(method)
                ? instead.call(arguments, () -> invoke(called, working, arguments))
                : invoke(called, working, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
