/// Whose key a request has, as rows name whoever wrote them.
struct Author: Sendable {
  let isServiceUser: Bool
  let id: String
  let name: String?

  /// - Parameter credential: what `GET /v3/self` tells.
  init(credential: JSONObject) {
    isServiceUser = credential["principal_type"] == "service_user"
    id = credential[isServiceUser ? "service_user_id" : "user_id"]?.text ?? ""
    name = credential[isServiceUser ? "service_user_name" : "user_name"]?.text
  }

  /// Where a row has a text: rows that a service user wrote name none.
  var text: JSONValue { .string(isServiceUser ? "bot_apk" : id) }

  /// Where a row has an object.
  var actor: JSONValue { ["type": isServiceUser ? "service_user" : "user", "id": .string(id), "name": .text(name)] }
}
