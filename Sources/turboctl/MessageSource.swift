import Core

/// Where a tail's messages come from, and what keeps them coming.
protocol MessageSource: AnyObject {
  /// Connects, to find out whether that is possible.
  func connect(_ deadline: Deadline) throws(CommandError)

  /// Listens to groups, and to those that match patterns, whenever they appear.
  func join(
    _ groups: [GroupName], _ patterns: [GroupPattern], _ limit: Deadline
  ) throws(CommandError)

  /// Seconds until `renewIfDue` has something to do.
  var dueIn: Double { get }

  /// Does what has to be done from time to time, also while nobody takes messages.
  func renewIfDue(_ limit: Deadline) throws(CommandError)

  /// The next messages, `most` of them at most; none where nothing came for a while.
  func take(_ most: Int, _ limit: Deadline) throws(CommandError) -> [Arrival]

  /// Connects anew, and listens to all of it again.
  func rejoin(_ deadline: Deadline) throws(CommandError)

  /// Leaves nothing behind; that this fails is no fault of the command.
  func leave()
}

/// A message that came to a tail.
struct Arrival {
  let message: ReceivedMessage
  /// What it came to of ours, a channel or a name in Redis, each with its group.
  let recipients: [(channel: String, group: String?)]

  var group: String? { recipients.lazy.compactMap(\.group).first }
}

/// What the sources have in common.
enum Patience {
  /// Seconds that the server may take for an answer that should come at once.
  static let answer = 5.0
  /// The same for a look at all groups.
  static let search = 60.0
  static let leave = 2.0
  /// Seconds in which nothing of an answer comes, where no deadline ends the wait: the longest script of a
  /// send takes some 20 ms.
  static let silence = 10.0

  /// By when a step that waits for `seconds` has to be done.
  static func step(_ limit: Deadline, waiting seconds: Double = 0) -> Deadline {
    .min(limit, Deadline(seconds: seconds + answer))
  }
}

/// Messages that nobody here can read: said once a minute, however many there are.
struct PassedOver {
  private static let interval = 60.0

  private var count = 0
  private var next = Deadline(seconds: 0)

  mutating func note(_ reason: String, _ console: Console) {
    count += 1
    guard next.hasPassed else { return }
    console.note("warning: passed over \(counted(count, "message", "messages")) \(reason)")
    count = 0
    next = Deadline(seconds: Self.interval)
  }
}
