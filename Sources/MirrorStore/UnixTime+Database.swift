// Public, since the conformance of a public type is.
public import DevinModel
public import GRDB

// A time is stored as its seconds; GRDB supplies the rest for a type that has a raw value.
extension UnixTime: DatabaseValueConvertible, StatementColumnConvertible {}
