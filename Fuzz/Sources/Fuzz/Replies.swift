import Core
import Glibc

extension Fuzz {
  /// Where the server listens that sends each input as its replies.
  private static let server: (socket: Int32, address: RedisAddress) = {
    let path = "/tmp/turboctl-fuzz-\(getpid()).sock"
    unlink(path)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let isListening = withUnsafeBytes(of: address) { bytes in
      bind(
        listener, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        socklen_t(bytes.count)) == 0 && listen(listener, 1) == 0
    }
    precondition(isListening, "replies: no socket")
    return (listener, RedisAddress(endpoint: .unix(path: path)))
  }()

  /// Replies are the same in whatever pieces they come, and so is what ends them.
  static let replies: Target = { input in
    // An alert of TLS is known by the first two bytes that come, and only at once.
    guard let first = input.first, input.dropFirst().first != 0x15 else { return }
    let bytes = Array(input.dropFirst())
    let whole = received(bytes, piece: bytes.count)
    let pieces = received(bytes, piece: 1 + Int(first % 16))
    precondition(whole.replies == pieces.replies, "replies: depend on the pieces")
    precondition(whole.end == pieces.end, "replies: the end depends on the pieces")
  }

  private static func received(
    _ bytes: [UInt8], piece: Int
  ) -> (replies: [Reply], end: RedisError?) {
    var replies: [Reply] = []
    do {
      var connection = try RedisConnection.open(
        server.address, connectTimeout: 5, deadline: Deadline(seconds: 5))
      let peer = accept(server.socket, nil, nil)
      defer { close(peer) }
      var rest = bytes[...]
      while !rest.isEmpty {
        let sent = rest.prefix(max(1, piece)).withUnsafeBytes {
          send(peer, $0.baseAddress, $0.count, 0)
        }
        precondition(sent > 0, "replies: not sent")
        rest = rest.dropFirst(sent)
        while let reply = try connection.receive() { replies.append(reply) }
      }
      return (replies, nil)
    } catch {
      return (replies, error)
    }
  }
}
