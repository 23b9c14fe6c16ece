// A program that mirrors needs to import only DevinSync.
@_exported public import DevinAPI
@_exported public import DevinModel
@_exported public import MirrorReading
