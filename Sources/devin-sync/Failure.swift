import ArgumentParser
import DevinSync

/// Ends a command before its work was done, with a status and a sentence.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension AsyncParsableCommand {
  /// Turns any error into a message on stderr and its documented exit status.
  func reporting(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch let failure as Failure {
      Console.error(failure.message)
      throw ExitCode(failure.status.rawValue)
    } catch let error as SyncError {
      Console.error(error.messageWithAdvice)
      throw ExitCode(error.exitStatus.rawValue)
    } catch let error as MirrorError {
      Console.error(error.messageWithAdvice)
      throw ExitCode(error.exitStatus.rawValue)
    } catch let exit as ExitCode {
      throw exit
    } catch {
      Console.error("internal error, a bug in devin-sync: \(error). Please report it.")
      throw ExitCode(ExitStatus.defect.rawValue)
    }
  }
}
