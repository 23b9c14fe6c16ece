// A program that mirrors imports DevinSync alone.
@_exported public import DevinAPI
@_exported public import DevinModel
@_exported public import MirrorReading
