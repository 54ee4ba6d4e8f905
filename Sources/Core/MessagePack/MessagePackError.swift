/// Why bytes are not one MessagePack value, or why a value cannot be one.
package enum MessagePackError: Error, Equatable, Sendable {
  /// How many arrays and maps may be open at once: what Python's msgpack reads.
  package static let depthLimit = 1024

  // Reading; an offset is in bytes from the start of the input.

  /// The bytes end where more are announced; the offset is that of what could not be read.
  case truncated(offset: Int)
  case trailingBytes(offset: Int)
  case unusedMarker(offset: Int)
  case invalidUTF8(offset: Int)
  /// The key of a map is an array or a map.
  case invalidKey(offset: Int)
  case tooDeep(offset: Int)

  // Writing.

  /// An integer that neither 64 bits with a sign nor without hold.
  case integerOutOfRange(literal: String)
  /// A string, array or map of more than 2³² − 1 bytes or elements.
  case tooLong(count: Int)
  case valueTooDeep
}
