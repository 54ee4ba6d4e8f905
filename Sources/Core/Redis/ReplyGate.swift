/// Looks over what a server sends before hiredis does, which makes room at once for all the elements that
/// an array claims to have (`read.c processMultiBulkItem`), waits for ever for the bytes of a string, and from 1.0
/// on takes arrays so deep that to free them overflows the stack.
///
/// The head of a long array is let through once as many bytes have come as its elements take at least:
/// so memory grows with what came, not with what was claimed.
struct ReplyGate {
  /// More than any command gives.
  static let elementLimit = 1 << 24
  /// What a server lets a client store (`proto-max-bulk-len`).
  static let stringLimit = 512 << 20
  /// What a server takes for a line (`PROTO_INLINE_MAX_SIZE`); its own are far shorter.
  static let lineLimit = 64 << 10
  /// Elements that are made room for on their word.
  static let trustedElements = 4096
  /// Arrays within one another; no reply to us has more than three.
  static let depthLimit = 7
  /// A status without a text: its sign and the end of its line.
  private static let shortestElement = 3

  /// Why nothing more is let through.
  private(set) var fault: ReplyFault?
  /// So many bytes must be there before asking again is of use.
  private(set) var needed = 0
  /// Bytes of a string that are still to come before the end of its line.
  private var rest: Int?
  /// Of each array that has begun, the elements still to come, and one while its head is read.
  private var open: [Int] = []
  /// Bytes of a line that were looked at before, and its end not found.
  private var seen = 0

  /// How many of the next bytes hiredis may have; what is left is to be shown again, with what follows.
  mutating func admit(_ bytes: ArraySlice<UInt8>) -> Int {
    let bytes = bytes.span
    var place = 0
    needed = 0
    while place < bytes.count, fault == nil {
      if let rest, rest > 0 {
        let part = min(rest, bytes.count - place)
        self.rest = rest - part
        place += part
      } else if let end = rest == nil ? head(bytes, place) : lineEnd(bytes, place) {
        place = end
        if rest == nil { endElement() }
      } else {
        break
      }
    }
    return place
  }

  /// Counts an element that has come whole, and the arrays that end with it.
  private mutating func endElement() {
    while let left = open.popLast() {
      if left > 1 { return open.append(left - 1) }
    }
  }

  /// Where the head that begins here ends; nil where it has not come whole, or must not be let through.
  private mutating func head(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    switch bytes[start] {
    case UInt8(ascii: "$"):
      guard let (count, end) = number(bytes, start + 1) else { return nil }
      guard count <= Self.stringLimit else { return refuse(.string) }
      guard count >= 0 else { return end }
      // Most come whole.
      if count + 2 <= bytes.count - end { return lineEnd(bytes, end + count) }
      rest = count
      return end
    case UInt8(ascii: "*"):
      guard let (count, end) = number(bytes, start + 1) else { return nil }
      guard count <= Self.elementLimit else { return refuse(.elements) }
      if count > Self.trustedElements {
        needed = end - start + count * Self.shortestElement
        guard bytes.count - start >= needed else { return nil }
      }
      guard count >= 0 else { return end }
      guard open.count < Self.depthLimit else { return refuse(.depth) }
      open.append(count + 1)
      return end
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"): return line(bytes, start)
    default:
      // hiredis says what it thinks of it.
      fault = .type
      return start + 1
    }
  }

  /// A count, -1 or more; nil where it has not come whole, or is none.
  @inline(__always)
  private mutating func number(_ bytes: Span<UInt8>, _ start: Int) -> (value: Int, end: Int)? {
    var place = start
    var value = 0
    while place < bytes.count {
      let digit = unsafe bytes[unchecked: place] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      place += 1
    }
    // Beyond every limit, whatever follows.
    guard place - start <= 18 else { return (.max, place) }
    guard place < bytes.count else { return nil }
    if place == start {
      guard bytes[place] == UInt8(ascii: "-") else { return refuse(.length) }
      guard place + 1 < bytes.count else { return nil }
      guard bytes[place + 1] == UInt8(ascii: "1") else { return refuse(.length) }
      (value, place) = (-1, place + 2)
    } else if bytes[start] == UInt8(ascii: "0"), place > start + 1 {
      return refuse(.length)
    }
    guard let end = lineEnd(bytes, place) else { return nil }
    return (value, end)
  }

  /// Behind the CR LF that must stand here.
  @inline(__always)
  private mutating func lineEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    guard unsafe bytes[unchecked: start] == UInt8(ascii: "\r") else { return refuse(.lineEnd) }
    guard start + 1 < bytes.count else { return nil }
    guard unsafe bytes[unchecked: start + 1] == UInt8(ascii: "\n") else {
      return refuse(.lineEnd)
    }
    rest = nil
    return start + 2
  }

  private mutating func line(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    var place = start + 1 + seen
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "\n"), bytes[place - 1] == UInt8(ascii: "\r") {
        seen = 0
        return place + 1
      }
      place += 1
      guard place - start <= Self.lineLimit else { return refuse(.line) }
    }
    seen = place - start - 1
    return nil
  }

  private mutating func refuse<Place>(_ fault: ReplyFault) -> Place? {
    self.fault = fault
    return nil
  }
}

/// What no reply is like, as `RedisError.garbled` names it.
enum ReplyFault: String, Error {
  case depth = "arrays more than seven deep"
  case elements = "an array of more than 16 million elements"
  case string = "a string of more than 512 MB"
  case line = "a line of more than 64 kB"
  case length = "a length that is none"
  case lineEnd = "no end of line where one is due"
  case type = "no reply begins so"
}
