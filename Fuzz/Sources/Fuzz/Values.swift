import Core

extension Fuzz {
  /// What was read is written, and read again as the same; a place in the text is found for any path.
  static let json: Target = { input in
    guard let value = try? JSONReader.read(input) else { return }
    var written: [UInt8] = []
    JSONWriter.append(value, to: &written)
    precondition((try? JSONReader.read(written)) == value, "JSON: read otherwise than written")
    if case .object(let object) = value, let key = object.members.first?.key {
      _ = JSONPlaces.position(of: key, in: input)
    }
    if let packed = try? MessagePackWriter.write(value) {
      precondition((try? MessagePackReader.read(packed[...])) == value, "JSON: packed otherwise")
    }
  }

  /// As `json`; what NaN is there is compared by its bytes.
  static let messagePack: Target = { input in
    guard let value = try? MessagePackReader.read(input[...]) else { return }
    guard let written = try? MessagePackWriter.write(value),
      let again = try? MessagePackReader.read(written[...])
    else { preconditionFailure("MessagePack: not written") }
    precondition((try? MessagePackWriter.write(again)) == written, "MessagePack: unstable")
    var json: [UInt8] = []
    JSONWriter.append(value, to: &json)
    do throws(JSONError) {
      _ = try JSONReader.read(json)
    } catch {
      // Bytes are an object in JSON: one deeper.
      precondition(error.reason == .tooDeep, "MessagePack: no JSON")
    }
  }

  private static let ring = (try? Fernet(secrets: ["one", "two"])) ?? nil

  /// No input is a token; one bit of a token turned, and it is none either.
  static let fernet: Target = { input in
    guard let ring else { preconditionFailure("Fernet: no libcrypto") }
    precondition((try? ring.decrypt(input[...], ttl: nil, now: 0)) == nil, "Fernet: accepted")
    guard var token = try? ring.encrypt(input, now: 0) else {
      preconditionFailure("Fernet: not encrypted")
    }
    precondition((try? ring.decrypt(token[...], ttl: 1, now: 1)) == input, "Fernet: another text")
    let place = input.reduce(0) { ($0 &* 31 &+ Int($1)) % token.count }
    token[place] ^= 1 << (input.first.map { $0 & 7 } ?? 0)
    if let message = try? ring.decrypt(token[...], ttl: nil, now: 0) {
      // The last character of a base64 group has bits that stand for nothing.
      precondition(message == input, "Fernet: a changed token accepted")
    }
  }
}
