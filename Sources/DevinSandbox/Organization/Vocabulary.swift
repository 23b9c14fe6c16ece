/// The words that the organization's objects are made of: believable, and hard on whoever reads
/// them (quotes, line breaks, other scripts, emoji).
enum Vocabulary {
  static let titles = [
    "Fix flaky login test", "Add retry to the payment webhook", "Upgrade to Node 22",
    "Investigate memory growth in the importer", "Write unit tests for \"PriceRule\"",
    "Übersetzung der Fehlermeldungen prüfen", "Refactor the order service into modules",
    "🚀 Ship dark mode for the dashboard", "Document the public REST API",
    "データベース移行スクリプトを書く", "Remove dead feature flags", "Speed up CI: cache the toolchain",
    "Rotate the staging certificates", "Corriger l’affichage des prix à l’étranger",
    "Bump lodash (CVE-2026-1184)", "Make `GET /orders` page by cursor",
    "Add an index to events.created_at",
    "Migrate cron jobs to the scheduler", "Nightly report shows yesterday's totals — why?",
    "Replace moment.js by Temporal", "Tidy the C:\\builds\\agent scripts",
    "إصلاح اتجاه النص في لوحة التحكم",
    "Review open pull requests of the week", "👩‍🔬 Try the new ranking model on 10 % of traffic",
    "Alert when the queue is older than 5 minutes", "Explain the drop in sign-ups on Tuesday",
    "Clean up `utils/` and add types", "Terraform: split prod and staging state",
    "Generate fixtures from the OpenAPI document", "Fix typo in “Terms & Conditions”",
  ]

  static let repositories = [
    "acme/web", "acme/api", "acme/payments", "acme/infrastructure", "acme/mobile-app",
    "acme/data-pipeline", "acme-labs/ranking",
  ]

  static let tags = [
    "backend", "frontend", "infra", "bug", "tech-debt", "security", "q4-goal",
    "customer: Ünïcode GmbH",
    "prio/1", "émeraude", "needs review",
  ]

  static let people = [
    "email|65f1c02be9a7d40c1ab2", "google-oauth2|104482937710035412993",
    "email|66aa01d07c3f19b2e455",
    "github|8814402", "google-oauth2|117730298840021136541", "email|67b2d0e94411fa0c7d31",
  ]

  static let subcategories = [
    "Test failures", "Dependency upgrades", "Endpoint", "Refactoring", "Other",
    "Root cause analysis",
  ]

  static let statusDetailsWhileSuspended = [
    "inactivity", "user_request", "usage_limit_exceeded", "out_of_credits", "out_of_quota",
    "no_quota_allocation", "payment_declined", "org_usage_limit_exceeded",
    "user_usage_limit_exceeded",
    "total_session_limit_exceeded", "contract_expired", "error",
  ]

  static let statusDetailsWhileRunning = [
    "working", "waiting_for_user", "waiting_for_approval", "finished",
  ]

  static let origins = [
    "webapp", "slack", "api", "automation", "linear", "jira", "teams", "scheduled",
    "cli", "desktop", "code_scan", "other",
  ]

  static let categories = [
    "bug_fixing", "feature_development", "code_review", "unit_test_generation", "ci_cd_and_devops",
    "refactoring_and_optimization", "documentation_and_content", "migrations_and_upgrades",
    "production_investigation", "code_quality_and_security", "code_review_and_analysis",
    "data_and_automation", "research_and_exploration", "security", "other",
  ]

  static let modes = ["normal", "fast", "lite", "ultra", "fusion"]

  static let files = [
    ("report.pdf", "application/pdf"), ("screenshot 1.png", "image/png"),
    ("before-after.jpg", "image/jpeg"), ("trace.json", "application/json"),
    ("übersicht.csv", "text/csv"), ("core.log", nil as String?),
  ]

  static let sentences = [
    "I read the failing test and can reproduce it on a clean checkout.",
    "The retry loop swallows the first error, so the log shows only the last one.",
    "The query scans the whole table because the index begins with tenant_id.",
    "I split the handler in two: one decides, one does.",
    "All 214 tests pass locally; CI is still running.",
    "The customer's file has Windows line ends and a byte order mark.",
    "I left the public interface as it was and deprecated the old name.",
    "Two of the snapshots differ by one pixel, which I think is font rendering.",
    "The certificate chain on staging is missing the intermediate.",
    "Please have a look at the second commit first, it is the risky one.",
    "Der Fehler tritt nur bei Umlauten im Dateinamen auf.",
    "キャッシュを削除すると再現しません。",
    "I could not find who calls this endpoint, so I kept it.",
    "Memory stays flat at 180 MB over one hour of load.",
    "The migration takes 40 s on a copy of production.",
  ]

  static let prompts = [
    "Please fix the flaky test `login_spec` and explain why it failed.",
    "Our nightly import got slower since last week. Find out why.\n\nRepo: acme/data-pipeline",
    "Add retries with backoff to the payment webhook. Don't touch the \"legacy\" path.",
    "Könntest du die Fehlermeldungen ins Deutsche übersetzen? Danke! 🙏",
    "Upgrade the runtime to the current LTS. Open one pull request per repository.",
    "Look at https://status.example.com/incidents/42?from=a&to=b and write a summary.",
    "Clean up unused feature flags; list those you are not sure about.",
    "Write unit tests for the price rules, at least one per branch.",
  ]

  static let noteTopics = [
    "How to run the tests", "Naming of branches", "Who to ask about billing",
    "Deploying to staging",
    "Style guide: Swift", "Secrets in CI", "Release check list", "Feature flags 🏁",
    "Wie wir Pull Requests beschreiben", "Database conventions", "Local set-up on Linux",
  ]

  static let playbookTopics = [
    "Fix a failing CI job", "Upgrade a dependency", "Triage a bug report", "Write release notes",
    "Add an endpoint", "Investigate an alert", "Revisar una solicitud de extracción",
    "Port a page to dark mode",
  ]

  static let folderNames = [
    "engineering", "onboarding", "release", "ops & on-call", "data", "Österreich", "style",
    "archive",
  ]

  static let secretNames = [
    "STAGING_DB_URL", "NPM_TOKEN", "SENTRY_DSN", "AWS_ACCESS_KEY_ID", "TEST_USER_PASSWORD",
    "github.com session", "STRIPE_TEST_KEY", "TOTP admin", "SLACK_BOT_TOKEN",
  ]

  static let scheduleNames = [
    "Nightly dependency check", "Weekly flaky test report", "Monday release notes",
    "Review stale pull requests", "Quarterly licence audit", "One-off data backfill",
    "Prüfung der Übersetzungen", "Hourly smoke test",
  ]
}
