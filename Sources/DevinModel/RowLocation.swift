/// Where the rows are in an answer.
package enum RowLocation: Hashable, Sendable {
  /// A list under this member: `items`, `folders`.
  case member(String)
  /// A list under the first of these members that exists: `data`, `items`.
  case firstMember(of: [String])
  /// A list of texts under a member; each becomes an object whose only member has this name.
  case texts(String, as: String)
  /// An object of objects under a member; each row gets its name as an additional member.
  case map(String, name: String)
  /// Nested objects of objects under a member: the innermost objects are the rows.
  case mapOfMaps(String)
  /// The answer is the list.
  case wholeAnswer
  /// The answer is one object, which is the row.
  case object
  /// The answer is the list, or a single object that is the only row.
  case listOrObject
  /// The answer contains the address of a text; the row is an object with that text as its only member.
  case download(as: String)
}
