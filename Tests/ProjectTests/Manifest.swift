/// The targets in `Package.swift`, parsed as text: SwiftPM cannot be used, since it needs the lock of the build that runs the tests.
struct Manifest {
  struct Target {
    let name: String
    /// Names of targets of this package.
    var targets: Set<String> = []
    /// Names of products of other packages, which are the names of their modules.
    var products: Set<String> = []
  }

  let targets: [Target]

  init(_ text: String) {
    let list = text.firstRange(of: "\n  targets: [").map { text[$0.upperBound...] } ?? ""
    targets = list.split(separator: /\n {4}\.(?:\w*[tT]arget|systemLibrary|plugin)\(/).compactMap { part in
      guard let name = part.firstMatch(of: /name: "([^"]+)"/) else { return nil }
      var target = Target(name: String(name.1))
      // A product is written with its package; other quoted names in the list are targets.
      guard let start = part.firstRange(of: "dependencies: [") else { return target }
      let rest = part[start.upperBound...]
      let dependencies = rest.prefix(upTo: rest.firstIndex(of: "]") ?? rest.endIndex)
      target.products = Set(dependencies.matches(of: /\.product\(name: "([^"]+)"/).map { String($0.1) })
      let withoutProducts = dependencies.replacing(/\.product\([^)]*\)/, with: "")
      target.targets = Set(withoutProducts.matches(of: /"([^"]+)"/).map { String($0.1) })
      return target
    }
  }

  subscript(name: String) -> Target? { targets.first { $0.name == name } }

  /// Everything that is linked with this target: names of targets and products, except its own.
  func reached(from name: String) -> Set<String> {
    var reached: Set<String> = []
    var open = [name]
    while let next = open.popLast(), let target = self[next] {
      for dependency in target.targets.union(target.products) where reached.insert(dependency).inserted {
        open.append(dependency)
      }
    }
    return reached
  }
}
