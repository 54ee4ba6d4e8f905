extension RedisConnection {
  /// AUTH and SELECT are answered before anything else is written, or a write could land in db 0.
  mutating func logIn(_ deadline: Deadline) throws(RedisError) {
    var commands: [RedisCommand] = []
    // A user without a password is one that needs none (`nopass`).
    if let username = address.username {
      commands.append(RedisCommand("AUTH", .text(username), .text(address.password ?? "")))
    } else if let password = address.password {
      commands.append(RedisCommand("AUTH", .text(password)))
    }
    if let name = address.clientName {
      commands.append(RedisCommand("CLIENT", "SETNAME", .text(name)))
    }
    if address.database != 0 { commands.append(RedisCommand("SELECT", "\(address.database)")) }
    guard !commands.isEmpty else { return }
    var refusal: ServerError?
    do {
      try pipeline(commands, deadline: deadline) { _, reply in
        if case .error(let error) = reply { refusal = refusal ?? error }
      }
    } catch {
      throw error.beforeAnyCommand
    }
    if let refusal { throw .refused(address, refusal) }
  }
}
