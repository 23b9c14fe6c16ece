/// The members that an object of a request may have.
struct Body: Sendable {
  struct Member: Sendable {
    let name: String
    var form: Form
    var isRequired = false
    /// What a new row gets where the member is absent, and any row where it is null; nil: nothing.
    var standard: JSONValue?
    /// Whether a null, or absence in a PUT, leaves the row as it is.
    var isKept = false
    /// Whether the sources disagree about absence in a PUT: see `WriteRules.absentMembers`.
    var isUndecided = false
    /// The only kind of request that may have it; nil: all.
    var write: Endpoint.Write?

    static func required(_ name: String, _ form: Form = .text(), _ standard: JSONValue? = nil) -> Self {
      Self(name: name, form: form, isRequired: true, standard: standard, isKept: standard == nil)
    }

    /// One that a row has in any case, with a default.
    static func kept(_ name: String, _ form: Form, _ standard: JSONValue) -> Self {
      Self(name: name, form: form, standard: standard, isKept: true)
    }

    /// One that a row may lack: absence and null empty it.
    static func optional(_ name: String, _ form: Form = .text().orNull, _ standard: JSONValue = .null, isUndecided: Bool = false)
      -> Self
    { Self(name: name, form: form, standard: standard, isUndecided: isUndecided) }

    /// One that a row has only where it was given.
    static func bare(_ name: String, _ form: Form) -> Self { Self(name: name, form: form) }

    func only(_ write: Endpoint.Write) -> Self { with { $0.write = write } }

    func with(_ change: (inout Self) -> Void) -> Self {
      var member = self
      change(&member)
      return member
    }
  }

  let members: [Member]
  /// Whether unknown members are refused; otherwise they are ignored.
  var isClosed = false

  init(_ members: [Member], isClosed: Bool) { (self.members, self.isClosed) = (members, isClosed) }

  init(_ members: Member..., isClosed: Bool = false) { self.init(members, isClosed: isClosed) }

  /// As a kind of request has it: in a PATCH every member may be left out or null.
  func of(_ write: Endpoint.Write) -> Body {
    let own = members.filter { $0.write == nil || $0.write == write }
    guard write == .patch else { return Body(own, isClosed: isClosed) }
    return Body(own.map { $0.with { ($0.form, $0.isRequired) = ($0.form.partial.orNull, false) } }, isClosed: isClosed)
  }

  /// An object with the defaults of what it leaves out, at every level.
  func filled(_ object: JSONObject) -> JSONObject {
    members.reduce(into: [:]) { filled, member in
      filled[member.name] = object[member.name].map(member.form.filled) ?? member.standard
    }
  }

  func flaws(_ value: JSONValue, at place: [JSONValue] = ["body"]) -> [Flaw] {
    guard let object = value.members else {
      return [Flaw(place, "Input should be a valid dictionary", type: "dict_type", input: value)]
    }
    var flaws: [Flaw] = []
    for member in members {
      if let given = object[member.name] {
        flaws += member.form.flaws(given, at: place + [.string(member.name)])
      } else if member.isRequired {
        flaws.append(Flaw(place + [.string(member.name)], "Field required", type: "missing", input: value))
      }
    }
    if isClosed {
      for name in object.keys.sorted() where !members.contains(where: { $0.name == name }) {
        flaws.append(
          Flaw(
            place + [.string(name)], "Extra inputs are not permitted", type: "extra_forbidden", input: object[name] ?? .null))
      }
    }
    return flaws
  }

  /// What becomes of the members of a row, in the names of the request.
  ///
  /// - Parameters:
  ///   - given: the request's, which have no flaws.
  ///   - keepsUndecided: whether a PUT leaves members alone that it may or may not.
  func changes(_ write: Endpoint.Write, _ given: JSONObject, keepsUndecided: Bool = false) -> JSONObject {
    var changes: JSONObject = [:]
    for member in members {
      let value = given[member.name]
      if let value, value != .null {
        changes[member.name] = value
        continue
      }
      switch write {
      case .create: break
      case .replace: if member.isKept || (value == nil && member.isUndecided && keepsUndecided) { continue }
      default: if member.isKept || value == nil { continue }
      }
      changes[member.name] = member.standard
    }
    return changes
  }
}
