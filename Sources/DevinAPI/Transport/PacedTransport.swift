import NIOCore

/// Sends a request when the pacer permits it, reports the result to the pacer, and counts the request.
package struct PacedTransport<Base: HTTPTransport>: HTTPTransport {
  private let base: Base
  private let pacer: RequestPacer
  private let meter: RequestMeter

  package init(base: Base, pacer: RequestPacer, meter: RequestMeter) {
    self.base = base
    self.pacer = pacer
    self.meter = meter
  }

  package func send(_ request: APIRequest) async throws(APIError) -> APIResponse {
    let pass = try await pacer.enter(for: request.endpoint)
    meter.count { $0.requests += 1 }
    do {
      var response = try await base.send(request)
      response.held += pass.held
      meter.count { $0.bytes += response.body.readableBytes + response.sunk }
      switch response.status {
      case 429: await pacer.leave(pass, .slowDown(response.retryAfter))
      // A file's host does not know the key.
      case 401 where request.download == nil: await pacer.leave(pass, .keyRefused)
      case 500...: await pacer.leave(pass, .failed)
      default: await pacer.leave(pass, .answered)
      }
      return response
    } catch {
      await pacer.leave(pass, .failed)
      var error = error
      error.held += pass.held
      throw error
    }
  }
}
