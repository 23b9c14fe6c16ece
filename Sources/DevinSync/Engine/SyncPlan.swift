import DevinAPI
import MirrorStore

/// What a run will do, decided without any I/O: from the catalogue, the options and the stored checkpoints.
struct SyncPlan: Hashable, Sendable {
  /// A resource read on its own, and those read below its rows once it has been.
  struct Branch: Hashable, Sendable {
    let root: Resource
    /// Empty also where `root` itself stands below a resource that this run does not read.
    var children: [Resource] = []
  }

  /// Parents before children, in the catalogue's order.
  private(set) var branches: [Branch] = []

  /// - Throws: `.unknownResource`.
  init(_ options: SyncOptions, catalogue: [Resource] = Catalogue.all) throws(SyncError) {
    for name in options.resources + options.skip where !catalogue.contains(where: { $0.name == name }) {
      throw .unknownResource(name)
    }
    let chosen = catalogue.filter { resource in
      (options.resources.isEmpty || options.resources.contains(resource.name)) && !options.skip.contains(resource.name)
    }
    for resource in chosen {
      if let parent = branches.firstIndex(where: { $0.root.name == resource.parent }) {
        branches[parent].children.append(resource)
      } else {
        branches.append(Branch(root: resource))
      }
    }
  }

  var resources: [Resource] { branches.flatMap { [$0.root] + $0.children } }

  /// How the walk of a list begins.
  enum Opening: Hashable, Sendable {
    /// Goes on at the stored cursor, with the stored filter.
    case resume
    /// From the beginning, with this lower bound or none.
    case begin(since: Int64?)
  }

  /// - Parameter now: Unix seconds.
  static func opening(of resource: Resource, at checkpoint: Checkpoint, options: SyncOptions, now: Int64) -> Opening {
    guard case .changedSince(_, let overlap, _) = resource.strategy else {
      return checkpoint.isOpen ? .resume : .begin(since: nil)
    }
    if checkpoint.isOpen, !options.full || checkpoint.filter == nil { return .resume }
    let isReconciled = checkpoint.reconciledAt.map { now - $0 < options.reconcileEvery.components.seconds } ?? false
    guard !options.full, isReconciled, let watermark = checkpoint.watermark else { return .begin(since: nil) }
    return .begin(since: watermark - overlap.components.seconds)
  }
}
