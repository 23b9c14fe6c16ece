/// The state before a write, which some readings still show. States are values, so it costs what the write changed.
struct Outdated: Sendable {
  /// What was written.
  let resource: SandboxResource
  let enterprise: Enterprise
  /// Readings of lists that still show it.
  var lists: Int
  /// Readings of single objects that do.
  var objects: Int

  /// What a reading shows where it lags behind; nil: what there is. Counts it.
  static func take(_ resource: SandboxResource, isObject: Bool, from all: inout [Outdated]) -> Enterprise? {
    let count: WritableKeyPath<Outdated, Int> = isObject ? \.objects : \.lists
    let late = all.indices.filter { all[$0].resource == resource && all[$0][keyPath: count] > 0 }
    defer { all.removeAll { $0.lists <= 0 && $0.objects <= 0 } }
    for index in late { all[index][keyPath: count] -= 1 }
    return late.first.map { all[$0].enterprise }
  }
}
