extension CoreLayer {
  package mutating func serverInfo(deadline: Deadline) throws(ChannelsError) -> ServerInfo {
    let reply = try pipeline([RedisCommand("INFO")], deadline)[0]
    if case .error(let error) = reply { throw .refused(address, error) }
    guard let text = reply.text else { throw .unexpectedReply(address) }
    return ServerInfo(text)
  }
}
