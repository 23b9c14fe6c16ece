@_exported public import DevinModel
