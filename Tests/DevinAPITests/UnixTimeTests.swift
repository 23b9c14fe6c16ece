import DevinAPI
import DevinModel
import TestSupport
import Testing

@Suite("HTTP times")
struct UnixTimeTests {
  @Test(
    "an HTTP date is read to the second",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Mon, 23 Nov 2026 08:00:00 GMT", 1_795_420_800),
    ])
  func readsDates(_ text: String, _ seconds: Int) {
    #expect(UnixTime(httpDate: text)?.rawValue == Int64(seconds))
  }

  @Test(
    "a text that is no date is nil, and does no harm",
    arguments: [
      "", "120", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT",
      "Sun 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "1994-11-06T08:49:37Z",
      "Sun, 06 Nov -2147483648 08:49:37 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
      "Wed, 31 Dec 1969 23:59:59 GMT", "Mon, 01 Jan 1900 00:00:00 GMT",
      "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 99:49:37 GMT",
    ])
  func refusesOther(_ text: String) {
    #expect(UnixTime(httpDate: text) == nil)
  }

  @Test("ISO text is UTC")
  func writesISO() {
    #expect(UnixTime(rawValue: 784_111_777).iso8601 == "1994-11-06T08:49:37Z")
    #expect(UnixTime(rawValue: 0).iso8601 == "1970-01-01T00:00:00Z")
  }

  @Test("sums and differences of times stay within the range of the type", arguments: [Int64.min, -1, 0, .max])
  func stopsAtTheEnds(_ seconds: Int64) {
    let time = UnixTime(rawValue: seconds)
    for other in [Int64.min, 0, .max] {
      _ = time.seconds(since: UnixTime(rawValue: other))
      _ = time.advanced(by: .seconds(other))
    }
    #expect(UnixTime(rawValue: .max).advanced(by: .seconds(1)).rawValue == .max)
    #expect(UnixTime(rawValue: .min).seconds(since: UnixTime(rawValue: 1)) == .min)
    #expect(UnixTime(rawValue: 5).seconds(since: UnixTime(rawValue: 7)) == -2)
    #expect(UnixTime(rawValue: .max).iso8601 == "unknown time" && UnixTime(rawValue: .min).iso8601 == "unknown time")
  }

  @Test(
    "the wait that a server asks for is in seconds, or a date compared with the server's own clock",
    arguments: [
      ("120", Duration.seconds(120)), ("0", .zero), ("1.5", .milliseconds(1500)), ("-5", .zero),
      ("Sun, 06 Nov 1994 08:50:37 GMT", .seconds(60)), ("Sun, 06 Nov 1994 08:00:00 GMT", .zero), ("soon", nil), ("", nil),
      ("nan", nil), ("inf", nil),
    ] as [(String, Duration?)])
  func readsRetryAfter(_ text: String, _ wait: Duration?) {
    let headers = ["date": "Sun, 06 Nov 1994 08:49:37 GMT", "retry-after": text]
    #expect(APIResponse(status: 429, headers: headers).retryAfter == wait)
  }

  @Test("a very long wait is a number, not a crash")
  func readsAges() {
    let wait = APIResponse(status: 429, headers: ["retry-after": "1e300"]).retryAfter
    #expect((wait ?? .zero) > .seconds(300))
  }
}
