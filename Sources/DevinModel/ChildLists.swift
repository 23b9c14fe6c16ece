/// The child lists of a table's rows: when a row is new or changes, its child list becomes pending.
package struct ChildLists: Hashable, Sendable {
  /// The resource of the child lists, such as `session_messages`.
  package let resource: String
  package let parents: ParentQuery

  package init(resource: String, parents: ParentQuery) {
    self.resource = resource
    self.parents = parents
  }
}
