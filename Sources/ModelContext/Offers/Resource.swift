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

  /// Of every resource of this server.
  static let kind = "text/markdown"
}

/// Addresses of one form.
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

/// Some resources of a list.
package struct ContextResourcePage: Hashable, Sendable {
  package let resources: [ContextResource]
  /// Where the next page begins; nil: this is the last one.
  package let next: String?

  package init(resources: [ContextResource], next: String?) {
    self.resources = resources
    self.next = next
  }
}

/// Why a resource, or a page of the list, cannot be read.
package enum ContextResourceProblem: Error, Hashable, Sendable {
  /// In words, with what to do.
  case unknown(String)
  case unusableCursor
  /// The mirror cannot be read; in words.
  case unreadable(String)
}
