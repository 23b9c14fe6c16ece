import Foundation
import PackagePlugin

/// Compiles a target's files that are not Swift into it, so that the program needs no file beside it. SwiftPM's `embedInCode` does the
/// same with lists of bytes, which take the compiler a minute for the SQL of this package; texts take it a second.
@main
struct EmbedTexts: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let texts = module.sourceFiles.filter { $0.type == .resource || $0.type == .unknown }.map(\.url)
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTexts.swift")
    return [
      .buildCommand(
        displayName: "Embedding the texts of \(target.name)", executable: try context.tool(named: "embed-texts").url,
        arguments: [output.path, target.directoryURL.path] + texts.map(\.path), inputFiles: texts, outputFiles: [output])
    ]
  }
}
