/// What the server answered, copied out of the C library's memory.
package enum Reply: Equatable, Sendable {
  case null
  case status(String)
  case integer(Int)
  case bytes([UInt8])
  case array([Reply])
  case error(ServerError)
}

extension Reply {
  package var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// A number of things; nil for one that no server has, so that sums do not overflow.
  package var amount: Int? {
    integer.flatMap { 0...1 << 32 ~= $0 ? $0 : nil }
  }

  package var bytes: [UInt8]? {
    guard case .bytes(let bytes) = self else { return nil }
    return bytes
  }

  /// The text of a bulk string or a status; broken UTF-8 is repaired, so never use it as a key.
  package var text: String? {
    switch self {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .status(let text): text
    default: nil
    }
  }

  /// A score, or a part of the time: the server sends doubles as text; nil for what is not finite.
  package var double: Double? {
    text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  package var array: [Reply]? {
    guard case .array(let replies) = self else { return nil }
    return replies
  }
}

/// An error reply: its code (`READONLY`) and the sentence after it.
package struct ServerError: Equatable, Sendable {
  package let code: String
  package let text: String

  /// Cuts what the server echoes of our own arguments, which may be a message or a secret, and where in a
  /// script it happened.
  package init(_ reply: String) {
    let line = Self.withoutScript(reply)
    let code = line.prefix { $0 != " " }
    let text = line.dropFirst(code.count).drop { $0 == " " }
    self.code = String(code)
    // "unknown command 'EVAL', with args beginning with: '…'"
    let echoes = text.hasPrefix("unknown command") || text.hasPrefix("unknown subcommand")
    self.text =
      echoes ? String(text.prefix { $0 != "," }) : text.prefix(200) + (text.count > 200 ? "…" : "")
  }

  /// The error that a command met inside a script.
  ///
  /// Redis 7 adds `script: DIGEST, on @user_script:LINE.` behind it; before, `@user_script: LINE: -`
  /// stands in front.
  private static func withoutScript(_ reply: String) -> String {
    let words = reply.split(separator: " ")
    guard let place = words.lastIndex(where: { $0.hasPrefix("@user_script:") }) else {
      return reply
    }
    if let end = words[..<place].lastIndex(of: "script:"), place == words.count - 1 {
      return words[..<end].joined(separator: " ")
    }
    let error = words[(place + 1)...].drop { $0.last == ":" && Int($0.dropLast()) != nil }
    return String(error.joined(separator: " ").drop { $0 == "-" })
  }
}

extension ServerError {
  /// Why the server carries out nothing of this connection and ends it; nil where it does not say so.
  ///
  /// Of who has not logged in, it does not read long commands (`networking.c processMultibulkBuffer`).
  var refusal: ServerError? {
    switch text {
    case _ where code == "DENIED", _ where text.hasPrefix("max number of clients"): self
    case _ where text.hasPrefix("Protocol error: unauthenticated"):
      ServerError("NOAUTH Authentication required.")
    default: nil
    }
  }
}

extension ServerError: CustomStringConvertible {
  package var description: String { text.isEmpty ? code : "\(code) \(text)" }
}
