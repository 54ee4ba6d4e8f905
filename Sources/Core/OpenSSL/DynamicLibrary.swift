import Glibc

/// A C library that is looked for when it is wanted: nothing depends on it at build, or at a start without it.
@safe struct DynamicLibrary {
  private let name: String
  private let handle: UnsafeMutableRawPointer

  /// Loads the first of these that is there; it stays until the process ends.
  init(anyOf names: [String]) throws(OpenSSLError) {
    for name in names {
      guard let handle = unsafe dlopen(name, RTLD_NOW) else { continue }
      self.name = name
      unsafe self.handle = unsafe handle
      return
    }
    throw .missing(names)
  }

  /// A function of the library, or of one that it stands on; `Function` is the C type that its header gives it.
  func function<Function>(_ symbol: String) throws(OpenSSLError) -> Function {
    guard let address = unsafe dlsym(handle, symbol) else {
      throw .incomplete(name, symbol: symbol)
    }
    return unsafe unsafeBitCast(address, to: Function.self)
  }
}

/// Why there is no OpenSSL.
package enum OpenSSLError: Error, Equatable, Sendable {
  /// None of these libraries is installed.
  case missing([String])
  /// The library lacks a function.
  case incomplete(String, symbol: String)
}
