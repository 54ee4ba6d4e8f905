/// What the script of a group send returns (`LayerScript.send`).
struct SendReply {
  /// A queue that had not room for all messages.
  struct FullQueue {
    let process: String
    /// Messages that it had room for.
    let room: Int
    /// How its oldest message begins: while that stays, nobody takes anything.
    let oldest: [UInt8]
  }

  let channels: Int
  let processes: Int
  /// How many of the messages were taken, the first ones; the others were not touched.
  let taken: Int
  let full: [FullQueue]
  /// The first error of a queue, or of the housekeeping.
  let fault: ServerError?
  /// Processes whose queue failed.
  let failed: [String]
  /// Of the messages in their queues, as the server prints it.
  let score: String
  /// Processes whose queue took a message, where that was asked for.
  let written: [String]

  init?(_ reply: Reply) {
    guard let fields = reply.array, fields.count == 8, let channels = fields[0].amount,
      let processes = fields[1].amount, let taken = fields[2].amount,
      let full = fields[3].array, full.count % 3 == 0, let score = fields[6].text
    else { return nil }
    self.channels = channels
    self.processes = processes
    self.taken = taken
    self.full = stride(from: 0, to: full.count, by: 3).map { place in
      FullQueue(
        process: full[place].text ?? "", room: full[place + 1].integer ?? 0,
        oldest: full[place + 2].bytes ?? [])
    }
    fault = fields[4].text.flatMap { $0.isEmpty ? nil : ServerError($0) }
    failed = (fields[5].array ?? []).compactMap(\.text)
    self.score = score
    written = (fields[7].array ?? []).compactMap(\.text)
  }

  /// Whom the message at a place among those sent reaches.
  func audience(at place: Int = 0) -> Audience {
    Audience(
      channels: channels, processes: processes, overCapacity: full.count { $0.room <= place })
  }

  /// What became of a message that was taken.
  func outcome(at place: Int, from address: RedisAddress) -> Delivery.Outcome {
    let audience = audience(at: place)
    guard let fault else { return .delivered(audience, fault: nil) }
    let stored = processes - failed.count - audience.overCapacity
    if stored == 0, !failed.isEmpty || processes == 0 { return .failed(.refused(address, fault)) }
    if failed.isEmpty { return .delivered(audience, fault: fault) }
    return .partial(audience, written: stored, failed: failed, fault: .refused(address, fault))
  }
}
