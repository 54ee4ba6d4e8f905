import Glibc

/// Where a socket connects to: what `connect(2)` is given.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private let length: socklen_t

  var family: Int32 { Int32(storage.ss_family) }

  /// A socket of this machine; nil where the path is too long for one.
  init?(path: String) {
    var name = sockaddr_un()
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { return nil }
    name.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: bytes) }
    length = socklen_t(MemoryLayout<sockaddr_un>.size)
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      unsafe withUnsafeBytes(of: name) { unsafe storage.copyMemory(from: $0) }
    }
  }

  private init?(_ info: addrinfo) {
    guard let name = unsafe info.ai_addr else { return nil }
    length = unsafe info.ai_addrlen
    unsafe withUnsafeMutableBytes(of: &storage) { [length] storage in
      unsafe storage.copyMemory(from: UnsafeRawBufferPointer(start: name, count: Int(length)))
    }
  }

  /// Starts to connect a socket that does not block: 0, or as `connect(2)`.
  func connect(_ socket: Int32) -> Int32 {
    unsafe withUnsafeBytes(of: storage) { bytes in
      unsafe Glibc.connect(socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, length)
    }
  }

  /// All of a host, in the order in which to try them (`getaddrinfo(3)`).
  static func all(host: String, port: Int, flags: Int32) throws(LookupFault) -> [SocketAddress] {
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = flags | AI_NUMERICSERV
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, "\(port)", &hints, &first)
    guard code == 0 else {
      throw LookupFault(
        reason: code == EAI_SYSTEM ? systemError() : unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(first) }
    var addresses: [SocketAddress] = []
    var next = unsafe first
    while let info = unsafe next?.pointee {
      if let address = unsafe SocketAddress(info) { addresses.append(address) }
      unsafe next = unsafe info.ai_next
    }
    return addresses
  }
}
