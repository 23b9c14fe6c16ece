/// The position of a row in an answer, in bytes.
package struct RowPlace: Hashable, Sendable {
  /// An object without white space, which SQLite stores unchanged.
  package let object: Range<Int>
  /// Its key, a text without escapes, without the quotes; nil: it is another value, or was not looked for.
  package let key: Range<Int>?

  package init(object: Range<Int>, key: Range<Int>?) {
    self.object = object
    self.key = key
  }
}
