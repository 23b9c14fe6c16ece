import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

/// An option that is accepted and does nothing is misleading: an answer that looked filtered but was not has shown the names of another
/// organization's secrets. So there is a test here for each option of each command, and a new option fails until it has one.
@Suite("Every option does something, or is refused", .timeLimit(.minutes(60)))
struct OptionTests {
  /// How to show that an option has an effect.
  private enum Proof {
    /// With the option, the command has another output or status than without.
    case changes([String], with: [String])
    /// These two have different output or status.
    case differ([String], [String])
    /// With these arguments it ends with this status.
    case ends([String], Int32)
    /// With these arguments it cannot be applied, and is refused (64) before anything is done.
    case refused([String])
    /// The command writes to this file.
    case writes([String], file: String)
    /// Its effect needs a server, a scheduler or another program: the tests in this file use it, with this text.
    case tested(in: String, as: String? = nil)
    /// The command shares its declaration with this other command.
    case shared(with: String)
  }

  /// For commands that need a key and a server, which share their options.
  private static let shared: [String: Proof] = [
    "--full": .tested(in: "MachineTests"), "--skip": .tested(in: "ExitStatusTests"),
    "--max-duration": .tested(in: "ExitStatusTests"),
    "--progress": .tested(in: "OutputTests"), "--lock-wait": .tested(in: "MirrorCommandTests"),
    "--log-file": .tested(in: "AfterRunTests"), "--log-format": .tested(in: "AfterRunTests"),
    "--log-level": .tested(in: "AfterRunTests"), "--summary-file": .tested(in: "AfterRunTests"),
    "--metrics-file": .tested(in: "AfterRunTests"), "--ping-url": .tested(in: "AfterRunTests"),
    "--on-change": .tested(in: "MaintenanceTests"),
    "--api-url": .tested(in: "ConfigurationTests"), "--api-key-file": .tested(in: "CredentialCommandTests"),
    "--credential": .tested(in: "CredentialCommandTests"), "--ca-file": .tested(in: "MachineTests"),
    "--all-profiles": .tested(in: "ConfigurationTests"),
  ]
  private static let asking = [
    "sync", "watch", "verify", "check", "push files", "push sessions", "push secrets", "restore", "config show", "schedule print",
    "schedule install", "doctor",
  ]

  /// `schedule print` shows the scheduled command line, with each of these.
  private static let scheduled: [String: [String]] = [
    "--skip": ["secrets"], "--max-duration": ["10m"], "--concurrency": ["3"], "--lock-wait": ["30s"], "--deletion-limit": ["5%"],
    "--log-file": ["log"], "--log-format": ["json"], "--log-level": ["debug"], "--summary-file": ["sum"],
    "--metrics-file": ["met"],
    "--ping-url": ["https://example.com/ping"], "--on-change": ["notify me"], "--org": ["org-other"],
    "--api-url": ["https://example.com"], "--ca-file": ["ca.pem"], "--credential": ["work"], "--api-key-file": ["key"],
    "--log": ["said"], "--name": ["other"], "--as": ["systemd"], "--database": ["other.db"],
  ]

  /// Commands that read or maintain a mirror, with the arguments that they need.
  private static func reading(session: String) -> [String: [String]] {
    [
      "status": ["status"], "query": ["query", "waste"], "search": ["search", "the"],
      "show session": ["show", "session", session],
      "history": ["history", "sessions", session], "diff": ["diff", "notes"], "changes": ["changes", "playbooks"],
      "report": ["report", "-o", "-"], "serve": ["serve", "--port", "0"], "export rows": ["export", "playbooks"],
      "export knowledge": ["export", "knowledge", "kept"], "export session": ["export", "session", session],
      "backup": ["backup", "copy.db", "--force"], "maintain": ["maintain", "--dry-run"], "stats": ["stats"],
      "reset": ["reset", "playbooks", "--yes"], "export content": ["export", "content", "content"],
    ]
  }

  private static func proofs(session: String) -> [String: [Proof]] {
    let print = ["schedule", "print", "--every", "15m", "--as", "cron"]
    let waste = ["query", "waste"]
    var proofs: [String: [Proof]] = [:]
    proofs["query --list"] = [.differ(waste, ["query", "--list"]), .refused(["query", "--list", "--org", "org-second"])]
    proofs["query --sql"] = [.changes(waste, with: ["--sql"]), .refused(waste + ["--sql", "--json"])]
    proofs["query --as"] = [.changes(waste, with: ["--as", "csv"]), .refused(["query", "--list", "--as", "xml"])]
    proofs["query --exact"] = [
      .changes(["query", "SELECT '=1' AS a", "--as", "csv"], with: ["--exact"]), .refused(waste + ["--exact"]),
    ]
    proofs["query --json"] = [.changes(waste, with: ["--json"]), .refused(waste + ["--json", "--as", "csv"])]
    proofs["query --since"] = [.changes(["query", "acus-by-day"], with: ["--since", "2026-10-28"])]
    proofs["query --until"] = [.changes(["query", "acus-by-day"], with: ["--until", "2026-10-28"])]
    proofs["query --org"] = [.changes(["query", "acus-by-day"], with: ["--org", "org-second"])]
    proofs["query --user"] = [
      .refused(["query", "waiting-now", "--user", "nobody"]), .refused(waste + ["--user", "nobody"]), .tested(in: "ReadingTests"),
    ]
    proofs["query --limit"] = [
      .changes(["query", "acus-by-day"], with: ["--limit", "2"]), .refused(["query", "waste", "--limit", "-1"]),
    ]
    proofs["query --timeout"] = [
      .changes(
        ["query", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000000) SELECT max(i) FROM n"],
        with: ["--timeout", "0s"]),
      .refused(["query", "waste", "--timeout", "soon"]),
    ]
    proofs["search --in"] = [.changes(["search", "the"], with: ["--in", "notes"])]
    proofs["search --since"] = [.changes(["search", "the"], with: ["--since", "2999-01-01"])]
    proofs["search --user"] = [.refused(["search", "the", "--user", "nobody"]), .tested(in: "SearchTests")]
    proofs["search --org"] = [.changes(["search", "the"], with: ["--org", "org-second"])]
    proofs["search --limit"] = [.changes(["search", "the"], with: ["--limit", "1"])]
    proofs["search --context"] = [
      .changes(["search", "the", "--in", "messages"], with: ["--context", "1"]),
      .refused(["search", "the", "--in", "notes", "--context", "1"]),
    ]
    proofs["search --json"] = [.changes(["search", "the"], with: ["--json"])]
    proofs["search --rebuild"] = [.refused(["search", "--rebuild", "--org", "org-second"]), .tested(in: "SearchTests")]
    proofs["show session --messages"] = [.changes(["show", "session", session], with: ["--messages", "1"])]
    proofs["show session --json"] = [.changes(["show", "session", session], with: ["--json"])]
    proofs["history --json"] = [.changes(["history", "sessions", session], with: ["--json"])]
    proofs["diff --since"] = [.differ(["diff", "notes", "--since", "1d"], ["diff", "notes", "--since", "2999-01-01"])]
    proofs["changes --since"] = [.changes(["changes"], with: ["--since", "2999-01-01"])]
    proofs["changes --follow"] = [.tested(in: "MaintenanceTests")]
    proofs["changes --json"] = [.changes(["changes"], with: ["--json"])]
    proofs["report --since"] = [.changes(["report", "-o", "-"], with: ["--since", "2026-10-28"])]
    proofs["report --until"] = [.changes(["report", "-o", "-"], with: ["--until", "2026-10-28"])]
    proofs["report --org"] = [.changes(["report", "-o", "-"], with: ["--org", "org-second"])]
    proofs["report --output"] = [.writes(["report", "--output", "made.html"], file: "made.html")]
    proofs["serve --port"] = [.refused(["serve", "--port", "70000"]), .tested(in: "PageTests")]
    proofs["export rows --as"] = [.changes(["export", "sessions"], with: ["--as", "csv"])]
    proofs["export rows --exact"] = [.refused(["export", "playbooks", "--exact"]), .tested(in: "ReadingTests")]
    proofs["export rows --fields"] = [
      .changes(["export", "sessions"], with: ["--fields", "title"]), .refused(["export", "sessions", "--fields", "titel"]),
      .refused(["export", "sessions", "--raw", "--fields", "title"]),
    ]
    proofs["export rows --deleted"] = [
      .changes(["export", "playbooks"], with: ["--deleted"]), .refused(["export", "session_facts", "--deleted"]),
    ]
    proofs["export rows --raw"] = [
      .changes(["export", "sessions"], with: ["--raw"]), .refused(["export", "session_facts", "--raw"]),
    ]
    proofs["export rows --since"] = [
      .changes(["export", "sessions"], with: ["--since", "2026-10-28"]),
      .changes(["export", "sessions", "--raw"], with: ["--since", "2026-10-28"]),
      .changes(["export", "acus_by_day"], with: ["--since", "2026-10-28"]),
      .changes(["export", "acus-by-day"], with: ["--since", "2026-10-28"]),
      .refused(["export", "knowledge_folders", "--since", "2026-10-28"]),
    ]
    proofs["export rows --until"] = [
      .changes(["export", "sessions"], with: ["--until", "2026-10-28"]),
      .changes(["export", "v_sessions"], with: ["--until", "2026-10-28"]),
      .changes(["export", "daily_consumption"], with: ["--until", "2026-10-28"]),
      .refused(["export", "secret-ages", "--until", "2026-10-28"]),
    ]
    proofs["export rows --org"] = [
      .changes(["export", "sessions"], with: ["--org", "org-second"]),
      .changes(["export", "changes"], with: ["--org", "org-second"]),
      .changes(["export", "session_facts"], with: ["--org", "org-second"]),
      .refused(["export", "users", "--org", "org-second"]),
    ]
    proofs["query --fields"] = [
      .changes(["query", "acus-by-day"], with: ["--fields", "billing_day"]), .refused(waste + ["--fields", "none"]),
    ]
    proofs["query --wide"] = [.tested(in: "RowOutputTests")]
    proofs["query --no-pager"] = [.tested(in: "RowOutputTests")]
    let printing: [(String, [String])] = [
      ("search", ["search", "the"]), ("history", ["history", "sessions", session]), ("changes", ["changes"]),
      ("status", ["status"]),
      ("stats", ["stats"]), ("resources", ["resources"]), ("config show", ["config", "show"]),
      ("credentials list", ["credentials", "list"]),
      ("check", ["check"]), ("doctor", ["doctor", "--offline"]),
    ]
    for (command, words) in printing {
      // The options have one declaration.
      for option in ["--wide", "--no-pager"] { proofs["\(command) \(option)"] = [.shared(with: "query")] }
      proofs["\(command) --exact"] = [.refused(words + ["--exact"])]
      proofs["\(command) --as"] = [.changes(words, with: ["--as", "csv"]), .refused(words + ["--as", "csv", "--json"])]
      proofs["\(command) --fields"] = [.refused(words + ["--fields", "none"])]
    }
    proofs["status --all"] = [.changes(["status"], with: ["--all"])]
    for command in ["show session", "diff", "schema"] { proofs["\(command) --no-pager"] = [.shared(with: "query")] }
    for (command, words) in printing where ["search", "history", "changes", "status"].contains(command) {
      proofs["\(command) --tz"] = [.changes(words, with: ["--tz", "Asia/Tokyo"]), .refused(words + ["--tz", "Mars"])]
    }
    proofs["show session --tz"] = [.changes(["show", "session", session], with: ["--tz", "Asia/Tokyo"])]
    proofs["credentials list --tz"] = [.refused(["credentials", "list", "--tz", "Mars"])]
    // The free space of the disk changes all the time.
    proofs["doctor --json"] = [.tested(in: "DoctorTests")]
    proofs["doctor --as"] = [.refused(["doctor", "--offline", "--as", "csv", "--json"]), .tested(in: "RowOutputTests")]
    proofs["doctor --offline"] = [.tested(in: "DoctorTests")]
    proofs["doctor --org"] = [.refused(["doctor", "--offline", "--org", "org-second"]), .tested(in: "DoctorTests")]
    proofs["doctor --config"] = [.ends(["doctor", "--offline", "--config", "none.toml"], 78)]
    proofs["doctor --profile"] = [.ends(["doctor", "--offline", "--profile", "none"], 78)]
    proofs["doctor --database"] = [.ends(["doctor", "--offline", "--database", "none.db"], 74)]
    for option in ["--as", "--state", "--follow", "--exclude", "--raw", "--org", "--limit"] {
      proofs["feed \(option)"] = [.tested(in: "FeedCommandTests")]
    }
    proofs["feed --redact"] = [.refused(["feed", "--redact"]), .tested(in: "RedactedCopyTests")]
    proofs["feed --redact-key-file"] = [.refused(["feed", "--redact-key-file", "key"]), .tested(in: "RedactedCopyTests")]
    proofs["export rows --redact"] = [.refused(["export", "sessions", "--redact"]), .tested(in: "RedactedCopyTests")]
    proofs["export rows --redact-key-file"] = [
      .refused(["export", "sessions", "--redact-key-file", "key"]), .tested(in: "RedactedCopyTests"),
    ]
    proofs["feed --database"] = [.ends(["feed", "--database", "none.db"], 74)]
    let push = ["push", "content"]
    proofs["push files --apply"] = [.refused(push + ["--apply"]), .tested(in: "PushTests")]
    proofs["push files --yes"] = [.refused(push + ["--yes"]), .tested(in: "PushTests")]
    proofs["push files --limit"] = [.refused(push + ["--limit", "1"]), .tested(in: "PushTests")]
    proofs["push files --lock-wait"] = [.refused(push + ["--lock-wait", "1s"]), .tested(in: "PushTests")]
    proofs["push files --allow-mass-deletion"] = [.refused(push + ["--allow-mass-deletion"]), .tested(in: "PushTests")]
    proofs["push files --only"] = [.refused(push + ["--only", "sessions"]), .tested(in: "PushTests")]
    for option in ["--delete", "--overwrite", "--use-reading-key", "--json", "--org"] {
      proofs["push files \(option)"] = [.tested(in: "PushTests")]
    }
    proofs["push files --push-credential"] = [
      .refused(push + ["--push-credential", "a", "--use-reading-key"]), .tested(in: "PushTests"),
    ]
    proofs["check --push"] = [.tested(in: "PushTests")]
    proofs["check --push-credential"] = [.refused(["check", "--push-credential", "a"]), .tested(in: "PushTests")]
    proofs["push files --plan-file"] = [.refused(push + ["--apply", "--plan-file", "plan"]), .tested(in: "PlanFileTests")]
    let restore = ["restore", "playbooks", "p"]
    proofs["restore --to"] = [.refused(restore + ["--to", "soon"]), .tested(in: "RestoreTests")]
    for option in ["--apply", "--overwrite", "--use-reading-key", "--json", "--database", "--push-credential", "--org"] {
      proofs["restore \(option)"] = [.tested(in: "RestoreTests")]
    }
    proofs["restore --yes"] = [.refused(restore + ["--yes"]), .tested(in: "RestoreTests")]
    proofs["restore --lock-wait"] = [.refused(restore + ["--lock-wait", "1s"])]
    proofs["restore --credential"] = [.refused(restore + ["--credential", "work"])]
    proofs["restore --api-key-file"] = [.refused(restore + ["--api-key-file", "key"])]
    let (rows, secrets) = (["push", "sessions", "rows.ndjson"], ["push", "secrets", "secrets.yaml"])
    for (command, words, tests) in [("push sessions", rows, "PushSessionsTests"), ("push secrets", secrets, "PushSecretsTests")] {
      proofs["\(command) --apply"] = [.refused(words + ["--apply"]), .tested(in: tests)]
      proofs["\(command) --yes"] = [.refused(words + ["--yes"]), .tested(in: tests)]
      proofs["\(command) --lock-wait"] = [.refused(words + ["--lock-wait", "1s"])]
      proofs["\(command) --push-credential"] = [.refused(words + ["--push-credential", "a", "--use-reading-key"])]
      proofs["\(command) --credential"] = [.refused(words + ["--credential", "work"])]
      proofs["\(command) --api-key-file"] = [.refused(words + ["--api-key-file", "key"])]
      proofs["\(command) --use-reading-key"] = [.tested(in: tests)]
      proofs["\(command) --org"] = [.tested(in: tests)]
      proofs["\(command) --database"] = [.tested(in: tests)]
    }
    proofs["push sessions --limit"] = [.refused(rows + ["--limit", "1"]), .tested(in: "PushSessionsTests")]
    proofs["push sessions --max-acus"] = [.refused(rows + ["--max-acus", "0"]), .tested(in: "PushSessionsTests")]
    proofs["push sessions --resolve"] = [.refused(rows + ["--resolve", "a=none"]), .tested(in: "PushSessionsTests")]
    for option in ["--allow-terminate", "--no-marker"] { proofs["push sessions \(option)"] = [.tested(in: "PushSessionsTests")] }
    proofs["push secrets --allow-gap"] = [.refused(secrets + ["--allow-gap"]), .tested(in: "PushSecretsTests")]
    for option in ["--replace", "--json"] { proofs["push secrets \(option)"] = [.tested(in: "PushSecretsTests")] }
    proofs["push files --credential"] = [.refused(push + ["--credential", "work"])]
    proofs["push files --api-key-file"] = [.refused(push + ["--api-key-file", "key"])]
    proofs["export session --as"] = [.changes(["export", "session", session], with: ["--as", "html"])]
    proofs["schema --json"] = [.changes(["schema", "sessions"], with: ["--json"])]
    proofs["status --max-age"] = [.changes(["status"], with: ["--max-age", "0s"]), .tested(in: "OutputTests")]
    proofs["status --json"] = [.changes(["status"], with: ["--json"])]
    proofs["stats --days"] = [.tested(in: "MaintenanceTests"), .refused(["stats", "--days", "0"])]
    proofs["stats --json"] = [.changes(["stats"], with: ["--json"])]
    proofs["resources --json"] = [.changes(["resources"], with: ["--json"])]
    proofs["backup --force"] = [.tested(in: "MaintenanceTests")]
    proofs["backup --redact"] = [.tested(in: "RedactedCopyTests")]
    proofs["backup --with-files"] = [.tested(in: "AttachmentTests")]
    proofs["maintain --keep-changes"] = [.tested(in: "MaintenanceTests")]
    proofs["maintain --keep-deleted"] = [.tested(in: "MaintenanceTests")]
    proofs["maintain --vacuum"] = [.tested(in: "MaintenanceTests")]
    proofs["maintain --no-vacuum"] = [.differ(["maintain", "--vacuum"], ["maintain", "--no-vacuum"])]
    proofs["maintain --dry-run"] = [.tested(in: "MaintenanceTests")]
    proofs["maintain --json"] = [.changes(["maintain", "--no-vacuum"], with: ["--json"])]
    proofs["reset --yes"] = [.tested(in: "MaintenanceTests")]
    proofs["verify --offline"] = [.tested(in: "MaintenanceTests")]
    proofs["verify --repair"] = [.tested(in: "OutputTests"), .refused(["verify", "--offline", "--repair"])]
    proofs["verify --all"] = [.tested(in: "OutputTests"), .refused(["verify", "--all", "--sample", "3"])]
    proofs["verify --sample"] = [.refused(["verify", "--sample", "-1"]), .refused(["verify", "--offline", "--sample", "3"])]
    proofs["verify --org"] = [
      .ends(["verify", "--org", "org-none"], 78), .refused(["verify", "--offline", "--org", "org-second"]),
    ]
    proofs["verify --allow-mass-deletion"] = [.refused(["verify", "--allow-mass-deletion"]), .tested(in: "Game")]
    proofs["sync --allow-mass-deletion"] = [.tested(in: "Game")]
    proofs["watch --allow-mass-deletion"] = [.shared(with: "sync")]
    proofs["sync --deletion-limit"] = [
      .refused(["sync", "--deletion-limit", "much"]), .tested(in: "OptionTests"),
    ]
    proofs["watch --deletion-limit"] = [.shared(with: "sync")]
    proofs["verify --json"] = [.changes(["verify", "--offline"], with: ["--json"])]
    proofs["check --json"] = [.tested(in: "SecurityTests")]
    proofs["check --org"] = [.ends(["check", "--org", "org-none"], 78)]
    proofs["config show --json"] = [.changes(["config", "show"], with: ["--json"])]
    proofs["config check --json"] = [.tested(in: "ConfigurationTests")]
    proofs["credentials list --json"] = [.changes(["credentials", "list"], with: ["--json"])]
    proofs["credentials add --description"] = [.tested(in: "CredentialCommandTests")]
    proofs["credentials add --org"] = [.changes(["credentials", "add", "work"], with: ["--org", "a/b"])]
    proofs["credentials add --api-url"] = [.changes(["credentials", "add", "work"], with: ["--api-url", "nowhere"])]
    proofs["sync --org"] = [.ends(["sync", "--org", "org-none"], 78)]
    proofs["watch --org"] = [.shared(with: "sync")]
    proofs["watch --every"] = [.tested(in: "ScheduleTests")]
    proofs["schedule print --every"] = [.changes(print, with: ["--every", "1h"])]
    proofs["schedule install --every"] = [.tested(in: "ScheduleTests")]
    proofs["schedule install --yes"] = [.tested(in: "ScheduleTests")]
    proofs["schedule remove --yes"] = [.tested(in: "ScheduleTests")]
    proofs["schedule status --as"] = [.tested(in: "ScheduleTests")]
    proofs["schedule remove --as"] = [.tested(in: "ScheduleTests")]
    proofs["schedule status --name"] = [.changes(["schedule", "status", "--as", "systemd"], with: ["--name", "other"])]
    proofs["schedule remove --name"] = [.shared(with: "schedule status")]
    proofs["schedule status --json"] = [.changes(["schedule", "status", "--as", "systemd"], with: ["--json"])]
    proofs["sandbox --port"] = [.refused(["sandbox", "--port", "-1"]), .tested(in: "OutputTests")]
    proofs["sandbox --sessions"] = [.refused(["sandbox", "--sessions", "-1"]), .tested(in: "OutputTests")]
    proofs["sandbox --seed"] = [.refused(["sandbox", "--seed", "x"]), .tested(in: "ScenarioTests", as: "seed")]
    proofs["sandbox --organizations"] = [
      .refused(["sandbox", "--organizations", "0"]), .tested(in: "SandboxEnterpriseTests", as: "moreOrganizations"),
    ]
    proofs["sandbox --active"] = [
      .refused(["sandbox", "--active", "2"]), .tested(in: "ManyOrganizationsTests", as: "activeOrganizations"),
    ]
    proofs["sandbox --history"] = [
      .refused(["sandbox", "--history", "-1"]), .tested(in: "SandboxEnterpriseTests", as: "historyDays"),
    ]
    proofs["sandbox --messages"] = [
      .refused(["sandbox", "--messages", "-1"]), .tested(in: "MirroringTests", as: "messagesPerSession"),
    ]
    proofs["sandbox --latency"] = [
      .refused(["sandbox", "--latency", "-1"]), .tested(in: "ServerTests", as: "latencyMilliseconds"),
    ]
    proofs["sandbox --live"] = [.refused(["sandbox", "--live", "soon"]), .tested(in: "ServerTests", as: "liveMilliseconds")]
    proofs["sandbox --start"] = [.refused(["sandbox", "--start", "2026-02-31"]), .tested(in: "ClockTests", as: "startsAt")]
    proofs["sandbox --push-key"] = [.tested(in: "WriteConformanceTests", as: "writeKey")]
    proofs["sandbox --compression"] = [.tested(in: "ServerTests", as: "compression")]
    proofs["sandbox --no-compression"] = [.tested(in: "ServerTests", as: "compression")]
    for option in ["--org", "--api-url", "--api-key-file", "--ca-file", "--credential"] {
      proofs["config show \(option)"] = [.changes(["config", "show"], with: [option] + (scheduled[option] ?? []))]
    }
    for (command, words) in reading(session: session) {
      proofs["\(command) --database"] = [.changes(words, with: ["--database", "none.db"])]
    }
    // Without this, pages would be served and files would be written.
    proofs["export knowledge --database"] = [.ends(["export", "knowledge", "kept", "--database", "none.db"], 74)]
    proofs["export content --database"] = [.ends(["export", "content", "content", "--database", "none.db"], 74)]
    proofs["push files --database"] = [.tested(in: "PushTests")]
    proofs["serve --database"] = [.ends(["serve", "--port", "0", "--database", "none.db"], 74)]
    proofs["mcp --database"] = [.tested(in: "AgentTests")]
    proofs["mcp --log"] = [.changes(["mcp"], with: ["--log"])]
    for command in ["sync", "watch", "verify", "demo"] { proofs["\(command) --database"] = [.tested(in: "ReadOnlyTests")] }
    proofs["config show --database"] = [.changes(["config", "show"], with: ["--database", "none.db"])]
    let configured = reading(session: session).merging([
      "sync": ["sync"], "watch": ["watch", "--every", "1h"], "verify": ["verify"], "schedule print": print,
      "schedule install": ["schedule", "install", "--every", "15m"], "check": ["check"], "push files": push, "restore": restore,
      "push sessions": ["push", "sessions", "rows.ndjson"], "push secrets": ["push", "secrets", "secrets.yaml"],
      "config show": ["config", "show"],
      "config check": ["config", "check"], "demo": ["demo"], "mcp": ["mcp"], "feed": ["feed"],
      "credentials add": ["credentials", "add", "work"],
    ]) { $1 }
    for (command, words) in configured {
      proofs["\(command) --config"] = [.ends(words + ["--config", "none.toml"], 78)]
      proofs["\(command) --profile"] = [.ends(words + ["--profile", "none"], 78)]
    }
    proofs["config init --config"] = [.tested(in: "ConfigurationTests")]
    proofs["config init --profile"] = [.ends(["config", "init", "--profile", "none"], 64)]
    for (option, value) in scheduled where proofs["schedule print \(option)"] == nil {
      proofs["schedule print \(option)"] = [.changes(print, with: [option] + value)]
    }
    // Both commands build the command line from the same list of options.
    for option in scheduled.keys { proofs["schedule install \(option)"] = [.shared(with: "schedule print")] }
    for command in ["print", "install"] {
      for option in [["--full"], ["--allow-mass-deletion"], ["--progress", "bar"]] {
        proofs["schedule \(command) \(option[0])"] = [.refused(["schedule", command, "--every", "15m"] + option)]
      }
    }
    for command in ["sync", "watch --every 15m", "verify"] {
      let words = command.split(separator: " ").map(String.init)
      proofs["\(words[0]) --concurrency"] = [.refused(words + ["--concurrency", "0"]), .tested(in: "ExitStatusTests")]
    }
    for command in asking {
      for (option, proof) in shared where proofs["\(command) \(option)"] == nil { proofs["\(command) \(option)"] = [proof] }
    }
    return proofs
  }

  /// Command and option, as listed by the command itself.
  private static func options(_ command: Command) async throws -> Set<String> {
    let help = try await command.run("--experimental-dump-help")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(help.output.utf8)) as? [String: Any])
    func options(of command: [String: Any], below words: [String]) -> [String] {
      var found: [String] = []
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        for name in argument["names"] as? [[String: String]] ?? [] where name["kind"] == "long" {
          guard let text = name["name"], !["help", "version"].contains(text) else { continue }
          found.append((words + ["--" + text]).joined(separator: " "))
        }
      }
      for subcommand in command["subcommands"] as? [[String: Any]] ?? [] {
        guard let name = subcommand["commandName"] as? String, name != "help" else { continue }
        found += options(of: subcommand, below: words + [name])
      }
      return found
    }
    return Set(options(of: try #require(json["command"] as? [String: Any]), below: []))
  }

  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  /// - Returns: why the proof is not valid; nil: it is valid.
  private func objection(to proof: Proof, of option: String, _ command: Command, _ known: Set<String>) async throws -> String? {
    func answer(_ arguments: [String]) async throws -> String {
      let result = try await command.run(arguments)
      return "\(result.status)\n\(result.output)\n\(result.errors)"
    }
    let name = option.split(separator: " ").last.map(String.init) ?? ""
    switch proof {
    case .changes(let arguments, let more):
      return try await objection(to: .differ(arguments, arguments + more), of: option, command, known)
    case .differ(let one, let other):
      let first = try await answer(one)
      if try await answer(other) == first { return "\(other) prints what \(one) does" }
      return try await answer(one) == first ? nil : "\(one) prints something else each time, which proves nothing"
    case .ends(let arguments, let status):
      let result = try await command.run(arguments)
      return result.status == status ? nil : "\(arguments) ended with \(result.status): \(result.errors)"
    case .refused(let arguments):
      let result = try await command.run(arguments)
      return result.status == 64 && result.output.isEmpty && !result.errors.isEmpty
        ? nil : "\(arguments) is not refused: \(result.status), \(result.errors)"
    case .writes(let arguments, let file):
      let path = command.folder.appendingPathComponent(file).path
      if FileManager.default.fileExists(atPath: path) { return "\(file) was there before" }
      _ = try await command.run(arguments)
      return FileManager.default.fileExists(atPath: path) ? nil : "\(arguments) does not write \(file)"
    case .tested(let suite, let text):
      let files = FileManager.default.enumerator(at: Self.tests, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
      let texts = try files.filter { $0.lastPathComponent == "\(suite).swift" }.map {
        try String(contentsOf: $0, encoding: .utf8)
      }
      let isGiven = texts.contains { file in (text.map { [$0] } ?? ["\(name)\"", "\(name) "]).contains(where: file.contains) }
      return isGiven ? nil : "\(suite) does not give \(text ?? name)"
    case .shared(let other): return known.contains("\(other) \(name)") ? nil : "\(other) has no such option"
    }
  }

  @Test("each option that --help knows")
  func all() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Command.trial(scenario) { trial, sandbox in
      let command = trial.with(["DEVIN_ORG_ID": nil])
      #expect(try await command.run("sync").status == 0)
      try sandbox.edit(.delete(.playbooks, sandbox.ids(.playbooks)[0]))
      try sandbox.edit(.update(.knowledgeNotes, sandbox.ids(.knowledgeNotes)[0], set: ["body": "other"]))
      #expect(try await command.run("sync").status == 0)
      // A mirror that has grown for twenty days, in a file without unused pages.
      _ = try await command.query("UPDATE sync_runs SET started_at = started_at - 20 * 86400 WHERE run_id = 1")
      #expect(try await command.run("maintain", "--vacuum").status == 0)
      let session = try #require(
        try await command.query("SELECT session_id FROM session_messages GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1").first
      )
      let known = try await Self.options(command)
      #expect(known.count > 200)
      let proofs = Self.proofs(session: session)
      for option in known.sorted() {
        guard let own = proofs[option] else {
          Issue.record("OptionTests does not say what `\(option)` does: add what it changes, or how it is refused")
          continue
        }
        for proof in own {
          if let why = try await objection(to: proof, of: option, command, known) { Issue.record("\(option): \(why)") }
        }
      }
      #expect(
        Set(proofs.keys).subtracting(known).filter { key in !Self.asking.contains { key.hasPrefix("\($0) ") } }.sorted() == [])
    }
  }

  // MARK: - The effect of options

  @Test("a filter is applied: the output is what the file contains for that organization and those days")
  func filters() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Command.trial(scenario) { trial, _ in
      let command = trial.with(["DEVIN_ORG_ID": nil])
      #expect(try await command.run("sync").status == 0)
      func count(_ condition: String) async throws -> Int? {
        Int(
          try await command.query(
            "SELECT count(*) FROM sessions AS s JOIN session_facts AS f USING (session_id) WHERE \(condition)")[0])
      }
      for (options, condition) in [
        (["--org", "org-second"], "s.org_id = 'org-second'"), (["--since", "2026-10-20"], "f.billing_day >= '2026-10-20'"),
        (["--since", "2026-10-01", "--until", "2026-10-20"], "f.billing_day BETWEEN '2026-10-01' AND '2026-10-20'"),
      ] {
        for table in ["sessions", "v_sessions", "session_facts"] {
          let rows = try await command.run(["export", table] + options)
          #expect(rows.lines.count == (try await count(condition)) && !rows.lines.isEmpty, "\(table) \(options)")
        }
      }
      // Objects shared by the enterprise belong to all organizations; those of another organization are not shown, not even their names.
      let own = try await command.run("query", "changes", "--org", "org-second", "--limit", "0", "--as", "csv")
      let secrets = try await command.query(
        "SELECT coalesce(\"key\", secret_id) FROM secrets WHERE org_id = 'org-second' ORDER BY 1")
      #expect(
        own.lines.filter { $0.contains(",secrets,") }.compactMap { $0.split(separator: ",").last }.map(String.init).sorted()
          == secrets)
      // The answer without options equals the view of the same name.
      let waits = try await command.run("query", "waits-for-people", "--limit", "0", "--as", "csv")
      let view = try await command.query(
        "SELECT coalesce(name, user_id, '(service users)'), sessions, waits, waiting_now, hours FROM waits_by_user")
      #expect(Set(waits.lines.dropFirst().map { $0.split(separator: ",").prefix(5).joined(separator: "|") }) == Set(view))
      let board = try await command.run("query", "playbook-scoreboard", "--as", "csv")
      let versions = try await command.query(
        "SELECT title, version, sessions, sessions_with_merge, errors FROM playbook_scoreboard")
      #expect(
        board.lines.dropFirst().map {
          $0.split(separator: ",", omittingEmptySubsequences: false).prefix(5).joined(separator: "|")
        }.sorted()
          == versions.sorted())
      // A period before the mirror's first day.
      let report = try await command.run("report", "--since", "2000-01-01", "--until", "2000-01-31", "-o", "-").output
      for question in ["waits-for-people", "reconciliation", "cost-per-merge", "waste", "pull-requests", "acus-by-user"] {
        let text = try #require(MirrorQuestion.named(question)).text
        #expect(report.contains("\(text): no rows in this period"), "\(question)")
      }
      #expect(report.contains("Current state, not limited to the period."))
      let then = try await command.run("query", "acus-by-day", "--until", "2026-10-20", "--as", "csv")
      let days = try await command.query(
        "SELECT DISTINCT billing_day FROM acus_by_day WHERE billing_day BETWEEN '2026-09-21' AND '2026-10-20' ORDER BY 1 DESC")
      #expect(then.lines.dropFirst().map { String($0.prefix(10)) } == days && !days.isEmpty)
    }
  }

  @Test("invalid days, periods that end before they begin, and names that the mirror does not know are refused")
  func refused() async throws {
    try await Command.trial { command, _ in
      #expect(try await command.run("sync").status == 0)
      for day in ["2026-02-31", "2026-13-01", "2026-00-10", "2025-02-29", "2026-2-3"] {
        for words in [
          ["query", "acus-by-day"], ["report", "-o", "-"], ["export", "sessions"], ["search", "the"], ["diff", "notes"],
          ["changes"],
        ] {
          let result = try await command.run(words + ["--since", day])
          #expect(
            result.status == 64 && result.output.isEmpty && result.errors.contains(day), "\(words) \(day): \(result.errors)")
        }
      }
      for time in ["2026-02-31T08:00:00Z", "2026-11-01T25:00:00Z", "2026-11-01T08:61:00Z"] {
        #expect(try await command.run("changes", "--since", time).status == 64, "\(time)")
      }
      for day in ["2024-02-29", "2026-11-01T23:59:59Z"] { #expect(try await command.run("changes", "--since", day).status == 0) }
      for words in [["query", "acus-by-day"], ["report", "-o", "-"], ["export", "sessions"]] {
        let result = try await command.run(words + ["--since", "2026-11-02", "--until", "2026-11-01"])
        #expect(result.status == 64 && result.output.isEmpty && result.errors.contains("2026-11-02"), "\(words)")
        let other = try await command.run(words + ["--org", "org-other"])
        let known = try await command.query("SELECT org_id FROM sessions LIMIT 1")[0]
        #expect(other.status == 64 && other.output.isEmpty && other.errors.contains(known), "\(words): \(other.errors)")
      }
      // The end of the period is the mirror's day.
      #expect(try await command.run("report", "-o", "-", "--since", "2999-01-01").status == 64)
      let other = try await command.run("search", "the", "--org", "org-other")
      #expect(other.status == 64 && other.errors.contains("org-"))
      let nobody = try await command.run("search", "the", "--user", "nobody")
      #expect(nobody.status == 64 && nobody.output.isEmpty && nobody.errors.contains("@example.com"), "\(nobody.errors)")
      #expect(nobody.errors.contains(" more."))
    }
  }

  @Test("a run marks as deleted what --deletion-limit lets through")
  func deletionLimit() async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("sync", "knowledge_notes").status == 0)
      for id in sandbox.ids(.knowledgeNotes).prefix(12) { try sandbox.edit(.delete(.knowledgeNotes, id)) }
      for (limit, status, deleted) in [("40%", 65, 0), ("60%", 0, 12)] {
        let run = try await command.run("sync", "knowledge_notes", "--deletion-limit", limit)
        #expect(run.status == Int32(status), "\(limit): \(run.errors)")
        #expect(try await command.query("SELECT count(_deleted_at) FROM knowledge_notes") == ["\(deleted)"], "\(limit)")
      }
    }
  }

  @Test("a limit reports what it leaves out, whatever the format, and shows some of every kind")
  func limits() async throws {
    var scenario = SandboxScenario.brief
    scenario.playbooks = 30
    try await Command.trial(scenario) { command, _ in
      #expect(try await command.run("sync").status == 0)
      for format in ["table", "json", "csv", "ndjson", "markdown"] {
        let result = try await command.run("query", "playbook-scoreboard", "--limit", "7", "--as", format)
        #expect(result.errors == "devin-sync: 7 of 30 rows shown; --limit 0 shows all\n", "\(format)")
        #expect(
          result.status == 0 && result.lines.count == 7 + (["table", "csv"].contains(format) ? 1 : format == "markdown" ? 2 : 0),
          "\(format)")
      }
      let all = try await command.run("query", "playbook-scoreboard", "--limit", "0")
      #expect(all.errors.isEmpty && all.lines.count == 31)
      let report = try await command.run("report", "-o", "-").output
      #expect(report.contains("10 of 30 rows; <code>devin-sync query playbook-scoreboard --limit 0</code> prints all."))
      let hits = try await command.run("search", "the", "--in", "messages", "--limit", "1")
      #expect(
        hits.status == 0 && hits.errors.contains("only the best 1 hit shown; found: ")
          && hits.errors.contains(" messages. --limit"))
      // Fifty rows with the same reason used to hide all others.
      _ = try await command.query(
        """
        INSERT INTO sessions (session_id, _raw, _first_synced_at, _changed_at)
        SELECT 'more' || value, json_object('session_id', 'more' || value, 'org_id', (SELECT org_id FROM sessions LIMIT 1), 'status', 'exit',
          'status_detail', iif(value % 20 = 0, 'usage_limit_exceeded', 'out_of_credits'), 'created_at', 1793534000, 'acus_consumed', 0.1), 1, 1
        FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 70) SELECT value FROM n)
        """)
      _ = try await command.query("DELETE FROM derived_sessions; INSERT INTO derived_sessions SELECT * FROM derive_sessions")
      let waste = try await command.run("query", "waste", "--as", "csv")
      #expect(waste.lines.count == 51 && waste.errors.contains("50 of ") && waste.errors.contains("--limit 0"), "\(waste.errors)")
      #expect(waste.lines.count { $0.hasPrefix("ended by a usage limit") } >= 3)
      #expect(try await command.run("export", "waste").lines.count > 70)
    }
  }
}
