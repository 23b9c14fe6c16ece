/// Lists that stand below the rows of a table: when such a row is new or changes, the list below it is owed.
package struct ListsBelow: Hashable, Sendable {
  /// The resource of the lists, such as `session_messages`.
  package let resource: String
  package let parents: ParentQuery

  package init(resource: String, parents: ParentQuery) {
    self.resource = resource
    self.parents = parents
  }
}
