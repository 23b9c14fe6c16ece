/// A text that a client can read by its address.
package struct ContextResource: Hashable, Sendable {
  package let uri: String
  package let name: String
  package let title: String
  package let description: String

  package init(uri: String, name: String, title: String, description: String) {
    self.uri = uri
    self.name = name
    self.title = title
    self.description = description
  }

  var json: JSON {
    [
      "uri": .text(uri), "name": .text(name), "title": .text(title), "description": .text(description),
      "mimeType": .text(ContextResource.kind),
    ]
  }

  /// The media type of every resource of this server.
  static let kind = "text/markdown"
}

/// A pattern for addresses.
package struct ContextResourceTemplate: Hashable, Sendable {
  package let uriTemplate: String
  package let name: String
  package let title: String
  package let description: String

  package init(uriTemplate: String, name: String, title: String, description: String) {
    self.uriTemplate = uriTemplate
    self.name = name
    self.title = title
    self.description = description
  }

  var json: JSON {
    [
      "uriTemplate": .text(uriTemplate), "name": .text(name), "title": .text(title), "description": .text(description),
      "mimeType": .text(ContextResource.kind),
    ]
  }
}

/// One page of a list of resources.
package struct ContextResourcePage: Hashable, Sendable {
  package let resources: [ContextResource]
  /// The start of the next page; nil: this is the last one.
  package let next: String?

  package init(resources: [ContextResource], next: String?) {
    self.resources = resources
    self.next = next
  }
}

/// Why a resource, or a page of the list, cannot be read.
package enum ContextResourceProblem: Error, Hashable, Sendable {
  /// The reason as text, with what to do.
  case unknown(String)
  case unusableCursor
  /// The mirror cannot be read; the reason as text.
  case unreadable(String)
}
