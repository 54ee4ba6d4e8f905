import Glibc

/// What the system says of an error: the last one's, unless another's number is given.
package func systemError(_ number: Int32 = errno) -> String {
  unsafe String(cString: strerror(number))
}
