package import DevinAPI

/// What became of one secret.
package struct SecretResult: Sendable {
  package enum Outcome: Hashable, Sendable {
    /// It is in the list, and what it replaces is not.
    case done
    /// The organization has it; nothing was sent.
    case exists
    /// The server refused it.
    case refused(APIError)
    /// Nothing was sent, since the list could not be read before.
    case unread(APIError)
    /// Nothing was sent; why, for people.
    case notSent(String)
    /// Something else is there than the plan showed, or than was sent; why, for people.
    case conflict(String)
    /// The answer was lost, and what it was to do is not done.
    case notDone(APIError)
    /// The answer was lost, and looking did not tell. The next push looks again.
    case unknown(APIError)
  }

  package let entry: SecretEntry
  package let decision: SecretDecision
  package internal(set) var outcome: Outcome
  /// The id of the new secret.
  package internal(set) var id: String?
  /// Whether the old secret is gone and the new one is not there.
  package internal(set) var isMissing = false
  /// Whether a request has left.
  var hasSent = false
}

/// What pushing a file of secrets did.
package struct SecretReport: Sendable {
  package internal(set) var plan: SecretPlan
  package internal(set) var results: [SecretResult] = []
  package internal(set) var wasDeclined = false
  package internal(set) var wasCancelled = false
}
