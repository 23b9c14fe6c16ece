package import Foundation

/// Why a file or folder was not opened, read or written. It was not changed.
package struct FileError: Error, Hashable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    case missing
    case exists
    /// A symbolic link at a place where links are not followed.
    case link
    /// A symbolic link whose owner is neither this user, nor root, nor the owner of its target.
    case linkOf(uid_t)
    case wrongKind(FileKind)
    /// Its owner is neither this user nor root.
    case owner(uid_t)
    /// It has other names (hard links), so data written to it would appear there too.
    case otherNames
    case tooLarge(limit: Int)
    /// An `errno`.
    case system(Int32)
  }

  package let path: String
  package let reason: Reason

  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): \(why)" }

  /// Without the path, as the predicate of a sentence.
  package var why: String {
    switch reason {
    case .missing: "it does not exist"
    case .exists: "it exists already"
    case .link: "it is a symbolic link, which is not followed here; remove it, or name another path"
    case .linkOf(let user): "it is a symbolic link that another user made (\(Self.name(of: user)))"
    case .wrongKind(let kind): "it is \(kind.name)"
    case .owner(let user): "it belongs to another user (\(Self.name(of: user)))"
    case .otherNames: "it has another name elsewhere (a hard link), which would change too"
    case .tooLarge(let limit): "it is larger than \(limit >> 10) KiB"
    case .system(let code): String(cString: strerror(code))
    }
  }

  package static func name(of user: uid_t) -> String {
    guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return "user id \(user)" }
    return String(cString: name)
  }
}

package enum FileKind: Hashable, Sendable {
  case file, folder, link, fifo, socket, device

  init(mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .fifo
      case S_IFSOCK: .socket
      default: .device
      }
  }

  var name: String {
    switch self {
    case .file: "a file, not a folder"
    case .folder: "a folder, not a file"
    case .link: "a symbolic link"
    case .fifo: "a named pipe, not a file"
    case .socket: "a socket, not a file"
    case .device: "a device, not a file"
    }
  }
}

/// The attributes of a file.
package struct FileFacts: Hashable, Sendable {
  package let kind: FileKind
  package let owner: uid_t
  package let group: gid_t
  /// Permission bits.
  package let mode: mode_t
  /// Number of hard links.
  package let names: Int
  package let bytes: Int
  let device, number: UInt64

  init(_ information: stat) {
    kind = FileKind(mode: mode_t(information.st_mode))
    owner = information.st_uid
    group = information.st_gid
    mode = mode_t(information.st_mode) & 0o7777
    names = Int(information.st_nlink)
    bytes = Int(information.st_size)
    device = UInt64(information.st_dev)
    number = UInt64(information.st_ino)
  }

  /// The attributes of the file at a path; a link is not followed. Nil: there is none, or its attributes cannot be read.
  package init?(at path: String) {
    var information = stat()
    guard lstat(path, &information) == 0 else { return nil }
    self.init(information)
  }

  /// Whether both are attributes of the same file.
  package func isSameFile(as other: FileFacts?) -> Bool { device == other?.device && number == other?.number }

  /// Whether it belongs to this user, or to root, which has access to everything anyway.
  package var isOwn: Bool { owner == geteuid() || owner == 0 }

  /// Who can write to it besides this user and root, for people; nil: nobody. A group with the user's own name counts as the user, since
  /// many systems create one for each user.
  package var otherWriter: String? {
    if !isOwn { return "its owner, \(FileError.name(of: owner))," }
    if mode & S_IWOTH != 0 { return "every user of this machine" }
    return mode & S_IWGRP != 0 && !Self.isPrivate(group) ? "its group" : nil
  }

  private static func isPrivate(_ group: gid_t) -> Bool {
    guard group != 0 else { return true }
    guard let user = getpwuid(geteuid()), user.pointee.pw_gid == group, let name = user.pointee.pw_name else { return false }
    let own = String(cString: name)
    guard let entry = getgrgid(group), let groupName = entry.pointee.gr_name else { return false }
    return String(cString: groupName) == own
  }
}
