/// Where the rows of an answer are.
package enum RowsPlace: Hashable, Sendable {
  /// A list under this member: `items`, `folders`.
  case member(String)
  /// A list under the first of these members that is there: `data`, `items`.
  case firstMember(of: [String])
  /// A list of texts under a member; each becomes an object with one member of this name.
  case texts(String, as: String)
  /// An object of objects under a member; each row gets its name as a further member.
  case map(String, name: String)
  /// An object of objects of objects under a member: the innermost are the rows.
  case mapOfMaps(String)
  /// The answer is the list.
  case wholeAnswer
  /// The answer is one object, which is the row.
  case object
  /// The answer is the list, or an object that is the only row.
  case listOrObject
  /// The answer names the address of a text; the row is an object with that text as its only member.
  case download(as: String)
}
