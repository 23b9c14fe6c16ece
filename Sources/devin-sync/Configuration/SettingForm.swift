import DevinSync

/// How the texts given for a setting are converted into a value.
struct SettingForm<Value: Sendable>: Sendable {
  let shape: SettingShape
  /// The name of a value in `--help`.
  let valueName: String
  var completion = SettingCompletion.none
  /// The only place where values are checked and parsed, whether they come from a flag, a variable or the configuration file.
  let read: @Sendable (_ values: [String]) throws(SettingObjection) -> Value

  init(
    _ shape: SettingShape, _ valueName: String, completion: SettingCompletion = .none,
    read: @escaping @Sendable ([String]) throws(SettingObjection) -> Value
  ) {
    self.shape = shape
    self.valueName = valueName
    self.completion = completion
    self.read = read
  }
}

/// The form of a setting in the configuration file.
enum SettingShape: Hashable, Sendable {
  case text
  /// Relative to the file's folder; `~/` is the home folder.
  case path
  case duration
  case share
  /// Bytes.
  case size
  case wholeNumber
  case number
  case currency
  /// One text, or several.
  case list
  /// A program and its arguments.
  case command
  /// A table whose members are durations; as values: `people=12h`.
  case durations

  /// Whether a flag may be given several times, and a variable may contain several values.
  var takesSeveral: Bool { self == .list || self == .durations }
}

/// What a shell may complete.
enum SettingCompletion: Hashable, Sendable {
  case none, file, resources, credentials, organizations
  case choices([String])
}

extension SettingForm where Value == String {
  /// - Parameter check: why a text is invalid, although it is not empty and contains no NUL; nil: it is valid.
  private static func text(
    _ shape: SettingShape, _ name: String, _ completion: SettingCompletion = .none,
    check: @escaping @Sendable (String) -> String? = { _ in nil }
  ) -> Self {
    Self(shape, name, completion: completion) { values throws(SettingObjection) in
      let text = values.first ?? ""
      if let objection = check(text) { throw SettingObjection(objection) }
      return try text.isSomething()
    }
  }

  static var credential: Self { text(.text, "name", .credentials) }
  static var file: Self { text(.path, "file", .file) }
  static var database: Self { text(.path, "file", .file, check: DevinMirror.objection(toDatabase:)) }
  static var currency: Self {
    text(.currency, "code") {
      $0.wholeMatch(of: /[A-Z]{3}/) == nil ? "must be a currency code such as USD, not `\($0)`." : nil
    }
  }
}

extension SettingForm where Value == [String] {
  /// A program and its arguments.
  static var command: Self {
    Self(.command, "command") { values throws(SettingObjection) in
      _ = try (values.first ?? "").isSomething()
      for word in values where word.utf8.contains(0) { throw SettingObjection(nothingTakesNUL) }
      return values
    }
  }

  static var organizations: Self {
    list(
      "id", .organizations,
      objection: { id in
        let isOnePart =
          !id.isEmpty && id != "." && id != ".." && !id.contains("/")
          && id.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
        return isOnePart ? nil : "is not an organization id: “\(id)”. An id looks like org-8f2c…."
      })
  }

  static var resources: Self {
    list("resource", .resources) { name in
      guard Catalogue.resources(for: name) == nil else { return nil }
      return
        "contains `\(name)`, which is not a resource or group.\(Catalogue.allNames.hint(for: name) ?? " `devin-sync resources` lists them.")"
    }
  }

  /// A list of `table.member`.
  static var fields: Self {
    list("field") {
      SyncOptions.isField($0)
        ? nil : "contains `\($0)`, which is not a field of a table. Write TABLE.FIELD, such as sessions.acus_consumed."
    }
  }

  /// A list of `table.member` that a mirror can omit.
  static var omittableFields: Self {
    list("field") {
      SyncOptions.mayOmit($0)
        ? nil
        : "contains `\($0)`, which cannot be left out. Only text fields can be, such as session_messages.message; keys, ids, times and numbers cannot."
    }
  }

  private static func list(
    _ name: String, _ completion: SettingCompletion = .none, objection: @escaping @Sendable (String) -> String?
  ) -> Self {
    Self(.list, name, completion: completion) { values throws(SettingObjection) in
      if let objection = values.lazy.compactMap(objection).first { throw SettingObjection(objection) }
      return values
    }
  }
}

extension SettingForm where Value == APIAddress {
  static var address: Self {
    Self(.text, "url") { values throws(SettingObjection) in
      do throws(APIAddress.Invalid) {
        return try APIAddress(values.first ?? "")
      } catch {
        let why =
          switch error {
          case .notAnAddress: "is not an API address. It looks like https://api.devin.ai"
          case .plainHTTP(let host):
            "would send the key to \(host) unencrypted. Use https; http is allowed for loopback addresses only."
          case .unexpectedPart: "contains a user name, a query or a fragment. Give only scheme, host and port."
          }
        throw SettingObjection(why)
      }
    }
  }

  /// The address that is informed when a run begins or ends.
  static var pingAddress: Self {
    Self(.text, "url") { values throws(SettingObjection) in
      guard let address = try? APIAddress(values.first ?? "") else {
        throw SettingObjection("is not a valid URL to ping. Use https (or http to this machine), without user name or query.")
      }
      return address
    }
  }
}

extension SettingForm where Value == Duration {
  static var duration: Self {
    Self(.duration, "time") { values throws(SettingObjection) in
      try Duration(text: values.first ?? "")
        .orObjection("must be a duration such as 30s, 10m, 1h30m or 2d, not `\(values.first ?? "")`.")
    }
  }
}

extension SettingForm where Value == RefreshLimits {
  static var refreshLimits: Self {
    Self(.durations, "group=time") { values throws(SettingObjection) in try RefreshLimits(settings: values) }
  }
}

extension SettingForm where Value == Int {
  static func number(_ range: ClosedRange<Int>) -> Self {
    Self(.wholeNumber, "n") { values throws(SettingObjection) in
      let text = values.first ?? ""
      return try Int(text).flatMap { range.contains($0) ? $0 : nil }
        .orObjection("must be a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`.")
    }
  }
}

extension SettingForm where Value == Int {
  /// A number of bytes, 1 or more: `50MB`.
  static var size: Self {
    Self(.size, "size") { values throws(SettingObjection) in
      try ByteCount.parse(values.first ?? "").flatMap { $0 > 0 ? $0 : nil }
        .orObjection("must be a size such as 500kB, 50MB or 2GB, not `\(values.first ?? "")`.")
    }
  }
}

extension SettingForm where Value == Double {
  /// A share from 0 to 1: `20%`, or `20`.
  static var share: Self {
    Self(.share, "percent") { values throws(SettingObjection) in
      let text = values.first ?? ""
      return try Double(text.hasSuffix("%") ? String(text.dropLast()) : text).flatMap { (0...100).contains($0) ? $0 / 100 : nil }
        .orObjection("must be a percentage such as 20%, not `\(text)`.")
    }
  }

  /// The price of one unit: greater than 0.
  static var price: Self {
    Self(.number, "price") { values throws(SettingObjection) in
      try values.first.flatMap(Double.init).flatMap { $0 > 0 && $0 <= 1_000_000 ? $0 : nil }
        .orObjection("must be a price greater than 0, such as 2.25, not `\(values.first ?? "")`.")
    }
  }
}

extension SettingForm where Value: CaseIterable & RawRepresentable<String> {
  /// One of a few values.
  static var choice: Self {
    let choices = Value.allCases.map(\.rawValue)
    return Self(.text, choices.joined(separator: "|"), completion: .choices(choices)) { values throws(SettingObjection) in
      try values.first.flatMap(Value.init)
        .orObjection("must be one of \(choices.joined(separator: ", ")), not `\(values.first ?? "")`.")
    }
  }
}

/// An on/off value, as written in settings.
enum Switch: String, CaseIterable, Sendable {
  case on, off
}

private let nothingTakesNUL = "contains a NUL character, which is not allowed."

extension String {
  /// - Throws: if it is blank, or contains a NUL, which cannot be passed to any program.
  fileprivate func isSomething() throws(SettingObjection) -> String {
    if allSatisfy(\.isWhitespace) { throw SettingObjection("is empty.") }
    if utf8.contains(0) { throw SettingObjection(nothingTakesNUL) }
    return self
  }
}

extension Optional {
  fileprivate func orObjection(_ reason: @autoclosure () -> String) throws(SettingObjection) -> Wrapped {
    guard let self else { throw SettingObjection(reason()) }
    return self
  }
}
