import Core

extension GroupMessage {
  /// A message to each group, encoded once where it is the same for several.
  static func messages(
    to groups: [GroupName], as format: LayerConfiguration.SerializerFormat,
    _ make: (GroupName) throws(Message.Fault) -> Message
  ) throws(CommandError) -> [GroupMessage] {
    var messages: [GroupMessage] = []
    do {
      for group in groups {
        let message = try make(group)
        if let last = messages.last, last.message == message {
          messages.append(GroupMessage(last, to: group))
        } else {
          messages.append(try GroupMessage(message, to: group, as: format))
        }
      }
    } catch {
      throw .message(error)
    }
    return messages
  }
}

extension Value {
  /// Bytes of the longest string in it: what a consumer may pass on as one frame.
  var longestStringSize: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .array(let values): values.map(\.longestStringSize).max() ?? 0
    case .object(let object): object.members.map(\.value.longestStringSize).max() ?? 0
    default: 0
    }
  }
}
